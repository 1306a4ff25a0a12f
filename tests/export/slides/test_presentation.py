"""A slide has the picture as native, editable shapes with alternative text."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as Xml

import pptx
import pytest
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER
from pptx.util import Pt

from explorer.core.model.architecture import ElementState
from explorer.export.request.request import Options, Request
from explorer.export.slides.connectors import BentConnector
from explorer.export.slides.presentation import slide_presentation, walk_presentation
from explorer.layout.geometry import Box
from explorer.storage.sessions.embedded import extract_session
from tests.export.cases import SAMPLE_ANSWERS, request_for, request_for_architecture, subject_of
from tests.export.sketches import TRICKY_TEXTS, architecture_labeled
from tests.export.slides.connector_paths import connector_path

pytestmark = pytest.mark.usefixtures("qapp")

EMU = 12_700
DRAWINGML = "http://schemas.openxmlformats.org/drawingml/2006/main"
CONNECTOR = "{http://schemas.openxmlformats.org/presentationml/2006/main}cxnSp"


def reopened(request: Request) -> Any:
    return pptx.Presentation(BytesIO(slide_presentation(request)))


def every(shapes: Any) -> Iterator[Any]:
    """Yield all shapes, including those in groups."""
    for shape in shapes:
        yield shape
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from every(shape.shapes)


def drawn(deck: Any) -> list[Any]:
    return [shape for shape in every(deck.slides[0].shapes) if not shape.is_placeholder]


def connectors(deck: Any) -> list[Any]:
    return [shape for shape in drawn(deck) if shape.element.tag == CONNECTOR]


def described(shape: Any) -> str:
    return str(shape.element.xpath(".//p:cNvPr")[0].get("descr", ""))


@pytest.mark.parametrize("answers", SAMPLE_ANSWERS)
def test_nodes_and_groups_are_group_shapes_and_edges_are_attached_connectors(answers):
    request = request_for(answers)
    case, deck = subject_of(request), reopened(request)
    kinds = Counter(shape.shape_type for shape in drawn(deck))
    others = [item for item in request.picture.items if item.kind.value == "decoration"]
    things = len(case.architecture.nodes) + len(case.architecture.groups) + len(others)
    assert kinds[MSO_SHAPE_TYPE.GROUP] == things

    by_id = {shape.shape_id: shape for shape in drawn(deck)}
    assert len(by_id) == len(drawn(deck))
    assert len(connectors(deck)) == len(case.architecture.edges)
    for connector in connectors(deck):
        ends = connector.element.xpath(".//a:stCxn | .//a:endCxn")
        assert len(ends) == 2
        assert all(int(end.get("id")) in by_id and 0 <= int(end.get("idx")) < 4 for end in ends)


def test_a_node_is_a_shape_an_icon_and_a_text_box():
    request = request_for("")
    for group in drawn(reopened(request)):
        node = next((n for n in subject_of(request).architecture.nodes if group.name.startswith(n.label)), None)
        if node is None or group.shape_type != MSO_SHAPE_TYPE.GROUP:
            continue
        kinds = [shape.shape_type for shape in group.shapes]
        assert kinds == [MSO_SHAPE_TYPE.AUTO_SHAPE, MSO_SHAPE_TYPE.PICTURE, MSO_SHAPE_TYPE.TEXT_BOX]
        label = " ".join(p.text for p in group.shapes[2].text_frame.paragraphs)
        assert label.startswith(f"or {node.label}" if node.state is ElementState.GHOST else node.label)


def test_only_icons_are_images_and_each_is_stored_once():
    deck = reopened(request_for("location=hybrid"))
    icons = [shape for shape in drawn(deck) if shape.shape_type == MSO_SHAPE_TYPE.PICTURE]
    assert all(shape.name.startswith("Icon of") for shape in icons)
    names = [name for name in zipfile.ZipFile(BytesIO(held(deck))).namelist() if name.startswith("ppt/media/")]
    assert len(names) == len({shape.image.sha1 for shape in icons}) < len(icons)
    assert not any(name.endswith(".jpeg") for name in zipfile.ZipFile(BytesIO(held(deck))).namelist())


def held(deck: Any) -> bytes:
    data = BytesIO()
    deck.save(data)
    return data.getvalue()


@pytest.mark.parametrize("answers", SAMPLE_ANSWERS[:4])
def test_every_shape_has_alternative_text(answers):
    request = request_for(answers)
    for deck in (
        reopened(request),
        pptx.Presentation(BytesIO(walk_presentation(request, subject_of(request)))),
    ):
        for slide in deck.slides:
            assert all(described(shape).strip() for shape in every(slide.shapes))


def test_group_shapes_are_nested_like_the_groups():
    request = request_for("")
    parents = {
        shape.name: group.name
        for group in drawn(reopened(request))
        if group.shape_type == MSO_SHAPE_TYPE.GROUP
        for shape in group.shapes
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP
    }
    architecture = subject_of(request).architecture
    for frame in architecture.groups:
        if frame.parent is not None:
            assert parents[frame.label] == architecture.group_by_id[frame.parent].label


def test_connectors_follow_the_paths_of_the_picture():
    request = request_for("location=hybrid")
    deck = reopened(request)
    placed = {edge.edge.id: edge for edge in subject_of(request).placement.edges}
    item_by_name = {item.name: placed[item.id] for item in request.picture.items if item.id in placed}
    corner = min((shape for shape in drawn(deck) if shape.name == "AWS Cloud"), key=lambda shape: shape.shape_id)
    frame = next(group.box for group in subject_of(request).placement.groups if group.group.label == "AWS Cloud")
    scale = corner.width / frame.w
    for connector in connectors(deck):
        xfrm = connector.element.spPr.find("{http://schemas.openxmlformats.org/drawingml/2006/main}xfrm")
        found = BentConnector(
            connector.element.xpath(".//a:prstGeom")[0].get("prst"),
            Box(connector.left, connector.top, connector.width, connector.height),
            rotated=xfrm.get("rot") == "5400000",
            flip_h=xfrm.get("flipH") == "1",
            flip_v=xfrm.get("flipV") == "1",
            adjustments=tuple(int(guide.get("fmla").split()[1]) for guide in connector.element.xpath(".//a:gd")),
        )
        wanted = item_by_name[connector.name].points
        there = [
            ((x - corner.left) / scale + frame.x, (y - corner.top) / scale + frame.y) for x, y in connector_path(found)
        ]
        assert there[0] == pytest.approx(wanted[0], abs=0.3)
        assert there[-1] == pytest.approx(wanted[-1], abs=0.3)
        assert there[1:-1] == [pytest.approx(point, abs=0.3) for point in wanted[1:-1]]


def test_text_uses_the_colors_and_the_font_of_the_theme():
    deck = reopened(request_for(""))
    texts = [shape for shape in drawn(deck) if shape.shape_type == MSO_SHAPE_TYPE.TEXT_BOX]
    runs = [run for shape in texts for p in shape.text_frame.paragraphs for run in p.runs]
    assert {run.font.name for run in runs} == {"+mn-lt"}
    assert {run.font.color.type for run in runs} == {2}  # a place in the scheme
    theme = zipfile.ZipFile(BytesIO(held(deck))).read("ppt/theme/theme1.xml").decode()
    assert '<a:dk1><a:srgbClr val="16191F"/></a:dk1>' in theme
    assert theme.count('<a:latin typeface="Arial"') == 2


def test_the_speaker_notes_have_the_reasons():
    notes = reopened(request_for("gpu=yes operations=least")).slides[0].notes_slide.notes_text_frame.text
    assert "Fargate has no GPUs, so GPU tasks need instances. [GPU: Yes]" in notes
    assert "Takeaways" in notes


def test_the_users_notes_come_first():
    request = request_for("")
    noted = replace(request, subject=replace(subject_of(request), notes="Ask Ada first."))
    assert reopened(noted).slides[0].notes_slide.notes_text_frame.text.startswith("Ask Ada first.\n")


def test_a_deck_has_a_slide_for_each_answer_and_a_closing_slide():
    request = request_for("gpu=yes operations=least")
    deck = pptx.Presentation(BytesIO(walk_presentation(request, subject_of(request))))
    titles = [slide.shapes.title.text for slide in deck.slides]
    assert titles == [
        "Containers on AWS",
        "1 of 2 · Operations: As little as possible",
        "2 of 2 · GPU: Yes",
        "Outcome",
    ]
    text = " ".join(shape.text_frame.text for shape in deck.slides[2].shapes if shape.has_text_frame)
    assert "Do the tasks need GPUs?" in text
    assert "AWS Fargate → Amazon EC2" in text
    table = next(shape.table for shape in deck.slides[3].shapes if shape.has_table)
    rows = {row.cells[0].text: [cell.text for cell in row.cells][1:] for row in table.rows}
    assert rows["Compute"] == ["Amazon EC2", "AWS Fargate (GPU)"]
    said = " ".join(shape.text_frame.text for shape in deck.slides[3].shapes if shape.has_text_frame)
    assert "2026-11-23: GPU work runs on EC2 GPU instances" in said


@pytest.mark.parametrize("text", TRICKY_TEXTS, ids=range(len(TRICKY_TEXTS)))
def test_tricky_text_gives_a_valid_slide(text):
    deck = reopened(request_for_architecture(architecture_labeled(text), text))
    assert len(connectors(deck)) == 1


@pytest.mark.parametrize("write", [slide_presentation, lambda request: walk_presentation(request, subject_of(request))])
def test_every_text_run_has_a_language(write):
    package = zipfile.ZipFile(BytesIO(write(request_for("gpu=yes operations=least"))))
    parts = [name for name in package.namelist() if re.match(r"ppt/(slides|notesSlides)/[^/]+\.xml", name)]
    assert len(parts) >= 2
    for part in parts:
        root = Xml.fromstring(package.read(part))
        runs = list(root.iter(f"{{{DRAWINGML}}}r"))
        properties = root.findall(f".//{{{DRAWINGML}}}r/{{{DRAWINGML}}}rPr")
        assert len(properties) == len(runs)
        assert all(entry.get("lang") for entry in properties), part


def test_the_session_is_in_a_custom_xml_part():
    request = replace(request_for(""), session='{"berth": 1, "notes": "a ]]> b & <c>"}')
    data = slide_presentation(request)
    assert extract_session(data, "x.pptx") == request.session
    assert pptx.Presentation(BytesIO(data)).slides[0].shapes.title.text == request.title


# --------------------------------------------------------------------------- templates of the user


def template(tmp_path: Any, *, kind: str = "pptx") -> Any:
    """Write a 16:9 template that contains a slide."""
    deck = pptx.Presentation()
    deck.slide_width, deck.slide_height = Pt(960), Pt(540)
    deck.slides.add_slide(deck.slide_layouts[0]).shapes.title.text = "An old slide"
    path = tmp_path / f"house.{kind}"
    data = BytesIO()
    deck.save(data)
    if kind == "potx":
        old, new = zipfile.ZipFile(data), BytesIO()
        with zipfile.ZipFile(new, "w") as changed:
            for name in old.namelist():
                part = old.read(name).replace(b"presentation.main+xml", b"template.main+xml")
                changed.writestr(name, part)
        data = new
    path.write_bytes(data.getvalue())
    return path


@pytest.mark.parametrize("kind", ["pptx", "potx"])
def test_a_template_gives_its_layouts_without_its_slides(tmp_path, kind):
    options = Options(template=template(tmp_path, kind=kind))
    deck = reopened(request_for("", options))
    assert len(deck.slides) == 1
    assert deck.slides[0].shapes.title.text == "Containers on AWS"
    assert deck.slides[0].slide_layout.placeholders[0].placeholder_format.type == PP_PLACEHOLDER.TITLE
    assert connectors(deck)
