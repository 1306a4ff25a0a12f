"""Decision map: the map agrees with deciding every combination of answers."""

import random
from dataclasses import replace

import pytest
from hypothesis import given as over

from explorer.core.decision_diagram.diagram import NodeBudgetExceededError
from explorer.core.decision_map.map import (
    DecisionMapBuilder,
    FoldState,
    MapNodeKind,
    MapTooLargeError,
    summarize_values,
)
from explorer.core.decision_map.states import States, ordered
from explorer.core.model.outcome import Status
from explorer.core.model.pack import AnswerId, QuestionId
from explorer.core.solver.constraints import compile_pack
from explorer.core.solver.decide import decide
from tests.core.map_paths import end_of_path
from tests.core.packs import all_answer_sets, compile_toy, make_answers, packs, toy_pack
from tests.core.sketches import TRAIN


def pack_with_headlines(sketch, *headline, groups=None):
    """Return a pack from its sketch, with headline questions and groups."""
    groups = groups or {}
    pack = toy_pack(sketch)
    questions = tuple(replace(q, is_headline=q.id in headline, group=groups.get(q.id, "all")) for q in pack.questions)
    titles = tuple((group, group.title()) for group in dict.fromkeys(q.group for q in questions))
    return replace(pack, questions=questions, question_groups=titles)


def train_map_builder():
    return DecisionMapBuilder(compile_pack(pack_with_headlines(TRAIN, "fuel", groups={"bell": "sound"})))


def values_of(outcome):
    """Return the values and alternatives of every choice."""
    return [(choice.choice, choice.value, choice.alternatives) for choice in outcome.choices]


def questions_in(decision_map):
    return [node.question for node in decision_map.nodes if node.kind is MapNodeKind.QUESTION]


def test_an_irrelevant_question_is_skipped():
    decision_map = train_map_builder().build_expanded()

    steam = end_of_path(decision_map, make_answers(fuel="coal"))
    assert steam.question == "bell", "with steam the hills change nothing"
    assert end_of_path(decision_map, make_answers(fuel="oil")).question == "hills"


def test_equal_states_are_merged():
    builder = DecisionMapBuilder(
        compile_toy("""
        a ? x | y
        b ? x | y
        c ? x | y
        p = one | two
        q = one | two
        must ab: a=x, b=x => p=one
        must any: a=y => p=two
        must other: b=y => p=two
        must c: c=x => q=one
        must d: c=y => q=two
    """)
    )
    decision_map = builder.build_expanded()

    third = [node for node in decision_map.nodes if node.question == "c"]
    assert len(third) == 2
    assert max(len(decision_map.incoming[node.id]) for node in third) == 2


def test_answers_with_the_same_effect_share_a_branch():
    decision_map = DecisionMapBuilder(
        compile_toy("""
        speed ? slow | fair | fast
        engine = steam | diesel
        must quick: speed=fast => engine=diesel
    """)
    ).build_expanded()

    assert [branch.answers for branch in decision_map.branches] == [("slow", "fair"), ("fast",)]


def test_an_answer_in_conflict_leads_to_a_conflict_node():
    decision_map = DecisionMapBuilder(
        compile_toy("""
        a ? x | y
        b ? x | y
        p = one | two
        must first: a=x => p=one
        must second: b=x => p=two
    """)
    ).build_expanded()

    assert end_of_path(decision_map, make_answers(a="x", b="x")).kind is MapNodeKind.CONFLICT
    assert end_of_path(decision_map, make_answers(a="y", b="x")).kind is MapNodeKind.OUTCOME


def test_the_example_of_a_node_answers_a_skipped_question_that_decides_something():
    compiled = compile_toy("""
        cargo ? coal | mail
        size ? small | large
        engine = steam | diesel
        bell = brass | none
        must coal: cargo=coal => engine=steam
        must mail: cargo=mail => engine=steam
        must loud: size=large => bell=brass
        must quiet: size=small => bell=none
    """)
    decision_map = DecisionMapBuilder(compiled).build_expanded()
    assert questions_in(decision_map) == ["size"]
    for node in decision_map.nodes:
        if node.kind is MapNodeKind.OUTCOME:
            assert decide(compiled, dict(node.example_answers)).status is not Status.OPEN


