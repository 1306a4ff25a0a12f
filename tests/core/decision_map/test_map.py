"""The decision map, held against deciding every combination of answers."""

import random
from dataclasses import replace

import pytest
from hypothesis import given as over

from explorer.core.decision_map.map import (
    FoldState,
    MapNodeKind,
    MapTooLargeError,
    create_map_builder,
    summarize_values,
)
from explorer.core.decision_map.paths import (
    PathStatus,
    answers_for_branch,
    end_of_path,
    highlight_path,
    shortest_answers_to,
)
from explorer.core.decision_map.states import States, ordered
from explorer.core.model.outcome import Status
from explorer.core.model.pack import QuestionId
from explorer.core.solver.constraints import compile_pack
from explorer.core.solver.decide import decide
from tests.core.packs import all_answer_sets, compile_toy, make_answers, packs, toy_pack

TRAIN = """
    fuel ? coal | oil
    hills ? yes | no
    bell ? yes | no
    engine = steam | diesel
    gear = plain | cog
    [horn] = brass
    must coal: fuel=coal => engine=steam
    must oil: fuel=oil => engine=diesel
    must steep: hills=yes, engine=diesel => gear=cog
    must flat: hills=no => gear=plain
    must simple: engine=steam => gear=plain
    must rings: bell=yes => horn=brass
    must quiet: bell=no => horn!=brass
"""


def headed(sketch, *headline, groups=None):
    """A pack from its sketch, with headline questions and groups."""
    groups = groups or {}
    pack = toy_pack(sketch)
    questions = tuple(replace(q, is_headline=q.id in headline, group=groups.get(q.id, "all")) for q in pack.questions)
    titles = tuple((group, group.title()) for group in dict.fromkeys(q.group for q in questions))
    return replace(pack, questions=questions, question_groups=titles)


def train():
    return create_map_builder(compile_pack(headed(TRAIN, "fuel", groups={"bell": "sound"})))


def told(outcome):
    """What an outcome comes to: every choice's values, and what would still be possible."""
    return [(choice.choice, choice.value, choice.alternatives) for choice in outcome.choices]


def questions_asked(shown):
    return [node.question for node in shown.nodes if node.kind is MapNodeKind.QUESTION]


def test_a_question_that_no_longer_matters_is_skipped():
    shown = train().build_expanded()

    steam = end_of_path(shown, make_answers(fuel="coal"))
    assert steam.question == "bell", "on steam the hills change nothing"
    assert end_of_path(shown, make_answers(fuel="oil")).question == "hills"


