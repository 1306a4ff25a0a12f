"""Badges mark changes by a text, a line style and a color, and cover no other element."""

import pytest

from explorer.render.badges import Badge, ChangeKind, add_badges
from explorer.render.picture import Icon, Picture, Polyline, Rectangle, Stroke, TextShape
from explorer.render.theme import THEMES, parse_theme
from explorer.storage.resources import theme_values
from tests.layout.sketches import METRICS
from tests.render.pictures import HERE, PICTURE, THERE, node_item, shapes_of

NEW = Badge("new", ChangeKind.ADDED)


@pytest.fixture(params=THEMES)
def theme(request):
    return parse_theme(theme_values(request.param))


def test_a_badged_node_gets_a_text_and_an_outline(theme):
    picture = add_badges(PICTURE, {"here": NEW}, theme, METRICS)

    outline, back = shapes_of(picture, "badge:here", Rectangle)
    assert [text.text for text in shapes_of(picture, "badge:here", TextShape)] == ["new"]
    assert outline.stroke == Stroke(theme.added, 2.0, ())
    assert (back.fill if theme.fills else back.stroke.color) == theme.added
    assert picture.item_by_id["here"].description == "new, decided"
    assert picture.item_by_id["there"] == THERE


def test_each_kind_of_change_has_its_own_line_style():
    assert len({kind.dash for kind in ChangeKind}) == len(ChangeKind)


def test_a_badge_covers_no_text_and_no_other_icon(theme):
    crowded = Picture((320, 140), "#ffffff", (HERE, node_item("near", 70), node_item("above", 20, -30)))
    picture = add_badges(crowded, {"here": NEW}, theme, METRICS)

    badge = shapes_of(picture, "badge:here", TextShape)[0].box
    occupied = [shape.box for item in crowded.items for shape in item.shapes if isinstance(shape, TextShape)]
    occupied += [shapes_of(crowded, name, Icon)[0].box for name in ("near", "above")]
    assert not any(badge.overlaps(box) for box in occupied)


def test_a_badged_edge_gets_a_color_and_a_text(theme):
    picture = add_badges(PICTURE, {"here>there": NEW}, theme, METRICS)

    line = shapes_of(picture, "here>there", Polyline)[0]
    assert line.stroke == Stroke(theme.added, 2.25, ())
    assert shapes_of(picture, "badge:here>there", TextShape)[0].text == "new"


def test_an_implied_change_gets_a_color_but_no_badge(theme):
    badges = {"here": NEW, "here>there": NEW}
    picture = add_badges(PICTURE, badges, theme, METRICS, frozenset({"here>there"}))

    assert "badge:here>there" not in picture.item_by_id
    assert shapes_of(picture, "here>there", Polyline)[0].stroke.color == theme.added


def luminance(color):
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_the_text_of_a_badge_has_enough_contrast(theme):
    for kind in ChangeKind:
        one, other = sorted((luminance(kind.color(theme)), luminance(theme.background)))
        assert (other + 0.05) / (one + 0.05) >= 4.5
