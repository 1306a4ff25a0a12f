"""Nodes are measured with their wrapped text and companions; text that does not fit is shortened."""

import pytest

from explorer.layout.measured_nodes import ICON_SIZE, NODE_WIDTH, measure_nodes, single_line, wrap_text
from tests.layout.sketches import METRICS, architecture

CHARACTER = METRICS.width("x", 12)


@pytest.mark.parametrize(
    ("text", "width", "max_lines", "lines"),
    [
        ("one two", 7 * CHARACTER, 2, ("one two",)),
        ("one two", 6 * CHARACTER, 2, ("one", "two")),
        ("one two three", 5 * CHARACTER, 2, ("one", "two…")),
        ("incomprehensible", 6 * CHARACTER, 2, ("incom…",)),
        ("an incomprehensible word", 6 * CHARACTER, 2, ("an", "incom…")),
        ("", 9 * CHARACTER, 2, ()),
        (" \n\t ", 9 * CHARACTER, 2, ()),
    ],
)
def test_text_is_wrapped_at_words_and_shortened_with_an_ellipsis(text, width, max_lines, lines):
    assert wrap_text(METRICS, text, width, max_lines, 12) == lines


def test_no_line_is_wider_than_the_given_width():
    text = "a rather long sentence about load balancers and what they balance"
    assert all(METRICS.width(line, 12) <= 70 for line in wrap_text(METRICS, text, 70, 3, 12))


def test_control_characters_become_spaces_and_markup_is_kept():
    assert single_line("<b>a</b>\nb\x1b[0m \\N {c}") == "<b>a</b> b [0m \\N {c}"


def test_the_height_of_a_node_includes_its_companions():
    measured = measure_nodes(architecture("web\nrole at web\nproxy at web\nbare"), METRICS)
    assert list(measured) == ["web", "bare"]
    web, bare = measured["web"], measured["bare"]
    assert [companion.node.id for companion in web.companions] == ["role", "proxy"]
    assert web.companions[-1].outline.bottom == web.size[1] > bare.size[1] > ICON_SIZE
    assert web.companions[0].outline.bottom < web.companions[1].outline.y


def test_an_alternative_companion_is_last_and_its_name_starts_with_or():
    web = measure_nodes(architecture("web\n?other at web\nrole at web"), METRICS)["web"]
    assert [companion.node.id for companion in web.companions] == ["role", "other"]
    assert web.companions[1].lines[0].text == "or other"
    assert web.companions[1].outline.h > web.companions[0].outline.h


def test_no_element_is_wider_than_the_node():
    name = "a-very-long-name-that-goes-on-and-on"
    sketch = f"{name}\nanother-very-long-companion at {name}"
    (node,) = measure_nodes(architecture(sketch), METRICS).values()
    boxes = [*(line.box for line in node.lines), *(companion.outline for companion in node.companions)]
    assert all(box.x >= 0 and box.right <= NODE_WIDTH for box in boxes)
