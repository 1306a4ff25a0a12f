"""Information gain of a question: how many outcomes its answers would leave, and how these differ.

An outcome is here a legal combination of values, one for each part in a subproblem that has questions. It remains
until a must rule that the answers activate rules it out. Preferences and defaults choose among the remaining
outcomes and remove none. Subproblems are independent, so their counts multiply. In a conflict nothing remains.
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
    """A choice that would show other values: those that are added and those that are removed."""

    choice: ChoiceId
    added_values: tuple[ValueId, ...]
    removed_values: tuple[ValueId, ...]


@dataclass(frozen=True)
class AnswerEffect:
    """The common effect of some answers to a question, compared with leaving it open.

    `changes` are the choices that would show other values. `settles` are the values that would be chosen by an answer
    instead of a default, or instead of staying open. `rules_out` are the values that would no longer be possible.
    Answers that conflict with others have no effect.
    """

    answers: tuple[AnswerId, ...]
    changes: tuple[ChoiceDifference, ...] = ()
    settles: tuple[tuple[ChoiceId, ValueId], ...] = ()
    rules_out: tuple[tuple[ChoiceId, ValueId], ...] = ()
    conflicts: bool = False


@dataclass(frozen=True)
class QuestionEffect:
    """The different effects of the answers to a question, in their order."""

    question: QuestionId
    effects: tuple[AnswerEffect, ...]


def count_outcomes(compiled: CompiledPack, answers: Answers) -> int:
    """The number of outcomes that remain."""
    count = 1
    for subproblem in compiled.subproblems:
        if subproblem.questions:
            count *= solve(compiled, subproblem, answers).must.count()
    return count


def count_outcomes_by_answer(
    compiled: CompiledPack, answers: Answers, question: QuestionId
) -> tuple[tuple[AnswerId, int], ...]:
    """The number of outcomes that would remain with each answer to a question, all other answers unchanged."""
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
    """The questions by information gain, the most informative first.

    That is the one whose answers leave the fewest outcomes on average; conflicting answers do not count. Among equals
    it is the one whose preferences leave the fewest of them.
    """
    return tuple(sorted(questions, key=lambda question: _shares(compiled, answers, question)))


def _shares(compiled: CompiledPack, answers: Answers, question: QuestionId) -> tuple[Fraction, Fraction]:
    """The share of the outcomes that an answer leaves on average, and the share that preferences then leave."""
    near = [subproblem for subproblem in compiled.subproblems if question in subproblem.questions]
    musts, preferences = [], []
    for answer in compiled.pack.question_by_id[question].answers:
        after = {**answers, question: answer.id}
        must, preferred = Fraction(1), Fraction(1)
        for subproblem in near:
            before, now = solve(compiled, subproblem, answers), solve(compiled, subproblem, after)
            if before.must:
                must *= Fraction(now.must.count(), before.must.count())
                preferred *= Fraction(now.preferred.count(), before.preferred.count())
        if must:
            musts.append(must)
            preferences.append(preferred)
    return _mean(musts), _mean(preferences)


def _mean(shares: Sequence[Fraction]) -> Fraction:
    return sum(shares, Fraction()) / len(shares) if shares else Fraction(1)


def effect_of_question(compiled: CompiledPack, answers: Answers, question: QuestionId) -> QuestionEffect:
    """The effect of each answer to a question, compared with leaving it open."""
    open_now = {key: answer for key, answer in answers.items() if key != question}
    near = [subproblem for subproblem in compiled.subproblems if question in subproblem.questions]
    before = _Snapshot.of(compiled, open_now)
    by_effect: dict[AnswerEffect, list[AnswerId]] = {}
    for answer in compiled.pack.question_by_id[question].answers:
        after = {**open_now, question: answer.id}
        effect = AnswerEffect((), conflicts=True)
        if all(solve(compiled, subproblem, after).must for subproblem in near):
            effect = _answer_effect(compiled, before, _Snapshot.of(compiled, after))
        by_effect.setdefault(effect, []).append(answer.id)
    return QuestionEffect(question, tuple(replace(effect, answers=tuple(same)) for effect, same in by_effect.items()))


_Values = frozenset[tuple[ChoiceId, ValueId]]


@dataclass(frozen=True)
class _Snapshot:
    """The values that are shown, those that are possible, and those that answers have settled."""

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


def _answer_effect(compiled: CompiledPack, before: _Snapshot, now: _Snapshot) -> AnswerEffect:
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
