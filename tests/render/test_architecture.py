"""In the picture of a placement, every element has a name, and every state a shape and a description."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

import pytest

from explorer.core.model.architecture import ElementState
from explorer.layout.architecture.place import layout_architecture
from explorer.layout.geometry import Box, Placement
from explorer.layout.graphviz.process import find_graphviz
from explorer.render.architecture import compose
from explorer.render.picture import (
    Circle,
    Icon,
    Item,
    ItemKind,
    Picture,
    Polyline,
    Rectangle,
    Stroke,
    TextShape,
)
from explorer.render.theme import THEMES, Theme, parse_theme
from explorer.storage.resources import theme_values
from tests.layout.sketches import METRICS, architecture

T = TypeVar("T", Rectangle, Polyline, TextShape, Icon, Circle)

pytestmark = pytest.mark.graphviz

SKETCH = """
    group vpc
    users 0,0
    ~web 1,0 in vpc
    role at web
    ?mesh at web
    !db 2,0 in vpc
    ?queue 3,0 in vpc
    users > web #1: requests
    web > db #2
    web >> queue: puts
"""


@pytest.fixture(scope="module")
def placement() -> Placement:
    return layout_architecture(architecture(SKETCH), METRICS, find_graphviz())


@pytest.fixture(scope="module", params=THEMES)
def theme(request: pytest.FixtureRequest) -> Theme:
    return parse_theme(theme_values(request.param))


@pytest.fixture
def picture(placement: Placement, theme: Theme) -> Picture:
    return compose(placement, theme)


def shapes_of(item: Item, shape: type[T]) -> list[T]:
    return [found for found in item.shapes if isinstance(found, shape)]


def stroke(shape: Rectangle | Polyline) -> Stroke:
    assert shape.stroke is not None
    return shape.stroke


def test_every_node_edge_and_group_is_an_item_with_a_name(picture):
    kinds = {item.id: item.kind for item in picture.items}
    assert {name for name, kind in kinds.items() if kind is ItemKind.NODE} == {
        "users",
        "web",
        "role",
        "mesh",
        "db",
        "queue",
    }
    assert {name for name, kind in kinds.items() if kind is ItemKind.EDGE} == {
        "users>web",
        "web>db",
        "web>queue",
    }
    assert {name for name, kind in kinds.items() if kind is ItemKind.GROUP} == {"group:vpc"}
    assert all(item.name and item.description for item in picture.items)


def test_the_name_of_an_edge_has_its_step_its_ends_and_its_label(picture):
    assert picture.item_by_id["users>web"].name == "step 1: users to web, requests"
    assert picture.item_by_id["web>queue"].name == "web to queue, puts"


def test_the_description_of_a_node_names_its_state(picture):
    descriptions = {name: picture.item_by_id[name].description for name in ("users", "web", "queue", "db")}
    assert descriptions == {
        "users": "decided",
        "web": "default, not set by an answer",
        "queue": "possible alternative",
        "db": "in conflict",
    }


def test_each_state_has_its_own_shape_and_not_only_a_color(picture, placement, theme):
    def outlines(name: str) -> list[tuple[bool, bool]]:
        """For each outline of the icon: whether it is dashed, and whether it is thick."""
        item = picture.item_by_id[name]
        strokes = [stroke(frame) for frame in shapes_of(item, Rectangle)]
        return [(bool(found.dash), found.width > 1.5) for found in strokes]

    assert outlines("users") == outlines("web") == []
    assert outlines("queue") == [(True, False)]
    assert outlines("db") == [(False, True)]
    assert picture.item_by_id["web"].opacity < picture.item_by_id["users"].opacity == 1


def test_the_name_of_an_attached_alternative_starts_with_or(picture):
    texts = [text.text for text in shapes_of(picture.item_by_id["mesh"], TextShape)]
    assert texts == ["or mesh"]


@pytest.mark.parametrize("name", ["queue", "db"])
def test_the_ring_of_a_state_does_not_overlap_the_text(picture, placement, name):
    (ring,) = shapes_of(picture.item_by_id[name], Rectangle)
    outer = ring.box.expanded(stroke(ring).width / 2)
    assert ring.box.contains(placement.node_by_id[name].icon_box)
    assert not any(outer.overlaps(line.box) for line in placement.node_by_id[name].lines)


def test_control_edges_are_dashed_and_traffic_edges_are_solid(picture):
    assert stroke(shapes_of(picture.item_by_id["web>queue"], Polyline)[0]).dash
    assert not stroke(shapes_of(picture.item_by_id["users>web"], Polyline)[0]).dash
    assert all(shapes_of(item, Polyline)[0].arrow_head for item in picture.items if item.kind is ItemKind.EDGE)


def test_the_edge_of_an_alternative_is_dashed(placement, theme):
    edge = placement.edges[0]
    ghost = replace(edge, edge=replace(edge.edge, state=ElementState.GHOST))
    item = compose(replace(placement, edges=(ghost,)), theme).item_by_id["users>web"]
    assert stroke(shapes_of(item, Polyline)[0]).dash
    assert item.description == "possible alternative"


def test_step_numbers_are_on_circles_or_in_rings_if_the_theme_has_no_fills(picture, theme):
    edges = [picture.item_by_id[name] for name in ("users>web", "web>db")]
    if theme.fills:
        circles = [circle for item in edges for circle in shapes_of(item, Circle)]
        assert [circle.radius for circle in circles] == [9, 9]
        return
    rings = [ring for item in edges for ring in shapes_of(item, Rectangle)]
    assert [ring.box.expanded(stroke(ring).width / 2).w for ring in rings] == [18, 18]
    assert {ring.fill for ring in rings} == {theme.background}
    assert [text.text for text in shapes_of(picture.item_by_id["users>web"], TextShape)] == ["1", "requests"]


def test_icons_are_square_and_have_the_same_size_in_every_state(picture):
    icons = [shapes_of(picture.item_by_id[name], Icon)[0] for name in ("users", "web", "db", "queue")]
    assert {(icon.box.w, icon.box.h) for icon in icons} == {(48, 48)}


def test_the_box_of_an_item_contains_its_text_icons_and_circles(picture):
    for item in picture.items:
        for shape in item.shapes:
            if isinstance(shape, TextShape | Icon):
                assert item.box.expanded(0.01).contains(shape.box)
            elif isinstance(shape, Circle):
                x, y = shape.center
                r = shape.radius
                assert item.box.contains(Box(x - r, y - r, 2 * r, 2 * r))


def test_frames_are_behind_edges_and_edges_behind_nodes(picture):
    order = [item.kind for item in picture.items]
    assert order == sorted(order, key=[ItemKind.GROUP, ItemKind.EDGE, ItemKind.NODE].index)


def test_the_picture_has_the_size_of_the_placement(picture, placement):
    assert picture.size == placement.size
