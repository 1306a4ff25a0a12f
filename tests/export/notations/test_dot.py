"""Graphviz accepts the DOT text and shows all text in it verbatim."""

import html
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.core.architecture.builder import build_architecture
from explorer.core.model.architecture import Architecture, ElementState
from explorer.core.solver.constraints import compile_pack
from explorer.core.solver.decide import decide
from explorer.export.notations.dot import architecture_dot
from explorer.layout.graphviz.process import find_graphviz
from explorer.storage.packs.loader import load_pack
from explorer.storage.resources import default_pack_folder
from tests.export.sketches import TRICKY_TEXTS, architecture_labeled, edge, group, node, parse_answers


def laid_out(architecture: Architecture, title: str = "") -> dict[str, Any]:
    """Return the layout that Graphviz computes from the DOT text."""
    return find_graphviz().run(architecture_dot(architecture, title))


def shown(label: object) -> str:
    """Return a label as Graphviz shows it, without escapes and entities."""
    text = re.sub(r"\\(.)", lambda match: "\n" if match[1] == "n" else match[1], str(label))
    return html.unescape(text)


def plain(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)


def assert_verbatim(text: str) -> None:
    answer = laid_out(architecture_labeled(text), text)
    objects = {entry["name"]: entry for entry in answer["objects"]}
    assert shown(objects["n0"]["label"]) == f"{plain(text)}\n{plain(text)}"
    assert [shown(objects[name]["label"]) for name in ("n1", "n2", "cluster_0", "cluster_1")] == [plain(text)] * 4
    assert shown(answer["label"]) == plain(text)
    assert shown(answer["edges"][1].get("label", "")) == f"1. {plain(text)}".strip()
    assert len(objects) == 5
    assert len(answer["edges"]) == 2


@pytest.mark.parametrize("text", TRICKY_TEXTS, ids=range(len(TRICKY_TEXTS)))
def test_tricky_text_is_shown_verbatim(text):
    assert_verbatim(text)


@settings(max_examples=25)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30).filter(lambda t: t.strip()))
def test_any_text_is_shown_verbatim(text):
    assert_verbatim(text)


def test_ids_of_the_pack_are_not_used():
    source = architecture_dot(Architecture((node('x" -> y', "A", group='g"'),), (), (group('g"', "G"),)))
    assert 'x"' not in source
    assert 'g"' not in source


def test_groups_are_nested_and_companions_are_with_their_host():
    source = re.sub(r"\s+", " ", architecture_dot(architecture_labeled("word")))
    assert re.search(r"cluster_0 \{.* n1 .*cluster_1 \{.* n0 .* n2 ", source)
    assert "n0 -> n2 [arrowhead=none" in source


@pytest.mark.parametrize("state", list(ElementState))
def test_each_state_has_its_own_style(state):
    styles = {
        s: re.findall(r"n0 \[.*\]", architecture_dot(Architecture((replace(node("a", "A"), state=s),), (), ())))[0]
        for s in ElementState
    }
    assert [s for s, style in styles.items() if style == styles[state]] == [state]


def test_steps_are_numbered():
    source = architecture_dot(Architecture((node("a", "A"), node("b", "B")), (edge("a", "b", step=3),), ()))
    assert "label=3." in source


def test_the_architectures_of_the_shipped_pack_have_a_layout():
    space = compile_pack(load_pack(default_pack_folder()))
    for answers in ("", "kubernetes=required gpu=yes", "location=disconnected"):
        architecture = build_architecture(space.pack, decide(space, parse_answers(answers)))
        answer = laid_out(architecture, space.pack.title)
        names = {entry["name"] for entry in answer["objects"]}
        assert {f"n{index}" for index in range(len(architecture.nodes))} <= names
        assert len([name for name in names if name.startswith("cluster_")]) == len(architecture.groups)
