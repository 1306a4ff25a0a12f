"""Badges mark changes by a text and a line style, and comparisons show two pictures side by side."""

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


class FixedWidthMetrics:
    """Every character is half as wide as the font size."""

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


def test_a_badged_node_gets_a_text_and_an_outline(theme):
    picture = add_badges(PICTURE, {"here": NEW}, theme, FixedWidthMetrics())

    outline, back = shapes(picture, "badge:here", Rectangle)
    assert [text.text for text in shapes(picture, "badge:here", TextShape)] == ["new"]
    assert outline.stroke == Stroke(theme.added, 2.0, ())
    assert (back.fill if theme.fills else back.stroke.color) == theme.added
    assert picture.item_by_id["here"].description == "new, decided"
    assert picture.item_by_id["there"] == THERE


def test_each_kind_of_change_has_its_own_line_style():
    assert len({kind.dash for kind in ChangeKind}) == len(ChangeKind)


def test_a_badge_covers_no_text_and_no_other_icon(theme):
    crowded = Picture((320, 140), "#ffffff", (HERE, node("near", 70), node("above", 20, -30)))
    picture = add_badges(crowded, {"here": NEW}, theme, FixedWidthMetrics())

    badge = shapes(picture, "badge:here", TextShape)[0].box
    occupied = [shape.box for item in crowded.items for shape in item.shapes if isinstance(shape, TextShape)]
    occupied += [shapes(crowded, name, Icon)[0].box for name in ("near", "above")]
    assert not any(badge.overlaps(box) for box in occupied)


def test_a_badged_edge_gets_a_color_and_a_text(theme):
    picture = add_badges(PICTURE, {"here>there": NEW}, theme, FixedWidthMetrics())

    line = shapes(picture, "here>there", Polyline)[0]
    assert line.stroke == Stroke(theme.added, 2.25, ())
    assert shapes(picture, "badge:here>there", TextShape)[0].text == "new"


def test_an_implied_change_gets_a_color_but_no_badge(theme):
    badges = {"here": NEW, "here>there": NEW}
    picture = add_badges(PICTURE, badges, theme, FixedWidthMetrics(), frozenset({"here>there"}))

    assert "badge:here>there" not in picture.item_by_id
    assert shapes(picture, "here>there", Polyline)[0].stroke.color == theme.added


def luminance(color):
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_the_text_of_a_badge_has_enough_contrast(theme):
    for kind in ChangeKind:
        one, other = sorted((luminance(kind.color(theme)), luminance(theme.background)))
        assert (other + 0.05) / (one + 0.05) >= 4.5


def test_a_comparison_shows_both_sides_below_their_titles(theme):
    sides = (ComparedSide("Before", "nothing", PICTURE), ComparedSide("After", "a GPU", PICTURE))
    picture = side_by_side(*sides, [ComparisonTableRow("Compute", "Fargate", "EC2")], theme, FixedWidthMetrics())

    left, right = (shapes(picture, prefix + "here", Icon)[0].box for prefix in (LEFT_PREFIX, RIGHT_PREFIX))
    assert (right.y, right.x > left.x + PICTURE.size[0]) == (left.y, True)
    assert shapes(picture, "left:caption", TextShape)[0].text == "Before"
    assert [text.text for text in shapes(picture, "table", TextShape)] == ["Compute", "Fargate", "EC2"]
    page = Box(0, 0, *picture.size)
    assert all(page.contains(item.box) for item in picture.items)


def test_a_title_that_is_too_long_is_shortened_to_its_side(theme):
    long = ComparedSide("A very long name " * 9, "", PICTURE)
    picture = side_by_side(long, long, (), theme, FixedWidthMetrics())

    title = shapes(picture, "left:caption", TextShape)[0]
    assert title.text.endswith("…")
    assert FixedWidthMetrics().width(title.text, title.size) <= PICTURE.size[0]
