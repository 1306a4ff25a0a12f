"""The text formats are valid in their languages and contain the same architecture."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.core.model.architecture import Architecture, ElementState
from explorer.export.notations.d2 import d2_text
from explorer.export.notations.mermaid import mermaid_text
from explorer.export.notations.plantuml import plantuml_text
from explorer.export.notations.structurizr import structurizr_text
from tests.export.cases import SAMPLE_ANSWERS, exported, request_for, subject_of
from tests.export.notations import readers
from tests.export.notations.readers import Diagram
from tests.export.sketches import TRICKY_TEXTS, architecture_labeled, group, node

LANGUAGES: dict[str, tuple[Callable[[Architecture, str], str], Callable[[str], Diagram]]] = {
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


def read(language: str, architecture: Architecture, title: str = "") -> Diagram:
    write, reader = LANGUAGES[language]
    return reader(write(architecture, title))


@language
@pytest.mark.parametrize("answers", SAMPLE_ANSWERS)
@pytest.mark.usefixtures("qapp")
def test_nodes_groups_and_edges_are_complete_and_nested(language, answers):
    drawn = subject_of(request_for(answers)).architecture
    found = read(language, drawn, "Title")
    assert found.title == "Title"
    assert len(found.nodes) == len(drawn.nodes)
    assert list(found.frames.values()) == [frame.label for frame in _in_order(drawn)]
    companions = sum(one.attached_to is not None for one in drawn.nodes)
    assert len(found.edges) == len(drawn.edges) + companions
    for number, one in enumerate(drawn.nodes):
        label = found.nodes[f"n{number}"].split("\n")[0]
        assert label.startswith(f"or {one.label}" if one.state is ElementState.GHOST else one.label)
        home = drawn.group_of(one)
        expected = None if home is None else drawn.group_by_id[home].label
        frame = found.within[f"n{number}"]
        assert (None if frame is None else found.frames[frame]) == expected


def _in_order(drawn: Architecture) -> list:  # type: ignore[type-arg]
    """The groups in the order of the text: each group before its inner groups."""

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
    assert found.edges[-1][2] == (f"(1) {name}" if name != "unnamed" else "(1)")


@language
@pytest.mark.parametrize("text", HARSH, ids=range(len(HARSH)))
def test_tricky_text_is_shown_verbatim(language, text):
    assert_verbatim(language, text)


@language
@settings(max_examples=60)
@given(st.text(st.characters(exclude_categories=["Cs", "Zs", "Cc", "Cf"]), min_size=1, max_size=20))
def test_any_text_is_shown_verbatim(language, text):
    assert_verbatim(language, text)


def luminance(color: str) -> float:
    """Return the relative luminance of a color (WCAG 2)."""
    channels = [int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted(map(luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("page", ["#ffffff", "#0d1117"], ids=["light page", "dark page"])
def test_mermaid_styles_are_legible_on_light_and_dark_pages(page):
    nodes = tuple(replace(node(state.value, "A"), state=state) for state in ElementState)
    styles = re.findall(r"classDef \w+ (.*)", mermaid_text(Architecture(nodes, (), ())))
    assert len(styles) == 3
    for style in styles:
        colors = dict(entry.split(":") for entry in style.split(","))
        assert ("fill" in colors) == ("color" in colors), "a text color alone may match the fill of the page's theme"
        assert contrast(colors["stroke"], page) >= 3


@pytest.mark.usefixtures("qapp")
def test_mermaid_has_the_text_alternative_of_the_picture():
    request = request_for("gpu=yes")
    found = readers.mermaid(exported(request, "mmd").decode()).accessible
    assert found["accTitle"] == request.title
    assert found["accDescr"].startswith(request.description.alt_text.split(".")[0])


@pytest.mark.parametrize("text", HARSH, ids=range(len(HARSH)))
def test_tricky_descriptions_are_one_plain_line(text):
    readers.mermaid(mermaid_text(architecture_labeled("a"), "Title", text))


@language
def test_the_label_of_an_alternative_starts_with_or(language):
    ghost = node("a", "Other")
    drawn = Architecture((replace(ghost, state=ElementState.GHOST),), (), ())
    assert read(language, drawn).nodes["n0"] == "or Other"


def test_names_in_structurizr_are_unique():
    drawn = Architecture((node("a", "Same"), node("b", "same"), node("c", "Same")), (), (group("g", "SAME"),))
    found = read("structurizr", drawn)
    assert [*found.nodes.values(), *found.frames.values()] == ["Same", "same (2)", "Same (3)", "SAME (4)"]
