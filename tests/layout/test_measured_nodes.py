"""How much room a node takes: measured in the font that is drawn, cut off where it is too much."""

import pytest

from explorer.layout.measured_nodes import ICON_SIZE, NODE_WIDTH, measure_nodes, single_line, wrap_text
from tests.layout.sketches import METRICS, architecture

LETTER = METRICS.width("x", 12)


@pytest.mark.parametrize(
    ("text", "width", "most", "lines"),
    [
        ("one two", 7 * LETTER, 2, ("one two",)),
        ("one two", 6 * LETTER, 2, ("one", "two")),
        ("one two three", 5 * LETTER, 2, ("one", "two…")),
        ("incomprehensible", 6 * LETTER, 2, ("incom…",)),
        ("an incomprehensible word", 6 * LETTER, 2, ("an", "incom…")),
        ("", 9 * LETTER, 2, ()),
        (" \n\t ", 9 * LETTER, 2, ()),
    ],
)
def test_text_breaks_at_words_and_ends_in_dots(text, width, most, lines):
    assert wrap_text(METRICS, text, width, most, 12) == lines


def test_no_line_is_wider_than_its_room():
    text = "a rather long sentence about load balancers and what they balance"
    assert all(METRICS.width(line, 12) <= 70 for line in wrap_text(METRICS, text, 70, 3, 12))


def test_control_characters_become_spaces_and_nothing_is_interpreted():
    assert single_line("<b>a</b>\nb\x1b[0m \\N {c}") == "<b>a</b> b [0m \\N {c}"


def test_a_slot_is_as_high_as_what_stands_in_it():
    found = measure_nodes(architecture("web\nrole at web\nproxy at web\nbare"), METRICS)
    assert list(found) == ["web", "bare"]
    web, bare = found["web"], found["bare"]
    assert [companion.node.id for companion in web.companions] == ["role", "proxy"]
    assert web.companions[-1].outline.bottom == web.size[1] > bare.size[1] > ICON_SIZE
    assert web.companions[0].outline.bottom < web.companions[1].outline.y


def test_a_ghost_among_companions_comes_last_and_says_or():
    web = measure_nodes(architecture("web\n?other at web\nrole at web"), METRICS)["web"]
    assert [companion.node.id for companion in web.companions] == ["role", "other"]
    assert web.companions[1].lines[0].text == "or other"
    assert web.companions[1].outline.h > web.companions[0].outline.h


def test_nothing_stands_wider_than_the_slot():
    name = "a-very-long-name-that-goes-on-and-on"
    sketch = f"{name}\nanother-very-long-companion at {name}"
    (slot,) = measure_nodes(architecture(sketch), METRICS).values()
    boxes = [*(line.box for line in slot.lines), *(companion.outline for companion in slot.companions)]
    assert all(box.x >= 0 and box.right <= NODE_WIDTH for box in boxes)
