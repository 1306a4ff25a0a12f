"""What differs between two outcomes, and scenarios to compare."""

import pytest
from hypothesis import given as over
from hypothesis import strategies as st

from explorer.core.architecture.builder import draft
from explorer.core.architecture.diff import Mark, compare, listed
from explorer.core.search.what_if_matrix import matrix
from explorer.core.session import scenarios as edit
from explorer.core.session.scenarios import PLAIN, Scenario, Scenarios
from explorer.core.solver.constraints import prepare
from explorer.core.solver.decide import decide
from tests.core.packs import box, frame, given, line, made, packs

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
    box("tender", "engine=steam|diesel", detail="for {engine}", group="shed"),
    box("boiler", "engine=steam", slot="power"),
    box("motor", "engine=diesel", slot="power", ghost=True, group="annex"),
    box("gong", "bell=brass", at="tender"),
)
LINES = (line("boiler", "tender", label="pushes"), line("motor", "tender"))


@pytest.fixture
def yard():
    return made(YARD, components=BOXES, edges=LINES, frames=(frame("shed"), frame("annex")))


def seen(space, answers):
    outcome = decide(space, answers)
    return outcome, draft(space.pack, outcome)


def delta(space, before, after):
    return compare(space.pack, seen(space, before), seen(space, after))


def test_what_comes_goes_and_changes_is_told_apart(yard):
    found = delta(yard, given(size="large"), given(size="small"))

    assert dict(found.marks) == {
        "boiler": Mark.REMOVED,
        "boiler>tender": Mark.REMOVED,
        "motor": Mark.ADDED,
        "motor>tender": Mark.ADDED,
        "group:annex": Mark.ADDED,
        "tender": Mark.CHANGED,
    }
    assert next(node.told for node in found.nodes if node.id == "tender") == "tender, for steam → for diesel"
    assert [choice.sentence for choice in found.changed_choices] == ["engine: steam → diesel"]


def test_a_ghost_is_no_part_of_the_architecture_so_what_was_only_possible_is_new(yard):
    assert "motor" in seen(yard, {})[1].node_by_id
    found = delta(yard, {}, given(size="small"))

    assert found.marks["motor"] is Mark.ADDED
    assert found.marks["boiler"] is Mark.REMOVED


def test_a_default_that_an_answer_confirms_is_settled_and_not_changed(yard):
    found = delta(yard, {}, given(size="large"))

    assert found.marks["boiler"] is Mark.SETTLED
    assert found.same_picture
    assert found.ruled_out == ("motor",)
    assert found.sentences[0] == "No longer possible instead: motor."
    assert delta(yard, given(size="large"), {}).marks["boiler"] is Mark.EASED


def test_the_difference_reads_as_sentences(yard):
    found = delta(yard, given(size="large"), given(size="small", noise="loud"))

    assert found.sentences[:3] == (
        "engine: steam → diesel.",
        "bell: none → brass.",
        "New in the diagram: motor, gong.",
    )
    assert found.summary == "2 new · 1 gone · 1 changed"


def test_nothing_changes_between_the_same_answers(yard):
    found = delta(yard, given(size="small"), given(size="small"))
    assert (found.marks, found.sentences) == ({}, ("Nothing changes.",))


def test_a_clash_that_an_answer_brings_about_is_told_first():
    space = made(CLASH)
    found = delta(space, given(a="x"), given(a="x", b="y"))

    assert found.sentences[0] == "These answers do not hold together."
    assert found.clashes == (("a", "b"),)
    back = delta(space, given(a="x", b="y"), given(a="x"))
    assert back.sentences[0] == "The conflict is resolved."


@over(packs(), st.data())
def test_the_way_back_is_the_way_there_reversed(pack, data):
    space = prepare(pack)
    some = st.fixed_dictionaries(
        {}, optional={q.id: st.sampled_from([a.id for a in q.answers]) for q in pack.questions}
    )
    one, other = data.draw(some), data.draw(some)
    there, back = delta(space, one, other), delta(space, other, one)

    reverse = {
        Mark.ADDED: Mark.REMOVED,
        Mark.REMOVED: Mark.ADDED,
        Mark.SETTLED: Mark.EASED,
        Mark.EASED: Mark.SETTLED,
    }
    assert {name: reverse.get(mark, mark) for name, mark in there.marks.items()} == back.marks
    assert (there.gained, there.lost) == (back.lost, back.gained)
    assert [(c.before, c.after) for c in there.choices] == [(c.after, c.before) for c in back.choices]


def test_of_many_names_the_first_are_told():
    assert listed("abcdef", most=3) == "a, b, c and 3 more"


# Scenarios


def test_a_pinned_scenario_is_compared_with_where_one_stands():
    found = edit.pin(Scenarios(), Scenario("Small", given(size="small")))

    assert (found.left, found.right) == ("Small", "")
    now = Scenario("Now", given(size="large"))
    assert found.named(found.left, now).answers == {"size": "small"}
    assert found.named(found.right, now) is now


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
    assert edit.remove(edit.pin(Scenarios(), Scenario("Small")), "Small").left == PLAIN.name


def test_answers_name_themselves(yard):
    assert edit.title(yard.pack, {}) == "Plain case"
    assert edit.title(yard.pack, given(size="small")) == "size: small"
    assert edit.title(yard.pack, given(size="small", noise="loud")) == "size: small, noise: loud"


# The matrix


def test_every_answer_tells_what_it_would_change(yard):
    found = matrix(yard, given(size="large"))

    told = {
        cell.answer.id: (cell.word, [s.value for s in cell.changes])
        for row in found.rows
        for cell in row.cells
    }
    assert told == {
        "small": ("", ["diesel"]),
        "large": ("your answer", []),
        "loud": ("", ["brass"]),
        "quiet": ("no change", []),
    }


def test_an_answer_that_would_clash_says_so():
    space = made(CLASH)
    row = matrix(space, given(a="x")).rows[1]
    assert [cell.word for cell in row.cells] == ["conflict", "no change"]


@over(packs(), st.data())
def test_a_cell_says_what_deciding_would(pack, data):
    space = prepare(pack)
    answers = {q.id: q.answers[0].id for q in pack.questions if data.draw(st.booleans())}

    for row in matrix(space, answers).rows:
        for cell in row.cells:
            outcome = decide(space, {**answers, cell.question: cell.answer.id})
            assert cell.clashes == bool(outcome.conflicts)
            if not cell.clashes:
                values = {s.label: s.value for s in cell.outcome}
                assert values == {
                    pack.choice_by_id[c.choice].label: " + ".join(c.value)
                    or ("open" if c.status == 3 else "none")
                    for c in outcome.choices
                }
