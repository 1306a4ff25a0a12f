"""Relevant questions: those whose answer can still change the outcome.

The decisions are a relation of answers and values, compiled into decision diagrams. Once the given answers are
fixed, a question is relevant exactly when the relation still depends on it, so one pass finds all of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from explorer.core.decision_diagram.queries import support_at
from explorer.core.model.outcome import IrrelevantQuestion, Outcome
from explorer.core.model.pack import ABSENT, Answers, Pack, PartId, Question, QuestionId
from explorer.core.solver.constraints import CompiledPack
from explorer.core.solver.lookup import LookAheadError


def irrelevant_questions(
    compiled: CompiledPack, outcome: Outcome, *, wait: bool = True
) -> tuple[IrrelevantQuestion, ...]:
    """Return the open questions whose answer cannot change the outcome, each with the reason.

    A question is relevant when some answer to it would change what is decided, now or together with answers to
    other open questions. Conflicting answers are left out: the user will change one of them. Unless it may `wait`
    for lookup tables, no question is irrelevant while they are not compiled.
    """
    if not wait and not compiled.lazy_tables.ready:
        return ()
    given = dict(outcome.answers)
    conflicting = {question for conflict in outcome.conflicts for question in conflict.answers}
    answers = {question: answer for question, answer in given.items() if question not in conflicting}
    relevant = relevant_questions(compiled, answers)
    return tuple(
        IrrelevantQuestion(question.id, _reason(compiled, outcome, question))
        for question in compiled.pack.questions
        if question.id not in given and question.id not in relevant
    )


def next_question(
    compiled: CompiledPack, outcome: Outcome, irrelevant: Sequence[IrrelevantQuestion]
) -> QuestionId | None:
    """Return the first question in the order of the pack that is open and relevant; None if there is none."""
    done = {entry.question for entry in irrelevant} | {question for question, _ in outcome.answers}
    return next((question.id for question in compiled.pack.questions if question.id not in done), None)


def relevant_questions(compiled: CompiledPack, answers: Answers) -> frozenset[QuestionId]:
    """Return the open questions whose answer can still change the outcome.

    If the rules are too complex for lookup tables (see LookAheadError), all questions are relevant.
    """
    try:
        lookup = compiled.lookup_tables()
    except LookAheadError:
        return frozenset(question.id for question in compiled.pack.questions)
    beliefs = [belief for group in lookup.tables.beliefs for belief in group]
    levels = support_at(lookup.tables.diagrams, beliefs, lookup.fixed(answers))
    return frozenset(lookup.question_at[level] for level in levels if level in lookup.question_at)


def _reason(compiled: CompiledPack, outcome: Outcome, question: Question) -> str:
    """Return a sentence with the values because of which the question does not matter."""
    pack = compiled.pack
    required: dict[PartId, None] = {}
    affected: dict[PartId, None] = {}
    for rule in pack.rules:
        if question.id in dict(rule.when):
            affected.update(dict.fromkeys(part for part, _ in rule.then))
            unmet = (part for part, values in rule.given if outcome.part_by_id[part].value not in values)
            required.update(dict.fromkeys(unmet))
    phrases = [_value_phrase(pack, outcome, part) for part in required if outcome.part_by_id[part].value != ABSENT]
    present = list(filter(None, phrases))
    if present:
        return f"{' and '.join(present[:2])}, so no answer to this question changes the architecture."
    decided = [phrase for part in affected if (phrase := _value_phrase(pack, outcome, part))]
    return f"Your other answers already decide this: {' and '.join(decided[:2])}."


def _value_phrase(pack: Pack, outcome: Outcome, part: PartId) -> str:
    """Return a part and its value; the value is in quotation marks unless it is a proper name."""
    value = outcome.part_by_id[part].value
    if value is None:
        return ""
    label = pack.value_label(part, value)
    return f"{pack.part_by_id[part].label} is {label if label[:1].isupper() else f'“{label}”'}"
