"""The page takes the shape that is asked for, and the drawing is spread to fill it."""

from __future__ import annotations

import pytest

from explorer.layout.architecture.place import layout_architecture
from explorer.layout.architecture.quality import violations
from explorer.layout.geometry import Box, Placement, bounding_box
from explorer.layout.graphviz.process import find_graphviz
from explorer.layout.page import ASPECT_RANGE, NATURAL_SHAPE, PageShape
from tests.layout.sketches import METRICS, architecture

pytestmark = pytest.mark.graphviz

SHOP = """
    group cloud
    group vpc in cloud
    users 0,1
    registry 1,0 in cloud
    logs 3,0 in cloud
    balancer 1,1 in vpc
    web 2,1 in vpc
    db 3,1 in vpc
    users > balancer #1: requests
    balancer > web #2
    web > db
    registry > web: pull
"""
LONG = "".join(f"n{column} {column},0\n" for column in range(6))
HIGH = "".join(f"n{line} 0,{line}\nm{line} 1,{line}\n" for line in range(5))


def placed(sketch: str, shape: PageShape = NATURAL_SHAPE) -> Placement:
    return layout_architecture(architecture(sketch), METRICS, find_graphviz(), shape)


def drawn(placement: Placement) -> Box:
    return bounding_box([node.icon_box for node in placement.nodes] + [group.box for group in placement.groups])


@pytest.mark.parametrize("sketch", [SHOP, LONG, HIGH], ids=["shop", "long", "high"])
@pytest.mark.parametrize("aspect", [16 / 9, 4 / 3])
def test_a_page_has_exactly_the_shape_that_is_asked_for(sketch, aspect):
    width, height = placed(sketch, PageShape(aspect)).size
    assert width / height == pytest.approx(aspect)


def test_a_page_has_a_sound_shape_where_none_is_asked_for():
    assert ASPECT_RANGE[0] <= placed(SHOP).size[0] / placed(SHOP).size[1] <= ASPECT_RANGE[1]


def test_lines_are_moved_apart_to_fill_a_higher_page():
    natural, asked = placed(SHOP), placed(SHOP, PageShape(4 / 3))
    assert drawn(asked).h > drawn(natural).h + 60
    assert drawn(asked).w == drawn(natural).w


def test_columns_are_moved_apart_to_fill_a_wider_page():
    natural, asked = placed(HIGH), placed(HIGH, PageShape(16 / 9))
    assert drawn(asked).w > drawn(natural).w + 40
    assert drawn(asked).h == drawn(natural).h


@pytest.mark.parametrize("aspect", [None, 16 / 9, 4 / 3])
def test_a_drawing_that_is_spread_keeps_to_all_that_a_drawing_must(aspect):
    assert violations(placed(SHOP, PageShape(aspect, space_above=40, space_below=40))) == ()


def test_room_for_a_caption_is_kept_above_and_beneath():
    found = placed(SHOP, PageShape(space_above=50, space_below=30))
    assert drawn(found).y >= 50
    assert drawn(found).bottom <= found.size[1] - 30


def test_few_low_lines_get_air_between_them_and_high_ones_none():
    def gap(sketch: str) -> float:
        nodes = placed(sketch).nodes
        upper = [node for node in nodes if "db" not in (node.node.id, node.node.attached_to)]
        (lower,) = (node for node in nodes if node.node.id == "db")
        return lower.icon_box.y - max(part.bottom for node in upper for part in (node.outline, node.lines[-1].box))

    companions = "".join(f"c{number} at web\nd{number} at db\n" for number in range(14))
    assert gap("web 0,0\ndb 0,1") == pytest.approx(gap(f"web 0,0\ndb 0,1\n{companions}") + 54, abs=1)
