"""Architecture diff: what is added, removed and changed between two outcomes."""

import pytest
from hypothesis import given as over
from hypothesis import strategies as st

from explorer.core.architecture.builder import build_architecture
from explorer.core.architecture.diff import DiffKind, diff_outcomes, join_limited
from explorer.core.solver.constraints import compile_pack
from explorer.core.solver.decide import decide
from explorer.storage.packs.loader import load_pack
from explorer.storage.resources import default_pack_folder
from tests.core.packs import answer_sets, compile_toy, make_answers, make_component, make_edge, make_group, packs
from tests.core.sketches import CONFLICT, YARD

COMPONENTS = (
    make_component("tender", "engine=steam|diesel", detail="for {engine}", group="shed"),
    make_component("boiler", "engine=steam", slot="power"),
    make_component("motor", "engine=diesel", slot="power", ghost=True, group="annex"),
    make_component("gong", "bell=brass", at="tender"),
)
EDGES = (make_edge("boiler", "tender", label="pushes"), make_edge("motor", "tender"))


@pytest.fixture
def yard():
    groups = (make_group("shed"), make_group("annex"))
    return compile_toy(YARD, components=COMPONENTS, edges=EDGES, diagram_groups=groups)


def decided(space, answers):
    outcome = decide(space, answers)
    return outcome, build_architecture(space.pack, outcome)


def diff(space, before, after):
    return diff_outcomes(space.pack, decided(space, before), decided(space, after))


def test_added_removed_and_changed_elements_are_distinguished(yard):
    found = diff(yard, make_answers(size="large"), make_answers(size="small"))

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


def test_a_ghost_that_becomes_a_node_is_added(yard):
    assert "motor" in decided(yard, {})[1].node_by_id
    found = diff(yard, {}, make_answers(size="small"))

    assert found.diff_kinds["motor"] is DiffKind.ADDED
    assert found.diff_kinds["boiler"] is DiffKind.REMOVED


def test_a_default_that_an_answer_confirms_is_now_decided_and_not_changed(yard):
    found = diff(yard, {}, make_answers(size="large"))

    assert found.diff_kinds["boiler"] is DiffKind.DECIDED
    assert found.same_diagram
    assert found.removed_alternatives == ("motor",)
    assert "motor" in found.sentences[0]
    assert diff(yard, make_answers(size="large"), {}).diff_kinds["boiler"] is DiffKind.DEFAULTED


def test_the_sentences_list_changed_choices_then_added_elements(yard):
    found = diff(yard, make_answers(size="large"), make_answers(size="small", noise="loud"))

    assert found.sentences[:2] == ("engine: steam → diesel.", "bell: none → brass.")
    assert "motor, gong" in found.sentences[2]
    counts = [len(found.nodes_with(kind)) for kind in (DiffKind.ADDED, DiffKind.REMOVED, DiffKind.CHANGED)]
    assert counts == [2, 1, 1]
    assert all(f"{len(found.nodes_with(kind))} {kind.value}" in found.summary for kind in list(DiffKind)[:3])


def test_the_same_answers_have_no_difference(yard):
    found = diff(yard, make_answers(size="small"), make_answers(size="small"))
    assert found.diff_kinds == {}
    assert len(found.sentences) == 1


def test_a_new_or_resolved_conflict_is_the_first_sentence():
    space = compile_toy(CONFLICT)
    found = diff(space, make_answers(a="x"), make_answers(a="x", b="y"))

    assert found.new_conflicts == (("a", "b"),)
    assert "conflict" in found.sentences[0]
    back = diff(space, make_answers(a="x", b="y"), make_answers(a="x"))
    assert back.resolved_conflicts == (("a", "b"),)
    assert "resolved" in back.sentences[0]


@over(packs(), st.data())
def test_the_reverse_comparison_has_the_reverse_differences(pack, data):
    space = compile_pack(pack)
    left, right = data.draw(answer_sets(pack)), data.draw(answer_sets(pack))
    there, back = diff(space, left, right), diff(space, right, left)

    reverse = {
        DiffKind.ADDED: DiffKind.REMOVED,
        DiffKind.REMOVED: DiffKind.ADDED,
        DiffKind.DECIDED: DiffKind.DEFAULTED,
        DiffKind.DEFAULTED: DiffKind.DECIDED,
    }
    assert {name: reverse.get(kind, kind) for name, kind in there.diff_kinds.items()} == back.diff_kinds
    assert (there.gained_takeaways, there.lost_takeaways) == (back.lost_takeaways, back.gained_takeaways)
    assert [(c.before, c.after) for c in there.choices] == [(c.after, c.before) for c in back.choices]


def test_a_long_list_of_names_is_shortened():
    assert join_limited("abcdef", most=3) == "a, b, c and 3 more"


@pytest.mark.parametrize("folder", sorted(default_pack_folder().parent.iterdir()), ids=lambda folder: folder.name)
def test_no_label_is_both_new_and_removed(folder):
    compiled = compile_pack(load_pack(folder))
    pack, before = compiled.pack, decide(compiled, {})
    old = before, build_architecture(pack, before)
    for question in pack.questions:
        for answer in question.answers:
            after = decide(compiled, {question.id: answer.id})
            found = diff_outcomes(pack, old, (after, build_architecture(pack, after)))
            added, removed = (
                {node.label for node in found.nodes_with(kind)} for kind in (DiffKind.ADDED, DiffKind.REMOVED)
            )
            assert not added & removed, (question.id, answer.id)
