"""Every pack that ships can be opened and holds over all answers."""

from __future__ import annotations

from random import Random

import pytest

from explorer.core.explanation.reasons import format_reason
from explorer.core.model.outcome import Status
from explorer.core.solver.constraints import compile_pack
from explorer.core.solver.decide import decide
from explorer.core.verification.proof import verify
from explorer.storage.packs.loader import load_pack
from explorer.storage.resources import install_dir

SHIPPED = sorted(folder.parent for folder in (install_dir() / "data" / "packs").glob("*/pack.toml"))


@pytest.fixture(scope="module", params=SHIPPED, ids=lambda folder: folder.name)
def pack(request):
    return load_pack(request.param)


def test_its_folder_bears_its_name(pack):
    assert pack.id in {folder.name for folder in SHIPPED}


def test_no_combination_of_answers_is_left_without_a_decision(pack):
    proof = verify(compile_pack(pack))
    assert proof.problems == ()
    assert proof.complete.open == 0


def test_every_fact_is_told_by_a_rule_a_box_a_trap_or_a_practice_question(pack):
    used = [thing.takeaways for things in (pack.rules, pack.traps, pack.practice) for thing in things]
    used += [thing.takeaways for things in (pack.components, pack.edges) for thing in things]
    assert {t.id for t in pack.takeaways} <= {takeaway for some in used for takeaway in some}


def _outcomes(pack, count):
    """What answers picked at random come to, the same ones each time."""
    space, dice = compile_pack(pack), Random(20261123)
    for _ in range(count):
        asked = dice.sample(pack.questions, dice.randint(0, len(pack.questions)))
        yield decide(space, {question.id: dice.choice(question.answers).id for question in asked})


def test_no_reason_is_told_as_true_whose_premise_the_outcome_refutes(pack):
    for outcome in _outcomes(pack, 1500):
        for choice in outcome.choices:
            if choice.status is Status.CONFLICT:
                continue
            for because in [
                *choice.justifications,
                *(each for _, reasons in choice.rejected for each in reasons),
            ]:
                rule = pack.rule_by_id[because.rule]
                values = {part: outcome.part_by_id[part].value for part, _ in rule.given}
                holds = all(values[part] in (*wanted, None) for part, wanted in rule.given)
                told = format_reason(pack, outcome, rule.id)
                assert (told == rule.reason) == holds
                assert holds or told.startswith(("If ", "Among "))


def test_what_is_told_first_of_a_choice_is_at_work(pack):
    for outcome in _outcomes(pack, 500):
        for choice in outcome.choices:
            if choice.justifications and choice.status < Status.OPEN:
                first = pack.rule_by_id[choice.justifications[0].rule]
                assert format_reason(pack, outcome, first.id) == first.reason


def test_names_of_values_read_right_in_a_list(pack):
    labels = [value.label for choice in pack.choices for value in choice.values]
    assert not [label for label in labels if "," in label]


def test_a_dated_note_names_what_it_speaks_of(pack):
    leading = ("It ", "This ", "That ", "They ", "Wrong", "Right ", "True ", "New ", "The two ")
    notes = [takeaway.note.text for takeaway in pack.takeaways if takeaway.note]
    assert not [text for text in notes if text.startswith(leading)]
