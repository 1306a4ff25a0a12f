"""How much a question tells: what its answers would leave, and where they would lead apart.

An *outcome* here is a legal combination of values, one for each part that some question
bears on. It *remains* while no must that the answers set off rules it out; wishes and
defaults choose among what remains and remove nothing. Parts on islands that no question
bears on are not counted, as no answer tells their values apart. Islands are independent,
so their counts multiply; where answers clash, nothing remains.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from explorer.core.model.pack import AnswerId, Answers, ChoiceId, QuestionId, ValueId
from explorer.core.search.counterfactuals import ShownValues, shown_values
from explorer.core.solver.constraints import CompiledPack, solve


@dataclass(frozen=True)
class ChoiceDifference:
    """A choice that shows something else: what is new of it, and what is gone."""

    choice: ChoiceId
    added_values: tuple[ValueId, ...]
    removed_values: tuple[ValueId, ...]


@dataclass(frozen=True)
class AnswerEffect:
    """Where some answers to a question all lead, beside leaving it open.

    `shows` are the choices that would show something else, and what comes and goes; `settles`
    those that would be chosen by an answer where they stand by default or open; `rules_out` the
    values that would no longer be possible. Answers that clash with others lead nowhere.
    """

    answers: tuple[AnswerId, ...]
    changes: tuple[ChoiceDifference, ...] = ()
    settles: tuple[tuple[ChoiceId, ValueId], ...] = ()
    rules_out: tuple[tuple[ChoiceId, ValueId], ...] = ()
    conflicts: bool = False


@dataclass(frozen=True)
class QuestionEffect:
    """What a question separates: each way its answers lead, in their order."""

    question: QuestionId
    effects: tuple[AnswerEffect, ...]


def count_outcomes(compiled: CompiledPack, answers: Answers) -> int:
    """How many outcomes remain."""
    count = 1
    for subproblem in compiled.subproblems:
        if subproblem.questions:
            count *= solve(compiled, subproblem, answers).must.count()
    return count


def count_outcomes_by_answer(
    compiled: CompiledPack, answers: Answers, question: QuestionId
) -> tuple[tuple[AnswerId, int], ...]:
    """How many outcomes would remain with each answer to a question, all others as they are."""
    near = [subproblem for subproblem in compiled.subproblems if question in subproblem.questions]
    apart = 1
    for subproblem in compiled.subproblems:
        if subproblem.questions and subproblem not in near:
            apart *= solve(compiled, subproblem, answers).must.count()
    found = []
    for answer in compiled.pack.question_by_id[question].answers:
        count = apart
        for subproblem in near:
            count *= solve(compiled, subproblem, {**answers, question: answer.id}).must.count()
        found.append((answer.id, count))
    return tuple(found)


def order_by_information_gain(
    compiled: CompiledPack, answers: Answers, questions: Iterable[QuestionId]
) -> tuple[QuestionId, ...]:
    """Questions in the order of how much they tell, the most telling first.

    That is the one whose answers leave the fewest outcomes on average; answers that would clash
    do not count. Among equals it is the one whose wishes choose more narrowly among them.
    """
    return tuple(sorted(questions, key=lambda question: _shares(compiled, answers, question)))


def _shares(compiled: CompiledPack, answers: Answers, question: QuestionId) -> tuple[Fraction, Fraction]:
    """The share of the outcomes that an answer leaves on average, and the share that wishes then choose."""
    near = [subproblem for subproblem in compiled.subproblems if question in subproblem.questions]
    musts, wishes = [], []
    for answer in compiled.pack.question_by_id[question].answers:
        after = {**answers, question: answer.id}
        must, wish = Fraction(1), Fraction(1)
        for subproblem in near:
            before, now = solve(compiled, subproblem, answers), solve(compiled, subproblem, after)
            if before.must:
                must *= Fraction(now.must.count(), before.must.count())
                wish *= Fraction(now.preferred.count(), before.preferred.count())
        if must:
            musts.append(must)
            wishes.append(wish)
    return _mean(musts), _mean(wishes)


def _mean(shares: Sequence[Fraction]) -> Fraction:
    return sum(shares, Fraction()) / len(shares) if shares else Fraction(1)


def effect_of_question(compiled: CompiledPack, answers: Answers, question: QuestionId) -> QuestionEffect:
    """Where each answer to a question would lead from where one stands with the question open."""
    open_now = {key: answer for key, answer in answers.items() if key != question}
    near = [subproblem for subproblem in compiled.subproblems if question in subproblem.questions]
    before = _Snapshot.of(compiled, open_now)
    leads: dict[AnswerEffect, list[AnswerId]] = {}
    for answer in compiled.pack.question_by_id[question].answers:
        after = {**open_now, question: answer.id}
        lead = AnswerEffect((), conflicts=True)
        if all(solve(compiled, subproblem, after).must for subproblem in near):
            lead = _lead(compiled, before, _Snapshot.of(compiled, after))
        leads.setdefault(lead, []).append(answer.id)
    return QuestionEffect(question, tuple(replace(lead, answers=tuple(same)) for lead, same in leads.items()))


_Values = frozenset[tuple[ChoiceId, ValueId]]


@dataclass(frozen=True)
class _Snapshot:
    """What is shown, what is still possible, and what answers have settled."""

    shown: ShownValues
    possible: _Values
    settled: _Values

    @staticmethod
    def of(compiled: CompiledPack, answers: Answers) -> _Snapshot:
        possible: set[tuple[ChoiceId, ValueId]] = set()
        settled: set[tuple[ChoiceId, ValueId]] = set()
        for subproblem in compiled.subproblems:
            solutions = solve(compiled, subproblem, answers)
            for part in subproblem.parts:
                possible.update((part.choice, value) for value in solutions.must.values(part))
                chosen = solutions.preferred.values(part)
                if len(chosen) == 1:
                    settled.add((part.choice, chosen[0]))
        return _Snapshot(shown_values(compiled, answers), frozenset(possible), frozenset(settled))


def _lead(compiled: CompiledPack, before: _Snapshot, now: _Snapshot) -> AnswerEffect:
    def difference(choice: ChoiceId) -> ChoiceDifference:
        old, new = before.shown[choice], now.shown[choice]
        return ChoiceDifference(
            choice,
            tuple(value for value in new if value not in old),
            tuple(value for value in old if value not in new),
        )

    values = [(choice.id, value.id) for choice in compiled.pack.choices for value in choice.values]
    return AnswerEffect(
        (),
        tuple(difference(choice) for choice, shows in now.shown.items() if before.shown[choice] != shows),
        tuple(each for each in values if each in now.settled - before.settled and each[1] in now.shown[each[0]]),
        tuple(each for each in values if each in before.possible - now.possible),
    )
