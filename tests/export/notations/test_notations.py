"""What is written in the languages of other tools is a sentence there, and says the same in each."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.core.model.architecture import Architecture, ElementState
from explorer.export.notations.d2 import d2_text
from explorer.export.notations.mermaid import mermaid_text
from explorer.export.notations.plantuml import plantuml_text
from explorer.export.notations.structurizr import structurizr_text
from tests.export.cases import SAMPLE_ANSWERS, request_for, subject_of
from tests.export.notations import readers
from tests.export.notations.readers import Read
from tests.export.sketches import TRICKY_TEXTS, architecture_labeled, group, node

LANGUAGES: dict[str, tuple[Callable[[Architecture, str], str], Callable[[str], Read]]] = {
    "mermaid": (mermaid_text, readers.mermaid),
    "d2": (d2_text, readers.d2),
    "plantuml": (plantuml_text, readers.plantuml),
    "structurizr": (structurizr_text, readers.structurizr),
}
HARSH = (
    *TRICKY_TEXTS,
    "${x}",
    "{",
    "}",
    "style:#x;",
    "1. list",
    "- list",
    "end",
    "!include x",
    "@enduml",
    "'c",
    "…..",
)

language = pytest.mark.parametrize("language", LANGUAGES)


def read(language: str, architecture: Architecture, title: str = "") -> Read:
    write, reader = LANGUAGES[language]
    return reader(write(architecture, title))


@language
@pytest.mark.parametrize("answers", SAMPLE_ANSWERS)
@pytest.mark.usefixtures("qapp")
def test_every_node_frame_and_edge_is_there_in_its_place(language, answers):
    drawn = subject_of(request_for(answers)).architecture
    found = read(language, drawn, "Title")
    assert found.title == "Title"
    assert len(found.nodes) == len(drawn.nodes)
    assert list(found.frames.values()) == [frame.label for frame in _in_order(drawn)]
    companions = sum(one.attached_to is not None for one in drawn.nodes)
    assert len(found.edges) == len(drawn.edges) + companions
    for number, one in enumerate(drawn.nodes):
        told = found.nodes[f"n{number}"].split("\n")[0]
        assert told.startswith(f"or {one.label}" if one.state is ElementState.GHOST else one.label)
        home = drawn.group_of(one)
        expected = None if home is None else drawn.group_by_id[home].label
        frame = found.within[f"n{number}"]
        assert (None if frame is None else found.frames[frame]) == expected


def _in_order(drawn: Architecture) -> list:  # type: ignore[type-arg]
    """The frames as a text lists them: each before those in it."""

    def within(parent):
        for frame in drawn.groups:
            if frame.parent == parent:
                yield frame
                yield from within(frame.id)

    return list(within(None))


def shown(text: str, language: str) -> str:
    plain = "".join(c if c.isprintable() else " " for c in text).strip() or "unnamed"
    return plain.replace("\\", "/").replace("${", "$ {") if language == "structurizr" else plain


def assert_verbatim(language: str, text: str) -> None:
    found = read(language, architecture_labeled(text), text)
    name = shown(text, language)
    assert found.nodes["n0"].split("\n")[0].strip() == name
    assert found.nodes["n1"].strip() == name
    assert found.frames["g0"].strip() == name
    words = found.edges[-1][2]
    assert words == (f"(1) {name}" if name != "unnamed" else "(1)")


@language
@pytest.mark.parametrize("text", HARSH, ids=range(len(HARSH)))
def test_words_come_back_verbatim(language, text):
    assert_verbatim(language, text)


@language
@settings(max_examples=60)
@given(st.text(st.characters(exclude_categories=["Cs", "Zs", "Cc", "Cf"]), min_size=1, max_size=20))
def test_any_words_come_back_verbatim(language, text):
    assert_verbatim(language, text)


@language
def test_an_alternative_says_that_it_is_one(language):
    ghost = node("a", "Other")
    drawn = Architecture((type(ghost)(**{**ghost.__dict__, "state": ElementState.GHOST}),), (), ())
    assert read(language, drawn).nodes["n0"] == "or Other"


def test_structurizr_tells_two_things_of_one_name_apart():
    drawn = Architecture((node("a", "Same"), node("b", "same"), node("c", "Same")), (), (group("g", "SAME"),))
    found = read("structurizr", drawn)
    assert [*found.nodes.values(), *found.frames.values()] == ["Same", "same (2)", "Same (3)", "SAME (4)"]
