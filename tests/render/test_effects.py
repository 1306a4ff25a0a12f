"""A halo surrounds every shape of a transparent picture, and flattened shapes have solid colors."""

import pytest

from explorer.layout.geometry import Box, Point
from explorer.render.effects import HALO_WIDTH, add_halo, blend, flatten_opacity
from explorer.render.picture import Circle, Icon, Picture, Polyline, Rectangle, Stroke, TextShape
from tests.render.pictures import PICTURE, shapes_of

BOX = Box(0, 0, 10, 10)


def test_a_halo_replaces_the_background_and_is_behind_all_items():
    picture = add_halo(PICTURE, "#123456")
    assert picture.background is None
    assert picture.items[0].id == "halo"
    assert picture.items[1:] == PICTURE.items


def test_every_shape_has_a_halo_in_the_given_color():
    picture = add_halo(PICTURE, "#123456")
    assert len(picture.items[0].shapes) == sum(len(item.shapes) for item in PICTURE.items)
    assert all(line.stroke.color == "#123456" for line in shapes_of(picture, "halo", Polyline))
    assert all(text.halo_width == HALO_WIDTH for text in shapes_of(picture, "halo", TextShape))


def test_a_picture_without_shapes_gets_no_halo():
    assert add_halo(Picture((10, 10), "#ffffff", ()), "#123456").items == ()


@pytest.mark.parametrize(
    ("shape", "flat"),
    [
        (
            Rectangle(BOX, Stroke("#000000", 1), "#000000"),
            Rectangle(BOX, Stroke("#808080", 1), "#808080"),
        ),
        (
            Polyline((Point(0, 0), Point(1, 0)), Stroke("#000000", 1)),
            Polyline((Point(0, 0), Point(1, 0)), Stroke("#808080", 1)),
        ),
        (TextShape("text", BOX, 12, "#000000"), TextShape("text", BOX, 12, "#808080")),
        (Circle(Point(0, 0), 5, "#000000"), Circle(Point(0, 0), 5, "#808080")),
        (Icon("box", BOX), Icon("box", BOX)),
    ],
    ids=["rectangle", "polyline", "text", "circle", "icon"],
)
def test_a_half_translucent_shape_is_mixed_with_the_background(shape, flat):
    assert flatten_opacity(shape, "#ffffff", 0.5) == flat


def test_the_share_of_a_color_is_between_the_background_and_the_color():
    assert blend("#ff0000", "#0000ff", 0.0) == "#0000ff"
    assert blend("#ff0000", "#0000ff", 1.0) == "#ff0000"
