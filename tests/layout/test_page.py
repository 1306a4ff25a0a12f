"""A page has the requested shape, and the drawing is stretched to fill it."""

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
HIGH = "".join(f"n{row} 0,{row}\nm{row} 1,{row}\n" for row in range(5))


def place(sketch: str, shape: PageShape = NATURAL_SHAPE) -> Placement:
    return layout_architecture(architecture(sketch), METRICS, find_graphviz(), shape)


def drawing_bounds(placement: Placement) -> Box:
    return bounding_box([node.icon_box for node in placement.nodes] + [group.box for group in placement.groups])


@pytest.mark.parametrize("sketch", [SHOP, LONG, HIGH], ids=["shop", "long", "high"])
@pytest.mark.parametrize("aspect", [16 / 9, 4 / 3])
def test_a_page_has_exactly_the_requested_aspect_ratio(sketch, aspect):
    width, height = place(sketch, PageShape(aspect)).size
    assert width / height == pytest.approx(aspect)


def test_without_a_request_the_aspect_ratio_is_within_its_range():
    assert ASPECT_RANGE[0] <= place(SHOP).size[0] / place(SHOP).size[1] <= ASPECT_RANGE[1]


def test_rows_are_moved_apart_to_fill_a_higher_page():
    natural, stretched = place(SHOP), place(SHOP, PageShape(4 / 3))
    assert drawing_bounds(stretched).h > drawing_bounds(natural).h + 60
    assert drawing_bounds(stretched).w == drawing_bounds(natural).w


def test_columns_are_moved_apart_to_fill_a_wider_page():
    natural, stretched = place(HIGH), place(HIGH, PageShape(16 / 9))
    assert drawing_bounds(stretched).w > drawing_bounds(natural).w + 40
    assert drawing_bounds(stretched).h == drawing_bounds(natural).h


@pytest.mark.parametrize("aspect", [None, 16 / 9, 4 / 3])
def test_a_stretched_drawing_has_no_quality_violation(aspect):
    assert violations(place(SHOP, PageShape(aspect, space_above=40, space_below=40))) == ()


def test_space_for_a_caption_is_reserved_above_and_below():
    placement = place(SHOP, PageShape(space_above=50, space_below=30))
    assert drawing_bounds(placement).y >= 50
    assert drawing_bounds(placement).bottom <= placement.size[1] - 30


def test_rows_get_space_for_labels_only_if_the_page_stays_low_enough():
    def gap(sketch: str) -> float:
        nodes = place(sketch).nodes
        upper = [node for node in nodes if "db" not in (node.node.id, node.node.attached_to)]
        (lower,) = (node for node in nodes if node.node.id == "db")
        return lower.icon_box.y - max(box.bottom for node in upper for box in (node.outline, node.lines[-1].box))

    companions = "".join(f"c{number} at web\nd{number} at db\n" for number in range(14))
    assert gap("web 0,0\ndb 0,1") == pytest.approx(gap(f"web 0,0\ndb 0,1\n{companions}") + 54, abs=1)
