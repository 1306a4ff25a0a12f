"""Whatever stands in a label is drawn and never interpreted."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.layout.architecture.place import layout_architecture
from explorer.layout.geometry import Placement, TextLine
from explorer.layout.graphviz.process import find_graphviz
from explorer.qt.text_metrics import QtTextMetrics
from tests.export.sketches import TRICKY_TEXTS, architecture_labeled

pytestmark = pytest.mark.usefixtures("qapp")


def placed(text: str) -> Placement:
    return layout_architecture(architecture_labeled(text), QtTextMetrics(), find_graphviz())


def squeezed(text: str) -> str:
    return "".join(c for c in text if c.isprintable() and not c.isspace())


def assert_is(lines: tuple[TextLine, ...], text: str) -> None:
    """The lines read the text from its start, cut off at most."""
    read = squeezed("".join(line.text for line in lines))
    if read.endswith("…") and not squeezed(text).endswith("…"):
        read = read[:-1]
    assert squeezed(text).startswith(read)
    assert not any(c in line.text for line in lines for c in "\n\r\x00\x1b")


def assert_placed(text: str) -> None:
    placement = placed(text)
    by_id = placement.node_by_id
    assert list(by_id) == ["a", "c", "b"]
    for line in [line for found in placement.nodes for line in found.lines]:
        assert all(math.isfinite(number) for number in line.box)
        assert line.box.w <= 141
    assert_is(by_id["b"].lines, text)
    assert_is(by_id["c"].lines, text)
    for line in by_id["a"].lines:
        assert_is((line,), squeezed(text)[squeezed(text).find(squeezed(line.text).rstrip("…")) :])
    assert_is(placement.edges[0].label, text)
    for group in placement.groups:
        assert_is((group.title,), text)
        assert group.title.box.right <= group.box.right + 1
    width, height = placement.size
    assert 0 < width < 3_000
    assert 0 < height < 3_000


@pytest.mark.parametrize("text", TRICKY_TEXTS, ids=range(len(TRICKY_TEXTS)))
def test_a_nasty_label_is_placed_as_it_stands(text):
    assert_placed(text)


@settings(max_examples=40)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_label_is_placed_as_it_stands(text):
    assert_placed(text)


def test_the_layout_program_is_given_no_words():
    told: list[str] = []

    class Listener:
        def run(self, source: str) -> dict[str, object]:
            told.append(source)
            return find_graphviz().run(source)

    layout_architecture(architecture_labeled("Zanzibar"), QtTextMetrics(), Listener())
    assert "Zanzibar" not in told[0]
