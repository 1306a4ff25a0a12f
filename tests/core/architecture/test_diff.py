"""What differs between two outcomes, and scenarios to compare."""

import pytest
from hypothesis import given as over
from hypothesis import strategies as st

from explorer.core.architecture.builder import build_architecture
from explorer.core.architecture.diff import DiffKind, diff_outcomes, join_limited
from explorer.core.search.what_if_matrix import matrix
from explorer.core.session import scenarios as edit
from explorer.core.session.scenarios import DEFAULT_SCENARIO, Scenario, Scenarios
from explorer.core.solver.constraints import compile_pack
from explorer.core.solver.decide import decide
from tests.core.packs import compile_toy, make_answers, make_component, make_edge, make_group, packs

YARD = """
    size ? small | large
    noise ? loud | quiet
    engine = steam | diesel
    [bell] = brass
    must grand: size=large => engine=steam
    must plain: size=small => engine=diesel
    must ring: noise=loud => bell=brass
    must hush: noise=quiet => bell=absent
    default usual: => engine=steam, bell=absent
"""
CLASH = """
    a ? x
    b ? y | z
    engine = steam | diesel
    must one: a=x => engine=steam
    must two: b=y => engine=diesel
"""
BOXES = (
    make_component("tender", "engine=steam|diesel", detail="for {engine}", group="shed"),
    make_component("boiler", "engine=steam", slot="power"),
    make_component("motor", "engine=diesel", slot="power", ghost=True, group="annex"),
    make_component("gong", "bell=brass", at="tender"),
)
LINES = (make_edge("boiler", "tender", label="pushes"), make_edge("motor", "tender"))


@pytest.fixture
def yard():
    return compile_toy(YARD, components=BOXES, edges=LINES, frames=(make_group("shed"), make_group("annex")))


def seen(space, answers):
    outcome = decide(space, answers)
    return outcome, build_architecture(space.pack, outcome)


def delta(space, before, after):
    return diff_outcomes(space.pack, seen(space, before), seen(space, after))


def test_what_comes_goes_and_changes_is_told_apart(yard):
    found = delta(yard, make_answers(size="large"), make_answers(size="small"))

    assert dict(found.diff_kinds) == {
        "boiler": DiffKind.REMOVED,
        "boiler>tender": DiffKind.REMOVED,
        "motor": DiffKind.ADDED,
        "motor>tender": DiffKind.ADDED,
        "group:annex": DiffKind.ADDED,
        "tender": DiffKind.CHANGED,
    }
    assert next(node.summary for node in found.nodes if node.id == "tender") == "tender, for steam → for diesel"
    assert [choice.sentence for choice in found.changed_choices] == ["engine: steam → diesel"]


def test_a_ghost_is_no_part_of_the_architecture_so_what_was_only_possible_is_new(yard):
    assert "motor" in seen(yard, {})[1].node_by_id
    found = delta(yard, {}, make_answers(size="small"))

    assert found.diff_kinds["motor"] is DiffKind.ADDED
    assert found.diff_kinds["boiler"] is DiffKind.REMOVED


def test_a_default_that_an_answer_confirms_is_settled_and_not_changed(yard):
    found = delta(yard, {}, make_answers(size="large"))

    assert found.diff_kinds["boiler"] is DiffKind.DECIDED
    assert found.same_diagram
    assert found.removed_alternatives == ("motor",)
    assert found.sentences[0] == "No longer possible instead: motor."
    assert delta(yard, make_answers(size="large"), {}).diff_kinds["boiler"] is DiffKind.DEFAULTED


def test_the_difference_reads_as_sentences(yard):
    found = delta(yard, make_answers(size="large"), make_answers(size="small", noise="loud"))

    assert found.sentences[:3] == (
        "engine: steam → diesel.",
        "bell: none → brass.",
        "New in the diagram: motor, gong.",
    )
    assert found.summary == "2 new · 1 gone · 1 changed"


def test_nothing_changes_between_the_same_answers(yard):
    found = delta(yard, make_answers(size="small"), make_answers(size="small"))
    assert (found.diff_kinds, found.sentences) == ({}, ("Nothing changes.",))


def test_a_clash_that_an_answer_brings_about_is_told_first():
    space = compile_toy(CLASH)
    found = delta(space, make_answers(a="x"), make_answers(a="x", b="y"))

    assert found.sentences[0] == "These answers do not hold together."
    assert found.new_conflicts == (("a", "b"),)
    back = delta(space, make_answers(a="x", b="y"), make_answers(a="x"))
    assert back.sentences[0] == "The conflict is resolved."


