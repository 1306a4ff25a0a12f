"""Any text is drawn as it is: no label is interpreted, and none breaks the layout."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.layout.architecture.place import layout_architecture
from explorer.layout.geometry import Placement, TextLine
from explorer.layout.graphviz.process import find_graphviz
from explorer.qt.text_metrics import QtTextMetrics
from tests.export.sketches import TRICKY_TEXTS, architecture_labeled

pytestmark = [pytest.mark.graphviz, pytest.mark.usefixtures("qapp")]


def place(text: str) -> Placement:
    return layout_architecture(architecture_labeled(text), QtTextMetrics(), find_graphviz())


def printable_characters(text: str) -> str:
    return "".join(c for c in text if c.isprintable() and not c.isspace())


def assert_starts_text(lines: tuple[TextLine, ...], text: str) -> None:
    """The lines show the text from its start; it may be shortened."""
    shown = printable_characters("".join(line.text for line in lines))
    if shown.endswith("…") and not printable_characters(text).endswith("…"):
        shown = shown[:-1]
    assert printable_characters(text).startswith(shown)
    assert not any(c in line.text for line in lines for c in "\n\r\x00\x1b")


def assert_drawn_as_it_is(text: str) -> None:
    placement = place(text)
    by_id = placement.node_by_id
    assert list(by_id) == ["a", "c", "b"]
    for line in [line for node in placement.nodes for line in node.lines]:
        assert all(math.isfinite(number) for number in line.box)
        assert line.box.w <= 141
    assert_starts_text(by_id["b"].lines, text)
    assert_starts_text(by_id["c"].lines, text)
    characters = printable_characters(text)
    for line in by_id["a"].lines:
        start = characters.find(printable_characters(line.text).rstrip("…"))
        assert_starts_text((line,), characters[start:])
    assert_starts_text(placement.edges[0].label, text)
    for group in placement.groups:
        assert_starts_text((group.title,), text)
        assert group.title.box.right <= group.box.right + 1
    assert all(0 < side < 3_000 for side in placement.size)


@pytest.mark.parametrize("text", TRICKY_TEXTS, ids=range(len(TRICKY_TEXTS)))
def test_a_label_with_markup_or_control_characters_is_drawn_as_it_is(text):
    assert_drawn_as_it_is(text)


@settings(max_examples=40)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_label_is_drawn_as_it_is(text):
    assert_drawn_as_it_is(text)


def test_the_layout_program_gets_no_label():
    sources: list[str] = []

    class RecordingEngine:
        def run(self, source: str) -> dict[str, object]:
            sources.append(source)
            return find_graphviz().run(source)

    layout_architecture(architecture_labeled("Zanzibar"), QtTextMetrics(), RecordingEngine())
    assert "Zanzibar" not in sources[0]
