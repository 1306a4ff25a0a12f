"""Relevant questions: those whose answer can still change what is decided.

The decisions are a relation of answers and values, compiled into decision diagrams. Once the given answers are
fixed, a question is relevant exactly when the relation still depends on it, so one pass finds all of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from explorer.core.decision_diagram.queries import support_at
from explorer.core.model.outcome import IrrelevantQuestion, Outcome
from explorer.core.model.pack import Answers, PartId, Question, QuestionId
from explorer.core.solver.constraints import CompiledPack
from explorer.core.solver.lookup import LookAheadError


def irrelevant_questions(compiled: CompiledPack, outcome: Outcome) -> tuple[IrrelevantQuestion, ...]:
    """The unanswered questions whose answer can no longer matter, each with the reason.

    A question is relevant when some answer to it would change what is decided, now or together with answers to
    other open questions. Conflicting answers are left out: the user will change one of them.
    """
    given = dict(outcome.answers)
    clashing = {question for conflict in outcome.conflicts for question in conflict.answers}
    answers = {question: answer for question, answer in given.items() if question not in clashing}
    relevant = relevant_questions(compiled, answers)
    return tuple(
        IrrelevantQuestion(question.id, _why(compiled, outcome, question))
        for question in compiled.pack.questions
        if question.id not in given and question.id not in relevant
    )


def next_question(compiled: CompiledPack, outcome: Outcome, passed: Sequence[IrrelevantQuestion]) -> QuestionId | None:
    """The first question in the order of the pack that is open and still matters."""
    out = {entry.question for entry in passed} | {question for question, _ in outcome.answers}
    return next((question.id for question in compiled.pack.questions if question.id not in out), None)


def is_relevant(compiled: CompiledPack, answers: Answers, question: Question) -> bool:
    """Whether an answer to the question can still change what is decided."""
    return question.id in relevant_questions(compiled, answers)


def relevant_questions(compiled: CompiledPack, answers: Answers) -> frozenset[QuestionId]:
    """The open questions whose answer can still change what is decided.

    All of them where the rules are too entangled to look ahead (see LookAheadError).
    """
    try:
        lookup = compiled.lookup_tables()
    except LookAheadError:
        return frozenset(question.id for question in compiled.pack.questions)
    beliefs = [belief for group in lookup.tables.beliefs for belief in group]
    levels = support_at(lookup.tables.diagrams, beliefs, lookup.fixed(answers))
    return frozenset(lookup.question_at[level] for level in levels if level in lookup.question_at)


def _why(compiled: CompiledPack, outcome: Outcome, question: Question) -> str:
    """A sentence that says under which values the question would matter, and what stands instead."""
    pack = compiled.pack
    wanted: dict[PartId, set[str]] = {}
    acts: dict[PartId, None] = {}
    for rule in pack.rules:
        if question.id in dict(rule.when):
            acts.update(dict.fromkeys(part for part, _ in rule.then))
            for part, values in rule.given:
                if outcome.part_by_id[part].value not in values:
                    wanted.setdefault(part, set()).update(pack.value_label(part, value) for value in values)
    stands = [
        f"{pack.part_by_id[part].label} is {pack.value_label(part, value)}"
        for part in wanted
        if (value := outcome.part_by_id[part].value) is not None and value != "absent"
    ]
    if stands:
        return f"Your answers settle it: {', '.join(stands[:2])}, so no answer here changes the architecture."
    settled = [
        f"{pack.part_by_id[part].label} is {pack.value_label(part, value)}"
        for part in acts
        if (value := outcome.part_by_id[part].value) is not None
    ]
    return f"Your other answers settle it already: {', '.join(settled[:2])}."