@over(packs(), st.data())
def test_the_way_back_is_the_way_there_reversed(pack, data):
    space = compile_pack(pack)
    some = st.fixed_dictionaries(
        {}, optional={q.id: st.sampled_from([a.id for a in q.answers]) for q in pack.questions}
    )
    one, other = data.draw(some), data.draw(some)
    there, back = delta(space, one, other), delta(space, other, one)

    reverse = {
        DiffKind.ADDED: DiffKind.REMOVED,
        DiffKind.REMOVED: DiffKind.ADDED,
        DiffKind.DECIDED: DiffKind.DEFAULTED,
        DiffKind.DEFAULTED: DiffKind.DECIDED,
    }
    assert {name: reverse.get(mark, mark) for name, mark in there.diff_kinds.items()} == back.diff_kinds
    assert (there.gained_takeaways, there.lost_takeaways) == (back.lost_takeaways, back.gained_takeaways)
    assert [(c.before, c.after) for c in there.choices] == [(c.after, c.before) for c in back.choices]


def test_of_many_names_the_first_are_told():
    assert join_limited("abcdef", most=3) == "a, b, c and 3 more"


# Scenarios


def test_a_pinned_scenario_is_compared_with_where_one_stands():
    found = edit.pin(Scenarios(), Scenario("Small", make_answers(size="small")))

    assert (found.left, found.right) == ("Small", "")
    now = Scenario("Now", make_answers(size="large"))
    assert found.by_name(found.left, now).answers == {"size": "small"}
    assert found.by_name(found.right, now) is now


def test_no_two_scenarios_share_a_name():
    found = Scenarios()
    for _ in range(3):
        found = edit.pin(found, Scenario("Small"))
    found = edit.rename(found, "Small (3)", "Plain case")
    assert [scenario.name for scenario in found.pinned] == ["Small", "Small (2)", "Plain case (2)"]
    assert found.left == "Plain case (2)", "a rename is followed"


def test_a_blank_name_or_an_unknown_scenario_changes_nothing():
    found = edit.pin(Scenarios(), Scenario("Small"))
    assert edit.rename(found, "Small", "  ") == found
    assert edit.rename(found, "Large", "Huge") == found


def test_a_removed_scenario_leaves_its_side():
    found = edit.swap(edit.pin(Scenarios(), Scenario("Small")))
    assert (found.left, found.right) == ("", "Small")
    found = edit.remove(found, "Small")
    assert (found.left, found.right, found.pinned) == ("", "", ())
    assert edit.remove(edit.pin(Scenarios(), Scenario("Small")), "Small").left == DEFAULT_SCENARIO.name


def test_answers_name_themselves(yard):
    assert edit.scenario_title(yard.pack, {}) == "Plain case"
    assert edit.scenario_title(yard.pack, make_answers(size="small")) == "size: small"
    assert edit.scenario_title(yard.pack, make_answers(size="small", noise="loud")) == "size: small, noise: loud"


# The matrix


def test_every_answer_tells_what_it_would_change(yard):
    found = matrix(yard, make_answers(size="large"))

    told = {cell.answer.id: (cell.word, [s.value for s in cell.changes]) for row in found.rows for cell in row.cells}
    assert told == {
        "small": ("", ["diesel"]),
        "large": ("your answer", []),
        "loud": ("", ["brass"]),
        "quiet": ("no change", []),
    }


def test_an_answer_that_would_clash_says_so():
    space = compile_toy(CLASH)
    row = matrix(space, make_answers(a="x")).rows[1]
    assert [cell.word for cell in row.cells] == ["conflict", "no change"]


@over(packs(), st.data())
def test_a_cell_says_what_deciding_would(pack, data):
    space = compile_pack(pack)
    answers = {q.id: q.answers[0].id for q in pack.questions if data.draw(st.booleans())}

    for row in matrix(space, answers).rows:
        for cell in row.cells:
            outcome = decide(space, {**answers, cell.question: cell.answer.id})
            assert cell.conflicts == bool(outcome.conflicts)
            if not cell.conflicts:
                values = {s.label: s.value for s in cell.outcome}
                assert values == {
                    pack.choice_by_id[c.choice].label: " + ".join(c.value) or ("open" if c.status == 3 else "none")
                    for c in outcome.choices
                }
