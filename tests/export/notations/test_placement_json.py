"""The placement JSON has all nodes, groups and edges with the documented keys."""

import json

import pytest

from explorer.core.solver.constraints import compile_pack
from explorer.export.notations.placement_json import placement_text
from explorer.export.request.build import request_for_session
from explorer.export.request.engine import create_engine
from explorer.export.request.request import ArchitectureSubject
from explorer.layout.geometry import Placement
from explorer.storage.packs.loader import load_pack
from explorer.storage.resources import default_pack_folder
from tests.export.sketches import session_with

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture(scope="module")
def placement(qapp):
    space = compile_pack(load_pack(default_pack_folder()))
    about = request_for_session(create_engine(space), session_with("gpu=yes location=hybrid")).subject
    assert isinstance(about, ArchitectureSubject)
    return about.placement


@pytest.fixture(scope="module")
def data(placement):
    return json.loads(placement_text(placement))


def test_the_keys_are_exactly_the_documented_ones(data):
    assert list(data) == ["size", "nodes", "groups", "edges"]
    assert {tuple(node) for node in data["nodes"]} == {("id", "box", "label_boxes")}
    assert {tuple(group) for group in data["groups"]} == {("id", "parent", "box", "title_box")}
    assert {tuple(edge) for edge in data["edges"]} == {("from", "to", "points", "label_box")}


def test_all_elements_are_included(data, placement):
    assert [node["id"] for node in data["nodes"]] == [placed.node.id for placed in placement.nodes]
    assert any(placed.is_companion for placed in placement.nodes)
    assert [(e["from"], e["to"]) for e in data["edges"]] == [(p.edge.source, p.edge.target) for p in placement.edges]
    parents = {group["id"]: group["parent"] for group in data["groups"]}
    assert parents == {placed.group.id: placed.group.parent for placed in placement.groups}


def test_positions_are_rounded_and_a_node_is_at_its_icon(data, placement):
    for node, placed in zip(data["nodes"], placement.nodes, strict=True):
        assert node["box"] == pytest.approx(list(placed.icon_box), abs=0.005)
        assert node["label_boxes"] == [pytest.approx(list(line.box), abs=0.005) for line in placed.lines]
    for edge, placed in zip(data["edges"], placement.edges, strict=True):
        assert edge["points"] == [pytest.approx(list(point), abs=0.005) for point in placed.points]
    numbers = [number for node in data["nodes"] for number in node["box"]]
    assert numbers == [round(number, 2) for number in numbers]


def test_a_label_box_contains_all_lines_of_the_label(data, placement):
    for edge, placed in zip(data["edges"], placement.edges, strict=True):
        assert (edge["label_box"] is None) == (not placed.label)
        for line in placed.label:
            x, y, w, h = edge["label_box"]
            assert x <= line.box.x + 0.01
            assert line.box.right <= x + w + 0.02
            assert y <= line.box.y + 0.01
            assert line.box.bottom <= y + h + 0.02


def test_all_boxes_are_within_the_page(data):
    width, height = data["size"]
    boxes = [node["box"] for node in data["nodes"]] + [group["box"] for group in data["groups"]]
    boxes += [box for node in data["nodes"] for box in node["label_boxes"]]
    assert all(x >= 0 and y >= 0 and x + w <= width and y + h <= height for x, y, w, h in boxes)


def test_an_empty_placement_is_valid_json():
    data = json.loads(placement_text(Placement((24.0, 24.0), (), (), ())))
    assert data == {"size": [24, 24], "nodes": [], "groups": [], "edges": []}
