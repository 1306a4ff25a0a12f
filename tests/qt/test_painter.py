"""The painter paints text as measured, arrow tips on their points, and translucent items as a whole."""

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


def paint(*shapes: Shape, opacity: float = 1, scale: float = 1, icons: IconPainter | None = None) -> QImage:
    image = QImage(round(PAGE.w * scale), round(PAGE.h * scale), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.scale(scale, scale)
    item = Item("x", ItemKind.NODE, "x", "", PAGE, shapes, opacity)
    paint_item(painter, item, icons or IconPainter())
    painter.end()
    return image


def painted_bounds(image: QImage) -> tuple[int, int, int, int] | None:
    """The bounds of all pixels that are not white: left, top, right, bottom."""
    pixels = [(x, y) for x in range(image.width()) for y in range(image.height()) if image.pixelColor(x, y) != "white"]
    if not pixels:
        return None
    xs, ys = zip(*pixels, strict=True)
    return min(xs), min(ys), max(xs) + 1, max(ys) + 1


def text_shape(text: str, size: float = 12, bold: bool = False, centered: bool = True) -> TextShape:
    return TextShape(text, PAGE, size, "#000000", bold, centered)


@pytest.mark.parametrize("size", [9, 10.5, 12, 17.3])
@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("scale", [1, 1.25, 3])
def test_painted_text_has_the_measured_width_at_any_size_and_scale(size, bold, scale):
    text = "HAVE Elastic H"
    box = painted_bounds(paint(text_shape(text, size, bold), scale=scale))
    assert box is not None
    side_bearings = 0.16 * size  # an H is narrower than its advance
    assert (box[2] - box[0]) / scale == pytest.approx(QtTextMetrics().width(text, size, bold) - side_bearings, abs=2.2)


def test_text_is_centered_in_its_box_or_aligned_to_the_left():
    centered, left = painted_bounds(paint(text_shape("HHH"))), painted_bounds(paint(text_shape("HHH", centered=False)))
    assert centered is not None
    assert left is not None
    assert centered[0] + centered[2] == pytest.approx(PAGE.w, abs=2)
    assert centered[1] + centered[3] == pytest.approx(PAGE.h, abs=2)
    assert left[0] <= 2


@pytest.mark.parametrize("text", ["<b>H</b>", "&amp;", "&File", "\\n", '"H"', "%1", "$HOME"])
def test_markup_is_painted_as_plain_text(text):
    box = painted_bounds(paint(text_shape(text)))
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
def test_any_text_can_be_measured_and_paint(text):
    assert math.isfinite(QtTextMetrics().width(text, 12))
    paint(text_shape(text), text_shape(text, bold=True, centered=False))


def test_line_ends_and_control_characters_become_spaces():
    assert printable("one\ntwo\u2028three\x00") == "one two three "


@pytest.mark.parametrize("points", [[(10, 10), (50, 10)], [(50, 50), (50, 10), (10, 40)], [(1, 1), (9, 9), (9, 9)]])
def test_the_tip_of_an_arrow_head_is_the_last_point_of_the_path(points):
    head = arrow_head(tuple(Point(*point) for point in points))
    assert head is not None
    one, tip, other = head
    assert tip == points[-1]
    assert math.dist(one, tip) == pytest.approx(ARROW_LENGTH)
    assert math.dist(other, tip) == pytest.approx(ARROW_LENGTH)


@pytest.mark.parametrize("points", [(), (Point(1, 1),), (Point(1, 1), Point(1, 1))])
def test_a_path_without_length_is_not_painted(points):
    assert arrow_head(points) is None
    assert painted_bounds(paint(Polyline(points, Stroke("#000000", 1), 6, True))) is None


def test_the_radius_of_a_corner_is_limited_by_its_sides():
    corner = (Point(0, 0), Point(40, 0), Point(40, 8))
    assert rounded_path(corner).length() == pytest.approx(48)
    assert 44 < rounded_path(corner, 100).length() < 48
    assert rounded_path(corner, 100).currentPosition().toTuple() == (40, 8)


def test_dash_lengths_do_not_depend_on_the_pen_width():
    stroke = Stroke("#000000", 4, (10, 5))
    image = paint(Polyline((Point(0, 30), Point(120, 30)), stroke))
    row = [image.pixelColor(x, 30) == "black" for x in range(120)]
    assert row[:30] == ([True] * 10 + [False] * 5) * 2


def test_an_icon_fills_its_box_and_an_unknown_name_is_painted_as_unknown():
    known = {"red": RED.format("#ff0000"), "unknown": RED.format("#00ff00")}
    icons = IconPainter(lambda name: known[name].encode() if name in known else None)
    box = Box(10, 10, 20, 20)
    assert painted_bounds(paint(Icon("red", box), icons=icons)) == (10, 10, 30, 30)
    assert paint(Icon("red", box), icons=icons).pixelColor(20, 20) == "#ff0000"
    assert paint(Icon("no such", box), icons=icons).pixelColor(20, 20) == "#00ff00"


def test_a_new_icon_source_takes_effect_at_once():
    icons = IconPainter(lambda _name: RED.format("#ff0000").encode())
    box = Box(0, 0, 20, 20)
    assert paint(Icon("x", box), icons=icons).pixelColor(10, 10) == "#ff0000"
    icons.set_lookup(lambda _name: RED.format("#0000ff").encode())
    assert paint(Icon("x", box), icons=icons).pixelColor(10, 10) == "#0000ff"


def test_an_icon_that_is_not_svg_is_painted_as_unknown():
    icons = IconPainter(lambda name: RED.format("#00ff00").encode() if name == "unknown" else b"")
    assert paint(Icon("x", Box(0, 0, 20, 20)), icons=icons).pixelColor(10, 10) == "#00ff00"


def test_shapes_of_a_translucent_item_do_not_show_through_each_other():
    line = Polyline((Point(0, 30), Point(120, 30)), Stroke("#000000", 8))
    circle = Circle(Point(60, 30), 12, "#ff0000")
    image = paint(line, circle, opacity=0.5)
    assert image.pixelColor(60, 30) == image.pixelColor(60, 22)
    assert 126 <= image.pixelColor(60, 30).green() <= 129


def test_a_rectangle_is_painted_on_its_outline():
    rectangle = Rectangle(Box(10, 10, 40, 20), Stroke("#000000", 2))
    assert painted_bounds(paint(rectangle)) == (9, 9, 51, 31)


def test_a_missing_font_is_an_error_and_the_bundled_font_stays_in_use(tmp_path):
    with pytest.raises(MissingFontError, match=r"LiberationSans-Regular\.ttf"):
        font_family(tmp_path)
    assert fonts.picture_font().family() == "Liberation Sans"
