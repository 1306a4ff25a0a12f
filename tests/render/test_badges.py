"""Badges say by a word and by the form of a line what became of a thing."""

import pytest

from explorer.layout.geometry import Box, Point
from explorer.render.badges import Badge, ChangeKind, add_badges
from explorer.render.comparison import (
    LEFT_PREFIX,
    RIGHT_PREFIX,
    ComparedSide,
    ComparisonTableRow,
    side_by_side,
)
from explorer.render.picture import Icon, Item, ItemKind, Picture, Polyline, Rectangle, Stroke, TextShape
from explorer.render.theme import THEMES, parse_theme
from explorer.storage.resources import theme_values

NEW = Badge("new", ChangeKind.ADDED)


class Typewriter:
    """Every letter is half as wide as high."""

    def width(self, text, size, bold=False):
        return len(text) * size / 2

    def height(self, size):
        return size * 1.15


def node(name, x, y=40.0):
    box = Box(x, y, 48, 48)
    label = TextShape(name, Box(x - 10, y + 52, 68, 14), 12, "#000000")
    return Item(name, ItemKind.NODE, name, "decided", Box(x - 10, y, 68, 66), (Icon("box", box), label))


def arrow(start, end):
    a, b = (item.shapes[0].box for item in (start, end))
    points = (Point(a.right, a.center.y), Point(b.x, b.center.y))
    box = Box(a.right, a.center.y, b.x - a.right, 0)
    line = Polyline(points, Stroke("#333333", 1.25), arrow_head=True)
    return Item(f"{start.id}>{end.id}", ItemKind.EDGE, "", "decided", box, (line,))


HERE, THERE = node("here", 20), node("there", 220)
PICTURE = Picture((320, 140), "#ffffff", (arrow(HERE, THERE), HERE, THERE))


@pytest.fixture(params=THEMES)
def theme(request):
    return parse_theme(theme_values(request.param))


def shapes(picture, name, kind):
    return [shape for shape in picture.item_by_id[name].shapes if isinstance(shape, kind)]


def test_a_new_node_bears_the_word_and_an_outline(theme):
    found = add_badges(PICTURE, {"here": NEW}, theme, Typewriter())

    outline, back = shapes(found, "badge:here", Rectangle)
    assert [word.text for word in shapes(found, "badge:here", TextShape)] == ["new"]
    assert outline.stroke == Stroke(theme.added, 2.0, ())
    assert (back.fill if theme.fills else back.stroke.color) == theme.added
    assert found.item_by_id["here"].description == "new, decided", "a screen reader says so too"
    assert found.item_by_id["there"] == THERE


def test_each_tone_has_a_line_of_its_own():
    assert len({tone.dash for tone in ChangeKind}) == len(ChangeKind)


def test_a_badge_covers_no_words_and_no_other_icon(theme):
    crowded = Picture((320, 140), "#ffffff", (HERE, node("near", 70), node("above", 20, -30)))
    found = add_badges(crowded, {"here": NEW}, theme, Typewriter())

    word = shapes(found, "badge:here", TextShape)[0].box
    solid = [shape.box for item in crowded.items for shape in item.shapes if isinstance(shape, TextShape)]
    solid += [shapes(crowded, name, Icon)[0].box for name in ("near", "above")]
    assert not any(word.overlaps(box) for box in solid)


def test_a_new_arrow_is_drawn_otherwise_and_says_so(theme):
    found = add_badges(PICTURE, {"here>there": NEW}, theme, Typewriter())

    line = shapes(found, "here>there", Polyline)[0]
    assert line.stroke == Stroke(theme.added, 2.25, ())
    assert shapes(found, "badge:here>there", TextShape)[0].text == "new"


def test_what_its_neighbour_says_already_needs_no_word(theme):
    badges = {"here": NEW, "here>there": NEW}
    found = add_badges(PICTURE, badges, theme, Typewriter(), frozenset({"here>there"}))

    assert "badge:here>there" not in found.item_by_id
    assert shapes(found, "here>there", Polyline)[0].stroke.color == theme.added


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_the_word_can_be_read_on_its_badge(theme):
    for tone in ChangeKind:
        one, other = sorted((luminance(tone.color(theme)), luminance(theme.background)))
        assert (other + 0.05) / (one + 0.05) >= 4.5


def test_halves_stand_beside_each_other_under_their_names(theme):
    halves = (ComparedSide("Before", "nothing", PICTURE), ComparedSide("After", "a GPU", PICTURE))
    found = side_by_side(*halves, [ComparisonTableRow("Compute", "Fargate", "EC2")], theme, Typewriter())

    left, right = (shapes(found, prefix + "here", Icon)[0].box for prefix in (LEFT_PREFIX, RIGHT_PREFIX))
    assert (right.y, right.x > left.x + PICTURE.size[0]) == (left.y, True)
    assert shapes(found, "left:caption", TextShape)[0].text == "Before"
    assert [word.text for word in shapes(found, "table", TextShape)] == ["Compute", "Fargate", "EC2"]
    whole = Box(0, 0, *found.size)
    assert all(whole.contains(item.box) for item in found.items)


def test_a_name_that_is_too_long_is_cut_and_stays_in_its_half(theme):
    long = ComparedSide("A very long name " * 9, "", PICTURE)
    found = side_by_side(long, long, (), theme, Typewriter())

    title = shapes(found, "left:caption", TextShape)[0]
    assert title.text.endswith("…")
    assert Typewriter().width(title.text, title.size) <= PICTURE.size[0]
