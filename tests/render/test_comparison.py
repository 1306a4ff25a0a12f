"""A comparison shows two pictures side by side with their titles, and a table of differences below."""

import pytest

from explorer.layout.geometry import Box
from explorer.render.comparison import LEFT_PREFIX, RIGHT_PREFIX, ComparedSide, ComparisonTableRow, side_by_side
from explorer.render.picture import Icon, TextShape
from explorer.render.theme import THEMES, parse_theme
from explorer.storage.resources import theme_values
from tests.layout.sketches import METRICS
from tests.render.pictures import PICTURE, shapes_of


@pytest.fixture(params=THEMES)
def theme(request):
    return parse_theme(theme_values(request.param))


def test_both_sides_are_at_the_same_height_below_their_titles(theme):
    sides = (ComparedSide("Before", "nothing", PICTURE), ComparedSide("After", "a GPU", PICTURE))
    picture = side_by_side(*sides, [ComparisonTableRow("Compute", "Fargate", "EC2")], theme, METRICS)

    left, right = (shapes_of(picture, prefix + "here", Icon)[0].box for prefix in (LEFT_PREFIX, RIGHT_PREFIX))
    assert right.y == left.y
    assert right.x > left.x + PICTURE.size[0]
    assert shapes_of(picture, "left:caption", TextShape)[0].text == "Before"
    assert shapes_of(picture, "left:caption", TextShape)[0].box.bottom < left.y


def test_the_table_shows_the_values_of_both_sides_inside_the_page(theme):
    side = ComparedSide("Before", "nothing", PICTURE)
    picture = side_by_side(side, side, [ComparisonTableRow("Compute", "Fargate", "EC2")], theme, METRICS)

    assert [text.text for text in shapes_of(picture, "table", TextShape)] == ["Compute", "Fargate", "EC2"]
    page = Box(0, 0, *picture.size)
    assert all(page.contains(item.box) for item in picture.items)


def test_a_title_that_is_too_long_is_shortened_to_its_side(theme):
    long = ComparedSide("A very long name " * 9, "", PICTURE)
    picture = side_by_side(long, long, (), theme, METRICS)

    title = shapes_of(picture, "left:caption", TextShape)[0]
    assert title.text.endswith("…")
    assert METRICS.width(title.text, title.size) <= PICTURE.size[0]
