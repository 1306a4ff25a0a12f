"""The decision map, held against deciding every combination of answers."""

import random
from dataclasses import replace

import pytest
from hypothesis import given as over

from explorer.core.decision_map.map import Folding, Kind, TooManyNodesError, plant, summary
from explorer.core.decision_map.paths import Light, follow, path, step_along, way_to
from explorer.core.model.outcome import Status
from explorer.core.model.pack import QuestionId
from explorer.core.search.decision_diagram import States, ordered
from explorer.core.solver.constraints import prepare
from explorer.core.solver.decide import decide
from tests.core.packs import combinations_of, given, made, packs, toy

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
    pack = toy(sketch)
    questions = tuple(
        replace(q, headline=q.id in headline, group=groups.get(q.id, "all")) for q in pack.questions
    )
    titles = tuple((group, group.title()) for group in dict.fromkeys(q.group for q in questions))
    return replace(pack, questions=questions, groups=titles)


def train():
    return plant(prepare(headed(TRAIN, "fuel", groups={"bell": "sound"})))


def told(outcome):
    """What an outcome comes to: every choice's values, and what would still be possible."""
    return [(choice.choice, choice.value, choice.alternatives) for choice in outcome.choices]


def questions_asked(shown):
    return [node.question for node in shown.nodes if node.kind is Kind.QUESTION]


def test_a_question_that_no_longer_matters_is_skipped():
    shown = train().whole()

    steam = follow(shown, given(fuel="coal"))
    assert steam.question == "bell", "on steam the hills change nothing"
    assert follow(shown, given(fuel="oil")).question == "hills"


