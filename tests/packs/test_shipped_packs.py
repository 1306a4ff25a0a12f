"""Every shipped pack loads and is proved over all answers."""

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


def test_the_folder_of_a_pack_has_its_id(pack):
    assert pack.id in {folder.name for folder in SHIPPED}


def test_every_combination_of_answers_is_decided_or_in_conflict(pack):
    proof = verify(compile_pack(pack))
    assert proof.problems == ()
    assert proof.complete.open == 0


def test_every_takeaway_is_cited(pack):
    used = [thing.takeaways for things in (pack.rules, pack.traps, pack.practice) for thing in things]
    used += [thing.takeaways for things in (pack.components, pack.edges) for thing in things]
    assert {t.id for t in pack.takeaways} <= {takeaway for some in used for takeaway in some}


def _outcomes(pack, count):
    """Outcomes of random answers, the same in every run."""
    space, rng = compile_pack(pack), Random(20261123)
    for _ in range(count):
        asked = rng.sample(pack.questions, rng.randint(0, len(pack.questions)))
        yield decide(space, {question.id: rng.choice(question.answers).id for question in asked})


def test_a_reason_whose_condition_is_false_is_worded_as_a_counterfactual(pack):
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
                text = format_reason(pack, outcome, rule.id)
                assert (text == rule.reason) == holds
                assert holds or text.startswith(("If ", "Among "))


def test_the_first_reason_of_a_choice_applies(pack):
    for outcome in _outcomes(pack, 500):
        for choice in outcome.choices:
            if choice.justifications and choice.status < Status.OPEN:
                first = pack.rule_by_id[choice.justifications[0].rule]
                assert format_reason(pack, outcome, first.id) == first.reason


def test_labels_of_values_contain_no_comma(pack):
    labels = [value.label for choice in pack.choices for value in choice.values]
    assert not [label for label in labels if "," in label]


def test_a_note_names_its_subject(pack):
    leading = ("It ", "This ", "That ", "They ", "Wrong", "Right ", "True ", "New ", "The two ")
    notes = [takeaway.note.text for takeaway in pack.takeaways if takeaway.note]
    assert not [text for text in notes if text.startswith(leading)]
