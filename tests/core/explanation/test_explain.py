"""Explanations: what is shown for a selected element, a choice, a question, or all answers."""

import pytest

from explorer.core.architecture.builder import build_architecture
from explorer.core.explanation.explain import conflict_warning, explain, explain_outcome
from explorer.core.explanation.remedies import Remedies
from explorer.core.model.pack import ChoiceId, QuestionId, Takeaway, TakeawayId, ValueId
from explorer.core.session.workspace import Workspace
from explorer.core.solver.decide import decide
from tests.core.packs import compile_toy, make_answers, make_component, make_edge, make_group

ENGINES = """
    size ? small | large
    noise ? loud | quiet
    fuel ? coal | oil
    engine = steam | diesel
    [bell] = brass
    must grand: size=large => engine=steam
    must plain: size=small => engine=diesel
    must burns: fuel=oil => engine=diesel
    must ring: noise=loud => bell=brass
    default usual: => engine=steam, bell=absent
"""
COMPONENTS = (
    make_component("boiler", "engine=steam", slot="power", group="shed", detail="runs on {engine}"),
    make_component("motor", "engine=diesel", slot="power", ghost=True),
    make_component("wheel", "engine=steam|diesel"),
)


@pytest.fixture(scope="module")
def engines():
    edges, groups = (make_edge("boiler", "wheel", label="turns"),), (make_group("shed"),)
    return compile_toy(ENGINES, components=COMPONENTS, edges=edges, diagram_groups=groups)


def explained(compiled, answers=None, remedies=False, **selection):
    given = make_answers(**answers or {})
    outcome = decide(compiled, given)
    workspace = Workspace(answers=given, **selection)
    drawn = build_architecture(compiled.pack, outcome)
    return explain(compiled.pack, outcome, drawn, workspace, Remedies(compiled, outcome) if remedies else None)


def reasons(explanation):
    return [reason.text for reason in explanation.reasons]


def test_a_node_is_explained_by_its_rules_and_the_values_that_they_reject(engines):
    found = explained(engines, {"size": "large"}, selected_item="boiler")
    assert found.heading == "boiler"
    assert "runs on steam" in found.subheading
    assert reasons(found) == ["Because of grand."]
    assert found.reasons[0].answers == ("size: large",)
    assert [value.label for value in found.rejected] == ["engine: diesel"]


def test_an_edge_is_explained_with_its_ends_and_its_label(engines):
    found = explained(engines, {"size": "large"}, selected_item="boiler>wheel")
    assert found.heading == "boiler → wheel"
    assert "turns" in found.subheading


def test_a_group_is_explained_by_the_rules_of_its_nodes(engines):
    found = explained(engines, {"size": "large"}, selected_item="group:shed")
    assert (found.heading, reasons(found)) == ("shed", ["Because of grand."])


def test_an_element_that_is_no_longer_drawn_is_not_explained(engines):
    selected = explained(engines, {"size": "small"}, selected_item="boiler", last_question=QuestionId("size"))
    assert selected.heading == "size: small"


def test_a_choice_is_explained_with_its_alternatives(engines):
    found = explained(engines, focused_choice=ChoiceId("engine"), remedies=True)
    assert found.heading == "engine: steam"
    assert "diesel" in found.subheading
    (alternative,) = found.alternatives
    assert alternative.label == "diesel"
    assert alternative.remedy is not None
    assert [suggestion.change for suggestion in alternative.remedy.suggestions] == [
        (("size", "small"),),
        (("fuel", "oil"),),
    ]


def test_without_remedies_a_choice_is_explained_without_alternatives(engines):
    assert explained(engines, focused_choice=ChoiceId("engine")).alternatives == ()


def test_a_rejected_value_has_its_reasons_and_a_remedy(engines):
    (rejected,) = explained(engines, {"size": "large"}, focused_choice=ChoiceId("engine"), remedies=True).rejected
    assert [reason.text for reason in rejected.reasons] == ["Because of grand."]
    assert rejected.remedy is not None
    assert "size" in rejected.remedy.text


