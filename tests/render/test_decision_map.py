"""The picture of a decision map: how a path is lit, what is pruned says by what, and where one stands."""

import pytest

from explorer.core.decision_map.map import DecisionMapBuilder, FoldState
from explorer.core.decision_map.paths import end_of_path, highlight_path
from explorer.core.model.pack import QuestionId
from explorer.layout.decision_map.cards import FOLD_TOGGLE_RADIUS, layout_decision_map
from explorer.qt.text_metrics import QtTextMetrics
from explorer.render.decision_map import CURRENT_NOTE, REACHED_NOTE, draw_map
from explorer.render.picture import Circle, ItemKind, Polyline, Rectangle, TextShape
from tests.core.packs import make_answers
from tests.ui.toy_map import hike, theme

EVERYWHERE = FoldState(frozenset({"night", "day"}))


@pytest.fixture
def drawn(qapp):
    tree = DecisionMapBuilder(hike())

    def draw(current=None, fold_state=None, colours="light", **answers):
        placement = layout_decision_map(tree.build(fold_state or FoldState()), QtTextMetrics())
        asked = QuestionId(current) if current else None
        return draw_map(
            placement,
            highlight_path(placement.decision_map, make_answers(**answers), asked),
            theme(colours),
            QtTextMetrics(),
        )

    return draw


def words(item):
    return [shape.text for shape in item.shapes if isinstance(shape, TextShape)]


def stroke(item):
    return next(shape.stroke for shape in item.shapes if isinstance(shape, Polyline))


def item(made, **answers):
    """What is drawn where answers lead."""
    return made.picture.item_by_id[end_of_path(made.decision_map, make_answers(**answers)).id]


def test_a_question_is_a_card_with_its_answers_and_an_end_says_what_it_comes_to(drawn):
    made = drawn()
    root = made.picture.item_by_id[made.decision_map.root.id]
    assert {"shelter", "tent", "hut"} <= set(words(root))
    assert words(item(made, shelter="hut"))[0].startswith("bunk · none")
    assert "1 more question" in words(item(made, shelter="hut"))


def test_the_question_one_stands_at_is_told_by_a_ring_and_a_word(drawn):
    made = drawn(current="shelter")
    root = made.picture.item_by_id[made.decision_map.root.id]
    other = item(made, shelter="tent")
    assert CURRENT_NOTE in words(root)
    assert CURRENT_NOTE not in words(other)
    frames = [[s for s in found.shapes if isinstance(s, Rectangle)] for found in (root, other)]
    assert len(frames[0]) == len(frames[1]) + 1


def test_the_lit_path_is_told_by_colour_and_by_weight(drawn):
    made = drawn(shelter="tent", rain="yes")
    taken, left = (
        made.picture.item_by_id[branch.id]
        for branch in sorted(
            made.decision_map.outgoing[made.decision_map.root.id], key=lambda b: b.answers != ("tent",)
        )
    )
    assert stroke(taken).width > 2 * stroke(left).width
    assert stroke(taken).color == theme().accent
    assert not stroke(taken).dash
    assert stroke(left).dash
    assert REACHED_NOTE in words(item(made, shelter="tent", rain="yes"))


def test_what_is_pruned_says_by_which_answer(drawn):
    made = drawn(shelter="tent")
    assert "not with shelter: tent" in words(item(made, shelter="hut"))


def test_past_an_open_question_all_is_possible_but_nothing_lit(drawn):
    made = drawn()
    branches = [i for i in made.picture.items if i.kind is ItemKind.EDGE]
    assert {stroke(branch).color for branch in branches} == {theme().line}
    assert not any(stroke(branch).dash for branch in branches)


def test_a_folded_end_bears_a_badge_and_an_outcome_none(drawn):
    folded = item(drawn(), shelter="hut")
    whole = item(drawn(fold_state=EVERYWHERE), shelter="hut", food="cook")
    badges = [
        [s for s in found.shapes if isinstance(s, Rectangle) and s.box.w == 2 * FOLD_TOGGLE_RADIUS]
        for found in (folded, whole)
    ]
    assert [len(found) for found in badges] == [1, 0]


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_every_word_stands_within_the_picture_and_its_card(drawn, colours):
    made = drawn(fold_state=EVERYWHERE, colours=colours, shelter="tent")
    ruler = QtTextMetrics()
    for found in made.picture.items:
        for shape in found.shapes:
            if isinstance(shape, TextShape):
                assert found.box.contains(shape.box)
                assert ruler.width(shape.text, shape.size, shape.bold) <= shape.box.w + 1


def test_a_screen_reader_hears_the_branch_and_how_it_stands(drawn):
    made = drawn(shelter="tent")
    branch = next(b for b in made.decision_map.outgoing[made.decision_map.root.id] if b.answers == ("hut",))
    told = made.picture.item_by_id[branch.id]
    assert (told.name, told.description) == ("shelter: hut", "ruled out")


def test_ports_grow_with_the_light(drawn):
    made = drawn(shelter="tent")
    root = made.picture.item_by_id[made.decision_map.root.id]
    lit, pruned = (shape.radius for shape in root.shapes if isinstance(shape, Circle))
    assert lit > pruned
