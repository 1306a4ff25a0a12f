"""A draw.io file has nested groups, connected edges and native stencils."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from urllib.parse import unquote
from xml.etree import ElementTree as Xml

import pytest

from explorer.core.model.architecture import ElementState
from explorer.export.request.request import Request
from explorer.storage.sessions.embedded import DRAWIO_SESSION_ID, PNG_SIGNATURE, extract_session
from explorer.storage.xml_text import xml_safe_text
from tests.export.cases import SAMPLE_ANSWERS, exported, request_for, request_for_architecture, subject_of
from tests.export.sketches import TRICKY_TEXTS, architecture_labeled

pytestmark = pytest.mark.usefixtures("qapp")


def cells(request: Request) -> dict[str, Xml.Element]:
    """Return all cells by id; a cell in an object with data has the id of the object."""
    root = Xml.fromstring(exported(request, "drawio")).find("diagram/mxGraphModel/root")
    assert root is not None
    found = {}
    for entry in root:
        cell = entry if entry.tag == "mxCell" else entry.find("mxCell")
        assert cell is not None
        assert entry.attrib["id"] not in found
        found[entry.attrib["id"]] = cell
    return found


def shown_text(value: str) -> str:
    """Return the text that draw.io shows for a value, which is HTML."""
    return html.unescape(re.sub(r"</?(?:b|font)\b[^>]*>", "", value.replace("<br>", " ")))


def place(name: str, every: dict[str, Xml.Element]) -> tuple[float, float]:
    """Return the position of a cell on the page; draw.io stores it relative to the parent."""
    cell, x, y = every[name], 0.0, 0.0
    while (geometry := cell.find("mxGeometry")) is not None:
        x, y = x + float(geometry.get("x", 0)), y + float(geometry.get("y", 0))
        cell = every[cell.attrib["parent"]]
    return x, y


@pytest.mark.parametrize("answers", SAMPLE_ANSWERS)
def test_every_cell_has_a_parent_and_every_edge_two_ends(answers):
    request = request_for(answers)
    every, case = cells(request), subject_of(request)
    assert all(cell.attrib["parent"] in every for name, cell in every.items() if name != "0")
    edges = [cell for cell in every.values() if cell.get("edge") == "1" and cell.get("source")]
    assert len(edges) == len(case.architecture.edges)
    for cell in edges:
        assert every[cell.attrib["source"]].get("vertex") == "1"
        assert every[cell.attrib["target"]].get("vertex") == "1"


def test_nodes_and_groups_are_where_the_picture_has_them():
    request = request_for("location=hybrid")
    every, case = cells(request), subject_of(request)
    frame = {placed.group.id: f"g{number}" for number, placed in _by_depth(case)}
    for number, placed in enumerate(case.placement.nodes):
        assert place(f"n{number}", every) == pytest.approx(placed.icon_box[:2], abs=0.05)
        home = case.architecture.group_of(placed.node)
        assert every[f"n{number}"].attrib["parent"] == (frame[home] if home else "1")


def _by_depth(case):
    """The groups in the order of the file: each group before its inner groups."""

    def within(parent):
        for placed in case.placement.groups:
            if placed.group.parent == parent:
                yield placed
                yield from within(placed.group.id)

    return list(enumerate(within(None)))


def test_aws_services_are_native_stencils_and_other_nodes_are_images():
    request = request_for("kubernetes=required")
    every = cells(request)
    styles = {
        placed.node.id: every[f"n{number}"].attrib["style"]
        for number, placed in enumerate(subject_of(request).placement.nodes)
    }
    assert "resIcon=mxgraph.aws4.ecr;" in styles["ecr"]
    assert "shape=image;" in styles["ci"]
    assert "data:image/svg+xml," in styles["ci"]
    assert not any(";base64" in style for style in styles.values())
    assert "grIcon=mxgraph.aws4.group_region;" in every["g1"].attrib["style"]


def test_an_alternative_has_a_dashed_frame():
    request = request_for("")
    ghosts = [
        number
        for number, placed in enumerate(subject_of(request).placement.nodes)
        if placed.node.state is ElementState.GHOST
    ]
    every = cells(request)
    assert all("dashed=1" in every[f"n{number}-state"].attrib["style"] for number in ghosts)


@pytest.mark.parametrize("text", TRICKY_TEXTS, ids=range(len(TRICKY_TEXTS)))
def test_tricky_text_is_shown_verbatim(text):
    request = request_for_architecture(architecture_labeled(text), text)
    every, case = cells(request), subject_of(request)
    for number, placed in enumerate(case.placement.nodes):
        shown = shown_text(every[f"n{number}"].attrib["value"])
        assert shown == xml_safe_text(" ".join(line.text for line in placed.lines))


def test_the_session_is_in_an_invisible_object():
    session = '{"berth": 1, "notes": "a \\"b\\" <c> & d"}'
    request = replace(request_for(""), session=session)
    holder = Xml.fromstring(exported(request, "drawio")).find(f".//UserObject[@id='{DRAWIO_SESSION_ID}']")
    assert holder is not None
    assert holder.attrib["session"] == session
    assert cells(request)[DRAWIO_SESSION_ID].get("visible") == "0"


def embedded_source(data: bytes) -> str:
    """Return the draw.io source as draw.io reads it from an image."""
    if data.startswith(PNG_SIGNATURE):
        start = data.index(b"tEXtmxfile\0") + len(b"tEXt")
        length = int.from_bytes(data[start - 8 : start - 4], "big")
        return unquote(data[start : start + length].split(b"\0", 1)[1].decode())
    return Xml.fromstring(data).get("content", "")


@pytest.mark.parametrize("extension", ["drawio.svg", "drawio.png"])
@pytest.mark.parametrize("title", ["Title", "A <b> & ü 東京"])
def test_an_image_embeds_the_diagram_for_draw_io(extension, title):
    request = replace(request_for(""), title=title)
    found = embedded_source(exported(request, extension))
    assert Xml.canonicalize(found) == Xml.canonicalize(exported(request, "drawio").decode())


@pytest.mark.parametrize("extension", ["drawio.svg", "drawio.png"])
def test_an_image_with_a_diagram_also_embeds_the_session(extension):
    request = request_for("gpu=yes")
    assert extract_session(exported(request, extension), f"x.{extension}") == request.session