def test_an_answered_question_is_explained_by_the_rules_that_its_answer_activates(engines):
    found = explained(engines, {"size": "small"}, last_question=QuestionId("size"))
    assert (found.heading, reasons(found)) == ("size: small", ["Because of plain."])
    assert [value.label for value in found.rejected] == ["engine: steam"]


def test_an_open_question_is_explained_by_why_it_is_asked(engines):
    found = explained(engines, last_question=QuestionId("size"))
    assert (found.heading, found.subheading) == ("size", engines.pack.question_by_id[QuestionId("size")].why)
    assert found.reasons == ()


def test_without_a_selection_all_deciding_rules_are_listed(engines):
    found = explained(engines, {"size": "small", "noise": "loud"})
    assert reasons(found) == ["Because of plain.", "Because of ring."]


def test_without_answers_the_pack_is_introduced():
    found = explained(compile_toy(ENGINES, summary="About engines."))
    assert found.heading == "Toy"
    assert found.subheading.startswith("About engines.")


def test_a_conflict_is_listed_with_its_answers_and_the_changes_that_resolve_it(engines):
    found = explained(engines, {"size": "large", "fuel": "oil"}, remedies=True, selected_item="wheel")
    (conflict,) = found.conflicts
    assert conflict.answers == ("size: large", "fuel: oil")
    assert "engine" in conflict.text
    assert "Because of grand." in conflict.text
    changes = {suggestion.change for suggestion in conflict.suggestions}
    assert (("size", "small"),) in changes
    assert (("fuel", "coal"),) in changes


def test_without_remedies_a_conflict_suggests_to_leave_questions_open(engines):
    (conflict,) = explained(engines, {"size": "large", "fuel": "oil"}).conflicts
    assert {suggestion.change for suggestion in conflict.suggestions} == {(("size", None),), (("fuel", None),)}


def test_the_warning_names_the_choices_and_the_questions_in_conflict(engines):
    warning = conflict_warning(engines.pack, decide(engines, make_answers(size="large", fuel="oil")))
    assert all(name in warning for name in ("engine", "size and fuel"))
    assert conflict_warning(engines.pack, decide(engines, {})) == ""


def test_an_end_of_the_map_is_explained_with_the_answers_that_lead_there(engines):
    answers = make_answers(size="large", fuel="oil")
    outcome = decide(engines, answers)
    drawn = build_architecture(engines.pack, outcome)
    found = explain_outcome(engines.pack, outcome, drawn, Workspace(), "In conflict")
    assert (found.heading, found.subheading) == ("In conflict", "size: large · fuel: oil")
    assert [(conflict.suggestions, conflict.more_count) for conflict in found.conflicts] == [((), 0)]


def test_the_explanation_says_whether_the_pack_has_texts_of_the_study_guide(engines):
    assert not explained(engines, study_guide_view=True).has_study_guide
    takeaway = Takeaway(TakeawayId("word"), "Word", "A word.", "", (), "https://example.org", "2026-11-23", "Page.")
    found = explained(compile_toy(ENGINES, takeaways=(takeaway,)), study_guide_view=True)
    assert found.has_study_guide
    assert found.study_guide_view


def test_without_waiting_there_are_no_remedies_until_the_tables_are_compiled():
    compiled = compile_toy(ENGINES, components=COMPONENTS)
    outcome = decide(compiled, make_answers(size="large"))
    remedies = Remedies(compiled, outcome, wait=False)
    engine, diesel = ChoiceId("engine"), [ValueId("diesel")]

    assert remedies.for_values(engine, diesel) == {}
    assert not compiled.lazy_tables.ready
    compiled.lookup_tables()
    assert set(remedies.for_values(engine, diesel)) == {"diesel"}
