"""Which questions can still matter, and why one no longer can."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from explorer.core.model.outcome import IrrelevantQuestion, Outcome
from explorer.core.model.pack import Answers, PartId, Question, QuestionId, Strength
from explorer.core.search.clusters import Archipelago, State, Tally, archipelago, merging, spread, ways_on
from explorer.core.solver.constraints import CompiledPack, RuleEffect, Subproblem, solve


def irrelevant_questions(space: CompiledPack, outcome: Outcome) -> tuple[IrrelevantQuestion, ...]:
    """The unanswered questions whose answer can no longer matter, each with the reason.

    A question still matters where some answer to it would change what is decided,
    now or together with an answer to another open question. Answers that clash are
    left aside: one of them will be given up.
    """
    given = dict(outcome.answers)
    clashing = {question for conflict in outcome.conflicts for question in conflict.answers}
    answers = {question: answer for question, answer in given.items() if question not in clashing}
    return tuple(
        IrrelevantQuestion(question.id, _why(space, outcome, question))
        for question in space.pack.questions
        if question.id not in given and not is_relevant(space, answers, question)
    )


def next_question(space: CompiledPack, outcome: Outcome, passed: Sequence[IrrelevantQuestion]) -> QuestionId | None:
    """The first question in the order of the pack that is open and still matters."""
    out = {entry.question for entry in passed} | {question for question, _ in outcome.answers}
    return next((question.id for question in space.pack.questions if question.id not in out), None)


def is_relevant(space: CompiledPack, answers: Answers, question: Question) -> bool:
    """Whether an answer to the question can still change anything that is decided."""
    return any(
        _island_matters(space, island, answers, question)
        for island in space.subproblems
        if question.id in island.questions
    )


def _island_matters(space: CompiledPack, island: Subproblem, answers: Answers, question: Question) -> bool:
    given = island.relevant_answers(answers)
    key = ("matters", question.id, given)
    found = island.cache.get(key)
    if not isinstance(found, bool):
        found = not _settled_before(island, question.id, given) and (
            _any_void_free(island, answers, question) and _moves(space, island, answers, question)
        )
        island.cache[key] = found
    return found


def _settled_before(island: Subproblem, question: QuestionId, given: tuple[tuple[QuestionId, str], ...]) -> bool:
    """Whether fewer answers are known to settle the question: then so do these."""
    fewer = (given[:index] + given[index + 1 :] for index in range(len(given)))
    return any(island.cache.get(("matters", question, answers)) is False for answers in fewer)


def _any_void_free(island: Subproblem, answers: Answers, question: Question) -> bool:
    """Whether some rule of the question still rules something out (once it does not, it never will again)."""
    rows = solve(island, answers).must
    if not rows:
        return True
    return any(not _void(effect, rows) for effect in _waiting(island, answers, question.id))


def _waiting(island: Subproblem, answers: Answers, question: QuestionId) -> Iterator[RuleEffect]:
    for effect in island.effects:
        asks = dict(effect.rule.when)
        if question in asks and all(answers.get(q) in (None, *wanted) for q, wanted in effect.rule.when):
            yield effect


def _void(effect: RuleEffect, rows: int) -> bool:
    if effect.rule.strength is Strength.MUST:
        return not rows & ~effect.clause
    reached = rows & effect.given
    return not reached & effect.target or not reached & ~effect.target


def _moves(space: CompiledPack, island: Subproblem, answers: Answers, question: Question) -> bool:
    """Whether the answers to a question lead apart, alone or beside answers to other open questions.

    Most that do show it with one more answer at most; only else are all combinations gone through.
    """
    open_now = [q for q in island.questions if q not in answers and q != question.id]
    near: list[Answers] = [{}]
    near += [{q: answer.id} for q in open_now for answer in space.pack.question_by_id[q].answers]
    return any(_leads_apart(island, {**answers, **more}, question) for more in near) or (
        _leads_apart_at_last(space, island, answers, question)
    )


def _leads_apart(island: Subproblem, answers: Answers, question: Question) -> bool:
    left = solve(island, answers)
    others = (solve(island, {**answers, question.id: answer.id}) for answer in question.answers)
    return any(other.final != left.final or (not other.must) != (not left.must) for other in others)


def _leads_apart_at_last(space: CompiledPack, island: Subproblem, answers: Answers, question: Question) -> bool:
    """Whether the answers lead apart under any completion, with combinations merged that cannot differ.

    Those under which the question has no rule left that could move anything are dropped on the way.
    """
    sea = archipelago(space, [island])
    mine = sea.bits(lambda force: question.id in force.when)
    settle = merging(sea)

    def relevant(rows: int, alive: int) -> State:
        state = settle(rows, alive)
        return state if state[1] & mine else (0, 0)

    alive = sea.bits(
        lambda force: (
            all(answers.get(q) in (None, *wanted) for q, wanted in force.when.items())
            and (force.effect.rule.strength is not Strength.MUST or not force.when.keys() <= answers.keys())
        )
    )
    start: dict[State, Tally] = {relevant(solve(island, answers).must, alive): [1, 0, 0]}
    open_now = [q for q in island.questions if q not in answers and q != question.id]
    states = spread(sea, start, open_now, relevant, later=[question.id])
    ways = ways_on(sea, question.id)
    return any(rows and len({_end(sea, rows, alive, way) for way in ways}) > 1 for rows, alive in states)


def _end(sea: Archipelago, rows: int, alive: int, way: tuple[int, int, int]) -> int:
    """The rows that an answer comes to in the end; 0 where it clashes."""
    keep, due, _ = way
    for force in sea.chosen(alive & keep & due):
        rows &= force.clause
    return sea.follow(rows, alive & keep & ~sea.musts)[0]


def _why(space: CompiledPack, outcome: Outcome, question: Question) -> str:
    """A sentence that says under which values the question would matter, and what stands instead."""
    pack = space.pack
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