@over(packs())
def test_every_answer_set_leads_to_the_outcome_that_deciding_gives(pack):
    space = compile_pack(pack)
    decision_map = DecisionMapBuilder(space).build_expanded()
    outcomes: dict[str, object] = {}
    for answers in all_answer_sets(pack, partial=False):
        leaf, outcome = end_of_path(decision_map, answers), decide(space, answers)
        assert (leaf.kind is MapNodeKind.CONFLICT) == (outcome.status is Status.CONFLICT)
        if leaf.kind is not MapNodeKind.CONFLICT:
            assert leaf.kind is MapNodeKind.OUTCOME
            assert outcomes.setdefault(leaf.id, values_of(outcome)) == values_of(outcome), "equal leaf, equal outcome"
            assert values_of(decide(space, dict(leaf.example_answers))) == values_of(outcome)


def test_random_answer_sets_of_the_shipped_pack_lead_to_the_outcome_that_deciding_gives(space):
    states, rng = States(space, ordered(space.pack.questions)), random.Random(7)
    for _ in range(300):
        answers = {q.id: rng.choice(q.answers).id for q in space.pack.questions}
        transition = states.start
        taken: dict[QuestionId, AnswerId] = {}
        while (question := states.question(transition.to)) is not None:
            given = answers[question.id]
            transition = next(each for each in states.transitions(transition.to) if given in each.answers)
            taken |= {question.id: given, **dict(transition.implied)}
        state = transition.to
        outcome = decide(space, answers)
        assert state.in_conflict == (outcome.status is Status.CONFLICT)
        if not state.in_conflict:
            assert values_of(decide(space, taken)) == values_of(outcome)
            stands = {p.part: p.value for p in outcome.parts() if p.value is not None}
            assert states.values(state) == stands


def test_the_summary_of_a_folded_node_is_the_outcome_with_all_other_questions_open(space):
    decision_map = DecisionMapBuilder(space).build()
    folded = [node for node in decision_map.nodes if node.kind is MapNodeKind.FOLDED]
    assert folded
    for node in folded:
        outcome = decide(space, dict(node.example_answers))
        values = {p.part: p.value for p in outcome.parts() if p.value is not None}
        assert node.summary == summarize_values(space.pack, values)


def test_the_map_shows_the_headline_questions_at_first(space):
    decision_map = DecisionMapBuilder(space).build()
    assert set(questions_in(decision_map)) == {"operations", "gpu", "kubernetes", "location", "cost"}
    assert len(decision_map.nodes) < 100


def test_without_headline_questions_the_map_shows_the_first_group():
    sketch = pack_with_headlines(TRAIN, groups={"hills": "land", "bell": "land"})
    assert questions_in(DecisionMapBuilder(compile_pack(sketch)).build()) == ["fuel"]


def test_expanding_a_node_shows_its_group_and_collapsing_hides_it_again():
    builder = train_map_builder()
    opened = builder.build()
    assert questions_in(opened) == ["fuel"]
    oil = end_of_path(opened, make_answers(fuel="oil"))
    assert (oil.kind, oil.hidden_count) == (MapNodeKind.FOLDED, 2)

    unfolded = builder.build(opened.toggle_fold(oil.id))
    assert questions_in(unfolded) == ["fuel", "hills"], "only the group behind the node"
    assert unfolded.node_by_id[oil.id].kind is MapNodeKind.QUESTION

    assert builder.build(unfolded.toggle_fold(oil.id)) == opened
    closed = builder.build(unfolded.toggle_fold(unfolded.root.id))
    assert len(closed.nodes) == 1
    assert builder.build(closed.toggle_fold(closed.root.id)).nodes == unfolded.nodes


def test_the_builder_caches_maps():
    builder = train_map_builder()
    assert builder.build() is builder.build(FoldState())


def test_the_depth_limits_the_number_of_questions_on_a_path():
    decision_map = train_map_builder().build_expanded(2)
    assert max(node.level for node in decision_map.nodes) == 2


def test_a_map_with_too_many_nodes_is_rejected(space):
    with pytest.raises(MapTooLargeError, match=r"12,000 nodes.*smaller depth"):
        DecisionMapBuilder(space).build_expanded(12)


def test_every_branch_leads_to_a_higher_level(space):
    decision_map = DecisionMapBuilder(space).build()
    level = {node.id: node.level for node in decision_map.nodes}
    assert all(level[branch.source] < level[branch.target] for branch in decision_map.branches)


def test_a_map_beyond_the_node_budget_leaves_the_builder_usable(monkeypatch):
    builder = train_map_builder()
    initial = builder.build()

    def exceed_budget(*_arguments):
        raise NodeBudgetExceededError

    with monkeypatch.context() as patched:
        patched.setattr(builder.states, "transitions", exceed_budget)
        with pytest.raises(MapTooLargeError):
            builder.build_expanded()
    expanded = builder.build_expanded()
    assert set(initial.node_by_id) <= set(expanded.node_by_id)
    assert expanded == train_map_builder().build_expanded()