def test_states_that_lead_to_the_same_decision_are_merged():
    tree = plant(
        made("""
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
    shown = tree.whole()

    third = [node for node in shown.nodes if node.question == "c"]
    assert len(third) == 2
    assert max(len(shown.arriving[node.id]) for node in third) == 2


def test_answers_with_the_same_effect_share_a_branch():
    shown = plant(
        made("""
        speed ? slow | fair | fast
        engine = steam | diesel
        must quick: speed=fast => engine=diesel
    """)
    ).whole()

    assert [branch.answers for branch in shown.branches] == [("slow", "fair"), ("fast",)]


def test_an_answer_that_clashes_ends_in_a_conflict():
    shown = plant(
        made("""
        a ? x | y
        b ? x | y
        p = one | two
        must first: a=x => p=one
        must second: b=x => p=two
    """)
    ).whole()

    assert follow(shown, given(a="x", b="x")).kind is Kind.CONFLICT
    assert follow(shown, given(a="y", b="x")).kind is Kind.OUTCOME


@over(packs())
def test_every_combination_of_answers_ends_in_the_outcome_that_deciding_gives(pack):
    space = prepare(pack)
    shown = plant(space).whole()
    for answers in combinations_of(pack, partial=False):
        leaf, outcome = follow(shown, answers), decide(space, answers)
        assert (leaf.kind is Kind.CONFLICT) == (outcome.status is Status.CONFLICT)
        if leaf.kind is not Kind.CONFLICT:
            assert leaf.kind is Kind.OUTCOME
            assert told(decide(space, dict(leaf.example))) == told(outcome)


@over(packs())
def test_the_whole_is_counted_without_visiting_each(pack):
    tree = plant(prepare(pack))
    shown = tree.whole()
    nodes, outcomes = tree.states.count()
    kinds = [node.kind for node in shown.nodes]
    conflicts, asked = kinds.count(Kind.CONFLICT), kinds.count(Kind.QUESTION)
    assert outcomes == kinds.count(Kind.OUTCOME)
    assert asked + outcomes <= nodes == asked + outcomes + conflicts


def test_samples_of_the_shipped_pack_end_in_the_outcome_that_deciding_gives(space):
    states, chance = States(space, ordered(space.pack.questions)), random.Random(7)
    for _ in range(300):
        answers = {q.id: chance.choice(q.answers).id for q in space.pack.questions}
        state, taken = states.start, {}
        while (asked := states.question(state)) is not None:
            taken[asked.id] = answers[asked.id]
            state = next(m.to for m in states.moves(state) if answers[asked.id] in m.answers)
        outcome = decide(space, answers)
        assert state.clash == (outcome.status is Status.CONFLICT)
        if not state.clash:
            assert told(decide(space, taken)) == told(outcome)
            stands = {p.part: p.value for p in outcome.parts() if p.value is not None}
            assert states.values(state) == stands


def test_a_folded_node_says_what_stands_when_the_rest_is_left_open(space):
    shown = plant(space).map()
    folded = [node for node in shown.nodes if node.kind is Kind.FOLDED]
    assert folded
    for node in folded:
        outcome = decide(space, dict(node.example))
        values = {p.part: p.value for p in outcome.parts() if p.value is not None}
        assert node.summary == summary(space.pack, values)


def test_the_map_opens_on_the_headline_questions(space):
    shown = plant(space).map()
    assert set(questions_asked(shown)) == {"operations", "gpu", "kubernetes", "location", "cost"}
    assert len(shown.nodes) < 100


def test_without_headline_questions_it_opens_on_the_first_group():
    sketch = headed(TRAIN, groups={"hills": "land", "bell": "land"})
    assert questions_asked(plant(prepare(sketch)).map()) == ["fuel"]


def test_the_rest_unfolds_by_group_behind_a_single_node_and_folds_again():
    tree = train()
    opened = tree.map()
    assert questions_asked(opened) == ["fuel"]
    oil = follow(opened, given(fuel="oil"))
    assert (oil.kind, oil.hidden) == (Kind.FOLDED, 2)

    unfolded = tree.map(opened.fold(oil.id))
    assert questions_asked(unfolded) == ["fuel", "hills"], "its group, and no other branch"
    assert unfolded.node_by_id[oil.id].kind is Kind.QUESTION

    assert tree.map(unfolded.fold(oil.id)) == opened
    closed = tree.map(unfolded.fold(unfolded.root.id))
    assert len(closed.nodes) == 1
    assert tree.map(closed.fold(closed.root.id)).nodes == unfolded.nodes


def test_equal_maps_are_made_once():
    tree = train()
    assert tree.map() is tree.map(Folding())


def test_a_depth_limits_the_questions_on_every_way():
    shown = train().whole(2)
    assert max(node.level for node in shown.nodes) == 2


def test_more_than_can_be_looked_at_is_refused_in_a_sentence(space):
    with pytest.raises(TooManyNodesError) as refused:
        plant(space).whole(12)
    assert str(refused.value) == (
        "So much of the decision map would be more than 12,000 nodes. "
        "Unfold less of it at once, or ask for a smaller depth."
    )


def test_every_branch_leads_to_a_later_column(space):
    shown = plant(space).map()
    level = {node.id: node.level for node in shown.nodes}
    assert all(level[branch.source] < level[branch.target] for branch in shown.branches)


# ---------------------------------------------------------------- where answers lead


def test_the_answers_light_a_path_and_an_open_question_all_that_is_still_possible():
    shown = train().whole()
    marks = path(shown, given(fuel="oil"), QuestionId("hills"))

    hills = follow(shown, given(fuel="oil"))
    assert marks.nodes[shown.root.id] is Light.LIT
    assert marks.nodes[hills.id] is Light.LIT
    assert marks.current == {hills.id}
    assert {marks.branches[branch.id] for branch in shown.leaving[hills.id]} == {Light.POSSIBLE}


def test_a_pruned_node_names_the_answer_that_cut_it_off():
    shown = train().whole()
    marks = path(shown, given(fuel="oil"))

    steam = follow(shown, given(fuel="coal"))
    assert not marks.reachable(steam)
    assert marks.by[steam.id] == ("fuel", "oil")


@over(packs())
def test_an_outcome_is_pruned_exactly_when_no_completion_leads_there(pack):
    shown = plant(prepare(pack)).whole()
    for answers in combinations_of(pack):
        if len(answers) > 2:
            continue
        marks = path(shown, answers)
        completions = (c for c in combinations_of(pack, partial=False) if answers.items() <= c.items())
        reached = {follow(shown, completion).id for completion in completions}
        leaves = [node for node in shown.nodes if node.kind is not Kind.QUESTION]
        assert {leaf.id for leaf in leaves if marks.reachable(leaf)} == reached
        assert all(leaf.id in marks.by for leaf in leaves if not marks.reachable(leaf))


@over(packs())
def test_the_way_to_a_node_leads_there_and_keeps_the_other_answers(pack):
    shown = plant(prepare(pack)).whole()
    answers = {q.id: q.answers[-1].id for q in pack.questions[:2]}
    for node in shown.nodes:
        way = dict(way_to(shown, node.id, answers))
        assert path(shown, {**answers, **way}).nodes[node.id] is Light.LIT
        assert all(answers.get(question) != answer for question, answer in way.items())


def test_a_branch_is_taken_with_all_that_leads_to_it():
    shown = train().whole()
    hills = follow(shown, given(fuel="oil"))
    branch = shown.leaving[hills.id][0]

    assert dict(step_along(shown, branch, {})) == given(fuel="oil", hills="yes")
    assert step_along(shown, branch, given(fuel="oil", hills="yes")) == ()
