"""What is painted is the picture: every letter as it stands, every tip on its point."""

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QImage, QPainter

from explorer.layout.geometry import Box, Point
from explorer.qt import fonts
from explorer.qt.fonts import MissingFontError, font_family, printable
from explorer.qt.painter import ARROW_LENGTH, IconPainter, arrow_head, paint_item, rounded_path
from explorer.qt.text_metrics import QtTextMetrics
from explorer.render.picture import (
    Circle,
    Icon,
    Item,
    ItemKind,
    Polyline,
    Rectangle,
    Shape,
    Stroke,
    TextShape,
)

PAGE = Box(0, 0, 120, 60)
RED = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><rect width="8" height="8" fill="{}"/></svg>'

pytestmark = pytest.mark.usefixtures("qapp")


def painted(*shapes: Shape, opacity: float = 1, scale: float = 1, icons: IconPainter | None = None) -> QImage:
    image = QImage(round(PAGE.w * scale), round(PAGE.h * scale), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.scale(scale, scale)
    item = Item("x", ItemKind.NODE, "x", "", PAGE, shapes, opacity)
    paint_item(painter, item, icons or IconPainter())
    painter.end()
    return image


def ink(image: QImage) -> tuple[int, int, int, int] | None:
    """The box of everything that is not white: left, top, right, bottom."""
    dark = [(x, y) for x in range(image.width()) for y in range(image.height()) if image.pixelColor(x, y) != "white"]
    if not dark:
        return None
    xs, ys = zip(*dark, strict=True)
    return min(xs), min(ys), max(xs) + 1, max(ys) + 1


def words(text: str, size: float = 12, bold: bool = False, centred: bool = True) -> TextShape:
    return TextShape(text, PAGE, size, "#000000", bold, centred)


@pytest.mark.parametrize("size", [9, 10.5, 12, 17.3])
@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("scale", [1, 1.25, 3])
def test_text_is_painted_as_wide_as_it_was_measured_at_any_size_and_scale(size, bold, scale):
    text = "HAVE Elastic H"
    box = ink(painted(words(text, size, bold), scale=scale))
    assert box is not None
    side_bearings = 0.16 * size  # an H begins and ends a little inside its advance
    assert (box[2] - box[0]) / scale == pytest.approx(QtTextMetrics().width(text, size, bold) - side_bearings, abs=2.2)


def test_a_width_grows_exactly_with_the_size():
    ruler = QtTextMetrics()
    assert ruler.width("Container", 21) == pytest.approx(2 * ruler.width("Container", 10.5))
    assert ruler.height(21) == pytest.approx(2 * ruler.height(10.5))


def test_text_stands_in_the_middle_of_its_box_or_at_its_left():
    centred, left = ink(painted(words("HHH"))), ink(painted(words("HHH", centred=False)))
    assert centred is not None
    assert left is not None
    assert centred[0] + centred[2] == pytest.approx(PAGE.w, abs=2)
    assert centred[1] + centred[3] == pytest.approx(PAGE.h, abs=2)
    assert left[0] <= 2


@pytest.mark.parametrize("text", ["<b>H</b>", "&amp;", "&File", "\\n", '"H"', "%1", "$HOME"])
def test_markup_is_so_many_letters(text):
    box = ink(painted(words(text)))
    assert box is not None
    assert box[2] - box[0] == pytest.approx(QtTextMetrics().width(text, 12), abs=4)


@given(st.text())
@example("<img src='file:///x.png'>")
@example("one\ntwo\r\n\tthree\0")
@example("שלום עולם, مرحبا \u202e abc")
@example("👩‍👩‍👧‍👦 🏳️‍🌈 ✅")
@example("half a pair \ud83d")
@example('"\\"' * 50)
@example("W" * 10_000)
@example("e" + "\u0301" * 300)
def test_any_text_can_be_measured_and_painted(text):
    assert math.isfinite(QtTextMetrics().width(text, 12))
    painted(words(text), words(text, bold=True, centred=False))


def test_line_ends_and_control_characters_become_spaces():
    assert printable("one\ntwo\u2028three\x00") == "one two three "


@pytest.mark.parametrize("points", [[(10, 10), (50, 10)], [(50, 50), (50, 10), (10, 40)], [(1, 1), (9, 9), (9, 9)]])
def test_the_tip_of_an_arrow_is_its_last_point(points):
    head = arrow_head(tuple(Point(*point) for point in points))
    assert head is not None
    one, tip, other = head
    assert tip == points[-1]
    assert math.dist(one, tip) == pytest.approx(ARROW_LENGTH)
    assert math.dist(other, tip) == pytest.approx(ARROW_LENGTH)


@pytest.mark.parametrize("points", [(), (Point(1, 1),), (Point(1, 1), Point(1, 1))])
def test_a_path_without_length_is_not_drawn(points):
    assert arrow_head(points) is None
    assert ink(painted(Polyline(points, Stroke("#000000", 1), 6, True))) is None


def test_a_corner_is_rounded_no_further_than_its_sides_allow():
    corner = (Point(0, 0), Point(40, 0), Point(40, 8))
    assert rounded_path(corner).length() == pytest.approx(48)
    assert 44 < rounded_path(corner, 100).length() < 48
    assert rounded_path(corner, 100).currentPosition().toTuple() == (40, 8)


def test_dashes_are_as_long_as_they_say_whatever_the_pen():
    stroke = Stroke("#000000", 4, (10, 5))
    image = painted(Polyline((Point(0, 30), Point(120, 30)), stroke))
    row = [image.pixelColor(x, 30) == "black" for x in range(120)]
    assert row[:30] == ([True] * 10 + [False] * 5) * 2


def test_an_icon_fills_its_box_and_an_unknown_one_is_drawn_as_unknown():
    known = {"red": RED.format("#ff0000"), "unknown": RED.format("#00ff00")}
    icons = IconPainter(lambda name: known[name].encode() if name in known else None)
    box = Box(10, 10, 20, 20)
    assert ink(painted(Icon("red", box), icons=icons)) == (10, 10, 30, 30)
    assert painted(Icon("red", box), icons=icons).pixelColor(20, 20) == "#ff0000"
    assert painted(Icon("no such", box), icons=icons).pixelColor(20, 20) == "#00ff00"


def test_other_icons_are_drawn_as_soon_as_they_are_chosen():
    icons = IconPainter(lambda _name: RED.format("#ff0000").encode())
    box = Box(0, 0, 20, 20)
    assert painted(Icon("x", box), icons=icons).pixelColor(10, 10) == "#ff0000"
    icons.set_lookup(lambda _name: RED.format("#0000ff").encode())
    assert painted(Icon("x", box), icons=icons).pixelColor(10, 10) == "#0000ff"


def test_an_icon_that_is_no_svg_is_drawn_as_unknown():
    icons = IconPainter(lambda name: RED.format("#00ff00").encode() if name == "unknown" else b"")
    assert painted(Icon("x", Box(0, 0, 20, 20)), icons=icons).pixelColor(10, 10) == "#00ff00"


def test_nothing_shines_through_within_a_faint_item():
    line = Polyline((Point(0, 30), Point(120, 30)), Stroke("#000000", 8))
    badge = Circle(Point(60, 30), 12, "#ff0000")
    image = painted(line, badge, opacity=0.5)
    assert image.pixelColor(60, 30) == image.pixelColor(60, 22)
    assert 126 <= image.pixelColor(60, 30).green() <= 129


def test_a_frame_is_drawn_on_its_outline():
    frame = Rectangle(Box(10, 10, 40, 20), Stroke("#000000", 2))
    assert ink(painted(frame)) == (9, 9, 51, 31)


def test_a_missing_font_is_named(tmp_path):
    with pytest.raises(MissingFontError, match=r"LiberationSans-Regular\.ttf"):
        font_family(tmp_path)
    assert fonts.picture_font().family() == "Liberation Sans"