def test_states_that_lead_to_the_same_decision_are_merged():
    tree = create_map_builder(
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
    shown = tree.build_expanded()

    third = [node for node in shown.nodes if node.question == "c"]
    assert len(third) == 2
    assert max(len(shown.incoming[node.id]) for node in third) == 2


def test_answers_with_the_same_effect_share_a_branch():
    shown = create_map_builder(
        compile_toy("""
        speed ? slow | fair | fast
        engine = steam | diesel
        must quick: speed=fast => engine=diesel
    """)
    ).build_expanded()

    assert [branch.answers for branch in shown.branches] == [("slow", "fair"), ("fast",)]


def test_an_answer_that_clashes_ends_in_a_conflict():
    shown = create_map_builder(
        compile_toy("""
        a ? x | y
        b ? x | y
        p = one | two
        must first: a=x => p=one
        must second: b=x => p=two
    """)
    ).build_expanded()

    assert end_of_path(shown, make_answers(a="x", b="x")).kind is MapNodeKind.CONFLICT
    assert end_of_path(shown, make_answers(a="y", b="x")).kind is MapNodeKind.OUTCOME


@over(packs())
def test_every_combination_of_answers_ends_in_the_outcome_that_deciding_gives(pack):
    space = compile_pack(pack)
    shown = create_map_builder(space).build_expanded()
    for answers in all_answer_sets(pack, partial=False):
        leaf, outcome = end_of_path(shown, answers), decide(space, answers)
        assert (leaf.kind is MapNodeKind.CONFLICT) == (outcome.status is Status.CONFLICT)
        if leaf.kind is not MapNodeKind.CONFLICT:
            assert leaf.kind is MapNodeKind.OUTCOME
            assert told(decide(space, dict(leaf.example_answers))) == told(outcome)


def test_samples_of_the_shipped_pack_end_in_the_outcome_that_deciding_gives(space):
    states, chance = States(space, ordered(space.pack.questions)), random.Random(7)
    for _ in range(300):
        answers = {q.id: chance.choice(q.answers).id for q in space.pack.questions}
        state, taken = states.start, {}
        while (asked := states.question(state)) is not None:
            taken[asked.id] = answers[asked.id]
            state = next(m.to for m in states.transitions(state) if answers[asked.id] in m.answers)
        outcome = decide(space, answers)
        assert state.in_conflict == (outcome.status is Status.CONFLICT)
        if not state.in_conflict:
            assert told(decide(space, taken)) == told(outcome)
            stands = {p.part: p.value for p in outcome.parts() if p.value is not None}
            assert states.values(state) == stands


def test_a_folded_node_says_what_stands_when_the_rest_is_left_open(space):
    shown = create_map_builder(space).build()
    folded = [node for node in shown.nodes if node.kind is MapNodeKind.FOLDED]
    assert folded
    for node in folded:
        outcome = decide(space, dict(node.example_answers))
        values = {p.part: p.value for p in outcome.parts() if p.value is not None}
        assert node.summary == summarize_values(space.pack, values)


def test_the_map_opens_on_the_headline_questions(space):
    shown = create_map_builder(space).build()
    assert set(questions_asked(shown)) == {"operations", "gpu", "kubernetes", "location", "cost"}
    assert len(shown.nodes) < 100


def test_without_headline_questions_it_opens_on_the_first_group():
    sketch = headed(TRAIN, groups={"hills": "land", "bell": "land"})
    assert questions_asked(create_map_builder(compile_pack(sketch)).build()) == ["fuel"]


def test_the_rest_unfolds_by_group_behind_a_single_node_and_folds_again():
    tree = train()
    opened = tree.build()
    assert questions_asked(opened) == ["fuel"]
    oil = end_of_path(opened, make_answers(fuel="oil"))
    assert (oil.kind, oil.hidden_count) == (MapNodeKind.FOLDED, 2)

    unfolded = tree.build(opened.toggle_fold(oil.id))
    assert questions_asked(unfolded) == ["fuel", "hills"], "its group, and no other branch"
    assert unfolded.node_by_id[oil.id].kind is MapNodeKind.QUESTION

    assert tree.build(unfolded.toggle_fold(oil.id)) == opened
    closed = tree.build(unfolded.toggle_fold(unfolded.root.id))
    assert len(closed.nodes) == 1
    assert tree.build(closed.toggle_fold(closed.root.id)).nodes == unfolded.nodes


def test_equal_maps_are_made_once():
    tree = train()
    assert tree.build() is tree.build(FoldState())


def test_a_depth_limits_the_questions_on_every_way():
    shown = train().build_expanded(2)
    assert max(node.level for node in shown.nodes) == 2


def test_more_than_can_be_looked_at_is_refused_in_a_sentence(space):
    with pytest.raises(MapTooLargeError) as refused:
        create_map_builder(space).build_expanded(12)
    assert str(refused.value) == (
        "So much of the decision map would be more than 12,000 nodes. "
        "Unfold less of it at once, or ask for a smaller depth."
    )


def test_every_branch_leads_to_a_later_column(space):
    shown = create_map_builder(space).build()
    level = {node.id: node.level for node in shown.nodes}
    assert all(level[branch.source] < level[branch.target] for branch in shown.branches)


# ---------------------------------------------------------------- where answers lead


def test_the_answers_light_a_path_and_an_open_question_all_that_is_still_possible():
    shown = train().build_expanded()
    marks = highlight_path(shown, make_answers(fuel="oil"), QuestionId("hills"))

    hills = end_of_path(shown, make_answers(fuel="oil"))
    assert marks.nodes[shown.root.id] is PathStatus.ACTIVE
    assert marks.nodes[hills.id] is PathStatus.ACTIVE
    assert marks.current_nodes == {hills.id}
    assert {marks.branches[branch.id] for branch in shown.outgoing[hills.id]} == {PathStatus.POSSIBLE}


def test_a_pruned_node_names_the_answer_that_cut_it_off():
    shown = train().build_expanded()
    marks = highlight_path(shown, make_answers(fuel="oil"))

    steam = end_of_path(shown, make_answers(fuel="coal"))
    assert not marks.reachable(steam)
    assert marks.pruned_by[steam.id] == ("fuel", "oil")


@over(packs())
def test_an_outcome_is_pruned_exactly_when_no_completion_leads_there(pack):
    shown = create_map_builder(compile_pack(pack)).build_expanded()
    for answers in all_answer_sets(pack):
        if len(answers) > 2:
            continue
        marks = highlight_path(shown, answers)
        completions = (c for c in all_answer_sets(pack, partial=False) if answers.items() <= c.items())
        reached = {end_of_path(shown, completion).id for completion in completions}
        leaves = [node for node in shown.nodes if node.kind is not MapNodeKind.QUESTION]
        assert {leaf.id for leaf in leaves if marks.reachable(leaf)} == reached
        assert all(leaf.id in marks.pruned_by for leaf in leaves if not marks.reachable(leaf))


@over(packs())
def test_the_way_to_a_node_leads_there_and_keeps_the_other_answers(pack):
    shown = create_map_builder(compile_pack(pack)).build_expanded()
    answers = {q.id: q.answers[-1].id for q in pack.questions[:2]}
    for node in shown.nodes:
        way = dict(shortest_answers_to(shown, node.id, answers))
        assert highlight_path(shown, {**answers, **way}).nodes[node.id] is PathStatus.ACTIVE
        assert all(answers.get(question) != answer for question, answer in way.items())


def test_a_branch_is_taken_with_all_that_leads_to_it():
    shown = train().build_expanded()
    hills = end_of_path(shown, make_answers(fuel="oil"))
    branch = shown.outgoing[hills.id][0]

    assert dict(answers_for_branch(shown, branch, {})) == make_answers(fuel="oil", hills="yes")
    assert answers_for_branch(shown, branch, make_answers(fuel="oil", hills="yes")) == ()
