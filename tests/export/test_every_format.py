"""Every format is valid for any answers to any shipped pack."""

from __future__ import annotations

import csv
import json
import zipfile
from functools import cache
from io import BytesIO, StringIO
from xml.etree import ElementTree as Xml

import pptx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.core.session.session_state import SessionState
from explorer.core.session.workspace import Workspace
from explorer.core.solver.constraints import compile_pack
from explorer.engine.pack_engine import PackEngine
from explorer.export.formats import export_bytes, formats_of
from explorer.export.request.build import request_for_session
from explorer.export.request.engine import create_engine
from explorer.export.request.request import Request, SubjectKind
from explorer.storage.packs.catalog import find_pack_folder
from explorer.storage.packs.loader import load_pack
from tests.export.cases import exported, subject_of
from tests.export.notations import readers

pytestmark = pytest.mark.usefixtures("qapp")

PACKS = ("aws-containers", "aws-messaging")
SLOW = ("deck.pptx", "pdf")  # one layout for each answer; the fonts are embedded again in each file


@cache
def engine_of(pack: str) -> PackEngine:
    return create_engine(compile_pack(load_pack(find_pack_folder(pack))))


@st.composite
def requests(draw: st.DrawFn) -> Request:
    """Any answers, with or without defaults and alternatives."""
    engine = engine_of(draw(st.sampled_from(PACKS)))
    questions = draw(st.sets(st.sampled_from(engine.pack.questions)))
    answers = {question.id: draw(st.sampled_from(question.answers)).id for question in questions}
    saved = SessionState(Workspace(answers=answers, alternatives_shown=draw(st.booleans())))
    return request_for_session(engine, saved, defaults=draw(st.booleans()))


@pytest.mark.slow
@settings(max_examples=max(1, settings().max_examples // 5))
@given(requests())
def test_every_format_is_valid_for_any_answers(request_):
    made = {
        one.extension: export_bytes(request_, one)
        for one in formats_of(SubjectKind.ARCHITECTURE)
        if one.extension not in SLOW
    }
    drawn = subject_of(request_).architecture
    assert all(made.values())

    slide = pptx.Presentation(BytesIO(made["pptx"])).slides[0]
    assert len(slide.shapes.element.xpath(".//p:cxnSp")) == len(drawn.edges)
    assert len(slide.shapes.element.xpath(".//p:cxnSp//a:stCxn")) == len(drawn.edges)
    assert len(slide.shapes.element.xpath(".//p:cxnSp//a:endCxn")) == len(drawn.edges)

    cells = [cell.attrib for cell in Xml.fromstring(made["drawio"]).iter("mxCell")]
    names = {cell["id"] for cell in cells if "id" in cell}
    assert all(cell["parent"] in names for cell in cells if cell.get("id") != "0")
    assert all({cell["source"], cell["target"]} <= names for cell in cells if "source" in cell)

    for ending, read in (
        ("mmd", readers.mermaid),
        ("d2", readers.d2),
        ("puml", readers.plantuml),
        ("dsl", readers.structurizr),
    ):
        found = read(made[ending].decode())
        assert (len(found.nodes), len(found.frames)) == (len(drawn.nodes), len(drawn.groups))

    outcome = subject_of(request_).outcome
    assert json.loads(made["outcome.json"])["answers"] == dict(outcome.answers)
    rows = list(csv.DictReader(StringIO(made["csv"].decode("utf-8-sig"), newline="")))
    assert len(rows) == len(subject_of(request_).engine.pack.questions)


@pytest.mark.slow
@settings(max_examples=max(1, settings().max_examples // 25))
@given(requests())
def test_a_deck_has_a_slide_for_each_answer_and_two_more(request_):
    data = exported(request_, "deck.pptx")
    assert zipfile.ZipFile(BytesIO(data)).testzip() is None
    assert len(pptx.Presentation(BytesIO(data)).slides) == len(subject_of(request_).outcome.answers) + 2
