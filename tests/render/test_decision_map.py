"""The picture of a map highlights the active path, names what pruned a node, and marks the current question."""

import pytest

from explorer.core.decision_map.map import DecisionMapBuilder, FoldState
from explorer.core.decision_map.paths import highlight_path
from explorer.core.model.pack import QuestionId
from explorer.layout.decision_map.cards import FOLD_TOGGLE_RADIUS, layout_decision_map
from explorer.qt.text_metrics import QtTextMetrics
from explorer.render.decision_map import CURRENT_NOTE, REACHED_NOTE, draw_map
from explorer.render.picture import Circle, ItemKind, Polyline, Rectangle, TextShape
from tests.core.map_paths import end_of_path
from tests.core.packs import make_answers
from tests.ui.toy_map import hike, theme

EVERYWHERE = FoldState(frozenset({"night", "day"}))


@pytest.fixture
def drawn(qapp):
    builder = DecisionMapBuilder(hike())

    def draw(current=None, fold_state=None, colors="light", **answers):
        placement = layout_decision_map(builder.build(fold_state or FoldState()), QtTextMetrics())
        question = QuestionId(current) if current else None
        return draw_map(
            placement,
            highlight_path(placement.decision_map, make_answers(**answers), question),
            theme(colors),
            QtTextMetrics(),
        )

    return draw


def texts(item):
    return [shape.text for shape in item.shapes if isinstance(shape, TextShape)]


def stroke(item):
    return next(shape.stroke for shape in item.shapes if isinstance(shape, Polyline))


def item(drawn_map, **answers):
    """The item at the end of the path of some answers."""
    return drawn_map.picture.item_by_id[end_of_path(drawn_map.decision_map, make_answers(**answers)).id]


def test_a_question_shows_its_answers_and_an_end_its_outcome(drawn):
    drawn_map = drawn()
    root = drawn_map.picture.item_by_id[drawn_map.decision_map.root.id]
    assert {"shelter", "tent", "hut"} <= set(texts(root))
    assert texts(item(drawn_map, shelter="hut"))[0].startswith("bunk · none")
    assert "1 more question" in texts(item(drawn_map, shelter="hut"))


def test_the_current_question_has_a_ring_and_a_note(drawn):
    drawn_map = drawn(current="shelter")
    root = drawn_map.picture.item_by_id[drawn_map.decision_map.root.id]
    other = item(drawn_map, shelter="tent")
    assert CURRENT_NOTE in texts(root)
    assert CURRENT_NOTE not in texts(other)
    frames = [[s for s in found.shapes if isinstance(s, Rectangle)] for found in (root, other)]
    assert len(frames[0]) == len(frames[1]) + 1


def test_the_active_path_has_its_own_color_and_line_width(drawn):
    drawn_map = drawn(shelter="tent", rain="yes")
    taken, left = (
        drawn_map.picture.item_by_id[branch.id]
        for branch in sorted(
            drawn_map.decision_map.outgoing[drawn_map.decision_map.root.id], key=lambda b: b.answers != ("tent",)
        )
    )
    assert stroke(taken).width > 2 * stroke(left).width
    assert stroke(taken).color == theme().accent
    assert not stroke(taken).dash
    assert stroke(left).dash
    assert REACHED_NOTE in texts(item(drawn_map, shelter="tent", rain="yes"))


def test_a_pruned_node_names_the_answer_that_rules_it_out(drawn):
    drawn_map = drawn(shelter="tent")
    assert "ruled out by shelter: tent" in texts(item(drawn_map, shelter="hut"))


def test_behind_an_open_question_all_branches_are_possible_and_none_is_active(drawn):
    drawn_map = drawn()
    branches = [i for i in drawn_map.picture.items if i.kind is ItemKind.EDGE]
    assert {stroke(branch).color for branch in branches} == {theme().line}
    assert not any(stroke(branch).dash for branch in branches)


def test_a_folded_node_has_a_toggle_and_an_outcome_has_none(drawn):
    folded = item(drawn(), shelter="hut")
    whole = item(drawn(fold_state=EVERYWHERE), shelter="hut", food="cook")
    badges = [
        [s for s in found.shapes if isinstance(s, Rectangle) and s.box.w == 2 * FOLD_TOGGLE_RADIUS]
        for found in (folded, whole)
    ]
    assert [len(found) for found in badges] == [1, 0]


@pytest.mark.parametrize("colors", ["light", "dark"])
def test_all_text_is_inside_its_card(drawn, colors):
    drawn_map = drawn(fold_state=EVERYWHERE, colors=colors, shelter="tent")
    metrics = QtTextMetrics()
    for found in drawn_map.picture.items:
        for shape in found.shapes:
            if isinstance(shape, TextShape):
                assert found.box.contains(shape.box)
                assert metrics.width(shape.text, shape.size, shape.bold) <= shape.box.w + 1


def test_the_name_and_the_description_of_a_branch_are_for_screen_readers(drawn):
    drawn_map = drawn(shelter="tent")
    branch = next(b for b in drawn_map.decision_map.outgoing[drawn_map.decision_map.root.id] if b.answers == ("hut",))
    item_of_branch = drawn_map.picture.item_by_id[branch.id]
    assert (item_of_branch.name, item_of_branch.description) == ("shelter: hut", "ruled out")


def test_ports_of_the_active_path_are_larger(drawn):
    drawn_map = drawn(shelter="tent")
    root = drawn_map.picture.item_by_id[drawn_map.decision_map.root.id]
    active, pruned = (shape.radius for shape in root.shapes if isinstance(shape, Circle))
    assert active > pruned
