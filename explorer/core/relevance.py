"""Which questions can still matter, and why one no longer can."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from explorer.core.outcome import Outcome, PassedOver
from explorer.core.pack import Answers, PartId, Question, QuestionId, Strength
from explorer.core.space import Effect, Island, Space, narrow


def passed_over(space: Space, outcome: Outcome) -> tuple[PassedOver, ...]:
    """The unanswered questions whose answer can no longer matter, each with the reason.

    A question still matters where some answer to it would change what is decided,
    now or together with an answer to another open question.
    """
    answers = dict(outcome.answers)
    return tuple(
        PassedOver(question.id, _why(space, outcome, question))
        for question in space.pack.questions
        if question.id not in answers and not matters(space, answers, question)
    )


def next_question(space: Space, outcome: Outcome, passed: Sequence[PassedOver]) -> QuestionId | None:
    """The first question in the order of the pack that is open and still matters."""
    out = {entry.question for entry in passed} | {question for question, _ in outcome.answers}
    return next((question.id for question in space.pack.questions if question.id not in out), None)


def matters(space: Space, answers: Answers, question: Question) -> bool:
    """Whether an answer to the question can still change anything that is decided."""
    return any(
        _island_matters(space, island, answers, question)
        for island in space.islands
        if question.id in island.questions
    )


def _island_matters(space: Space, island: Island, answers: Answers, question: Question) -> bool:
    key = ("matters", question.id, island.relevant(answers))
    found = island.memo.get(key)
    if not isinstance(found, bool):
        island.memo[key] = found = _any_void_free(island, answers, question) and _moves(
            space, island, answers, question
        )
    return found


def _any_void_free(island: Island, answers: Answers, question: Question) -> bool:
    """Whether some rule of the question still rules something out (once it does not, it never will again)."""
    rows = narrow(island, answers).must
    if not rows:
        return True
    return any(not _void(effect, rows) for effect in _waiting(island, answers, question.id))


def _waiting(island: Island, answers: Answers, question: QuestionId) -> Iterator[Effect]:
    for effect in island.effects:
        asks = dict(effect.rule.when)
        if question in asks and all(answers.get(q) in (None, *wanted) for q, wanted in effect.rule.when):
            yield effect


def _void(effect: Effect, rows: int) -> bool:
    if effect.rule.strength is Strength.MUST:
        return not rows & ~effect.clause
    reached = rows & effect.given
    return not reached & effect.target or not reached & ~effect.target


def _moves(space: Space, island: Island, answers: Answers, question: Question) -> bool:
    """Whether the answers to a question lead apart, alone or beside one or two more answers."""

    def leads_apart(others: Mapping[QuestionId, str]) -> bool:
        base = {**answers, **others}
        left = narrow(island, base)
        for answer in question.answers:
            other = narrow(island, {**base, question.id: answer.id})
            if other.final != left.final or (not other.must) != (not left.must):
                return True
        return False

    if leads_apart({}):
        return True
    open_now = [q for q in island.questions if q not in answers and q != question.id]
    return any(leads_apart(others) for others in _contexts(space, open_now, 1)) or any(
        leads_apart(others) for others in _contexts(space, open_now, 2)
    )


def _contexts(space: Space, questions: Sequence[QuestionId], size: int) -> Iterator[dict[QuestionId, str]]:
    if size == 0:
        yield {}
        return
    for index, question in enumerate(questions):
        for rest in _contexts(space, questions[index + 1 :], size - 1):
            for answer in space.pack.question_by_id[question].answers:
                yield {question: answer.id, **rest}


def _why(space: Space, outcome: Outcome, question: Question) -> str:
    """A sentence that says under which values the question would matter, and what stands instead."""
    pack = space.pack
    wanted: dict[PartId, set[str]] = {}
    acts: dict[PartId, None] = {}
    for rule in pack.rules:
        if question.id in dict(rule.when):
            acts.update(dict.fromkeys(part for part, _ in rule.then))
            for part, values in rule.given:
                if outcome.part_by_id[part].value not in values:
                    wanted.setdefault(part, set()).update(pack.label_of(part, value) for value in values)
    stands = [
        f"{pack.part_by_id[part].label} is {pack.label_of(part, value)}"
        for part in wanted
        if (value := outcome.part_by_id[part].value) is not None and value != "absent"
    ]
    if stands:
        return f"Your answers settle it: {', '.join(stands[:2])}, so no answer here changes the architecture."
    settled = [
        f"{pack.part_by_id[part].label} is {pack.label_of(part, value)}"
        for part in acts
        if (value := outcome.part_by_id[part].value) is not None
    ]
    return f"Your other answers settle it already: {', '.join(settled[:2])}."
