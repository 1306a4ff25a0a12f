"""A decision map exports like an architecture: its cards are nodes, its branches edges."""

from io import BytesIO
from xml.etree import ElementTree as Xml

import pptx
import pytest

from explorer.core.errors import ExplorerError
from explorer.export.request.build import draw_decision_map, request_for_map
from explorer.export.request.graph import placed_graph
from explorer.export.request.request import Request
from tests.export.cases import exported, request_for, shipped_engine
from tests.export.notations import readers

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture(scope="module")
def map_(qapp):
    return request_for_map(draw_decision_map(shipped_engine(), 2))


def test_a_slide_has_an_attached_connector_for_each_branch(map_):
    slide = pptx.Presentation(BytesIO(exported(map_, "pptx"))).slides[0]
    branches = map_.subject.decision_map.branches
    tree = slide.shapes.element
    assert len(tree.xpath(".//p:cxnSp//a:stCxn")) == len(tree.xpath(".//p:cxnSp//a:endCxn")) == len(branches)
    assert not tree.xpath(".//p:pic")


def test_draw_io_has_an_edge_for_each_branch(map_):
    cells = [cell.attrib for cell in Xml.fromstring(exported(map_, "drawio")).iter("mxCell")]
    names = {cell["id"] for cell in cells if "id" in cell}
    edges = [cell for cell in cells if "source" in cell]
    assert len(edges) == len(map_.subject.decision_map.branches)
    assert all({cell["source"], cell["target"]} <= names for cell in edges)
    assert not any("shape=image" in cell.get("style", "") for cell in cells)


@pytest.mark.parametrize(("language", "extension"), [("mermaid", "mmd"), ("d2", "d2"), ("plantuml", "puml")])
def test_the_notations_have_all_questions_and_answers(map_, language, extension):
    found = getattr(readers, language)(exported(map_, extension).decode())
    assert len(found.nodes) == len(map_.subject.decision_map.nodes)
    assert len(found.edges) == len(map_.subject.decision_map.branches)
    assert all(label for _, _, label in found.edges)


def test_a_request_without_subject_has_no_graph():
    with pytest.raises(ExplorerError, match="no nodes and edges"):
        placed_graph(Request("x", request_for("").picture))
