"""What would change an outcome: the smallest changes of answers that bring a value, or end a clash."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from explorer.core.model.outcome import Conflict, Outcome, Status
from explorer.core.model.pack import ABSENT, AnswerId, Answers, Choice, ChoiceId, PartId, QuestionId, ValueId
from explorer.core.search.bounds import Aim, Target
from explorer.core.search.clusters import archipelagos
from explorer.core.search.minimal_changes import MOST_LISTED, Change, Chart, Nearest
from explorer.core.solver.conflicts import hitting_sets
from explorer.core.solver.constraints import CompiledPack, solve

Wanted = tuple[ChoiceId, ValueId]
ShownValues = Mapping[ChoiceId, tuple[ValueId, ...]]

_MOST_TRIED = 400


@dataclass(frozen=True)
class AnswerChange:
    """A question whose answer changes to any of these; None leaves it open."""

    question: QuestionId
    answers: tuple[AnswerId | None, ...]


GroupedChange = tuple[AnswerChange, ...]
"""Moves that belong together, whichever of its answers each takes."""


@dataclass(frozen=True)
class Counterfactual:
    """The smallest changes of answers after which an outcome shows a value and nothing they reach clashes.

    `size` questions change, which can be done in `total` ways; `changes` lists them up to
    a limit. It is 0 for what is shown already, and None where no answers at all lead there:
    `offered` then says whether the value is at least offered beside another.
    """

    choice: ChoiceId
    value: ValueId
    size: int | None
    total: int
    changes: tuple[Change, ...]
    offered: bool

    @cached_property
    def grouped_changes(self) -> tuple[GroupedChange, ...]:
        """The listed changes, those that differ only in the answers taken together."""
        return group_changes(self.changes)


def counterfactuals(
    space: CompiledPack, answers: Answers, wanted: Iterable[Wanted] | None = None, *, defaults: bool = True
) -> dict[Wanted, Counterfactual]:
    """What would bring each wanted value; of every value of every choice where none is named."""
    charts = _charts(space, defaults)
    if wanted is None:
        wanted = [(choice.id, value.id) for choice in space.pack.choices for value in choice.values]
    aims = {want: tuple(_aims(space, charts, *want)) for want in wanted}
    found = [
        chart.nearest(
            answers,
            [aim for several in aims.values() for every in several for sea, aim in every if sea == number],
        )
        for number, chart in enumerate(charts)
    ]
    order = {question.id: place for place, question in enumerate(space.pack.questions)}
    return {want: _flip(space, want, several, found, order) for want, several in aims.items()}


_Everywhere = tuple[tuple[int, Target], ...]
"""Targets in archipelagos, by number, that are all wanted."""


def _charts(space: CompiledPack, defaults: bool) -> tuple[Chart, ...]:
    """The charts of a space, kept with it."""
    if not space.subproblems:
        return ()
    memo = space.subproblems[0].cache
    found = memo.get(("charts", defaults))
    if not isinstance(found, tuple):
        found = tuple(Chart(sea, defaults=defaults) for sea in archipelagos(space))
        memo["charts", defaults] = found
    return found


def _aims(space: CompiledPack, charts: Sequence[Chart], choice: ChoiceId, value: ValueId) -> Iterator[_Everywhere]:
    """What must come about for a choice to show a value: any of these.

    Of a choice of many, any part may bring the value; of any other, the first that contributes.
    """
    spec = space.pack.choice_by_id[choice]
    sea_of = {
        part.id: number for number, chart in enumerate(charts) for island in chart.sea.islands for part in island.parts
    }
    by_sea: dict[int, list[tuple[Aim, ...]]] = {}
    for place, part in enumerate(spec.parts):
        if value not in part.values:
            continue
        if spec.multi_valued:
            by_sea.setdefault(sea_of[part.id], []).append(((part.id, value),))
            continue
        before = spec.parts[:place]
        if all(other.optional for other in before):
            needed: dict[int, list[Aim]] = {}
            for other in before:
                needed.setdefault(sea_of[other.id], []).append((other.id, ABSENT))
            needed.setdefault(sea_of[part.id], []).append((part.id, value))
            yield tuple((sea, (tuple(aims),)) for sea, aims in needed.items())
    for sea, any_of in by_sea.items():
        yield ((sea, tuple(any_of)),)


def _flip(
    space: CompiledPack,
    want: Wanted,
    several: Sequence[_Everywhere],
    found: Sequence[Mapping[Target, Nearest]],
    order: Mapping[QuestionId, int],
) -> Counterfactual:
    reached = [
        [found[sea][target] for sea, target in every]
        for every in several
        if all(target in found[sea] for sea, target in every)
    ]
    if not reached:
        return Counterfactual(*want, None, 0, (), _is_offered(space, *want))
    size = min(sum(part.size for part in parts) for parts in reached)
    nearest = [parts for parts in reached if sum(part.size for part in parts) == size]
    changes: list[Change] = []
    total = 0
    for parts in nearest:
        ways = 1
        for part in parts:
            ways *= part.total
        total += ways
        joined = (tuple(step for change in changed for step in change) for changed in _products(parts))
        changes += [tuple(sorted(change, key=lambda step: order[step[0]])) for change in joined]
    return Counterfactual(*want, size, total, tuple(changes[:MOST_LISTED]), offered=True)


def _products(parts: Sequence[Nearest]) -> Iterator[tuple[Change, ...]]:
    return product(*(part.changes for part in parts))


def _is_offered(space: CompiledPack, choice: ChoiceId, value: ValueId) -> bool:
    parts = space.pack.choice_by_id[choice].parts
    return any(value in part.values and space.subproblem_of[part.id].bits[part.id, value] for part in parts)


def group_changes(changes: Sequence[Change]) -> tuple[GroupedChange, ...]:
    """The same changes in fewer words: those that differ in the answers to one question only are one.

    >>> together(((("a", "1"), ("b", None)), (("a", "2"), ("b", None))))
    ((Move(question='a', answers=('1', '2')), Move(question='b', answers=(None,))),)
    """
    by_questions: dict[tuple[QuestionId, ...], list[tuple[AnswerId | None, ...]]] = {}
    for change in changes:
        questions = tuple(question for question, _ in change)
        by_questions.setdefault(questions, []).append(tuple(answer for _, answer in change))
    return tuple(
        tuple(AnswerChange(question, answers) for question, answers in zip(questions, box, strict=True))
        for questions, rows in by_questions.items()
        for box in _boxes(rows)
    )


def _boxes(rows: Sequence[tuple[AnswerId | None, ...]]) -> list[tuple[tuple[AnswerId | None, ...], ...]]:
    if not rows or not rows[0]:
        return [()] if rows else []
    following: dict[AnswerId | None, list[tuple[AnswerId | None, ...]]] = {}
    for first, *rest in rows:
        following.setdefault(first, []).append(tuple(rest))
    alike: dict[tuple[tuple[AnswerId | None, ...], ...], list[AnswerId | None]] = {}
    for answer, rests in following.items():
        alike.setdefault(tuple(rests), []).append(answer)
    return [(tuple(answers), *box) for rests, answers in alike.items() for box in _boxes(rests)]


def apply_change(answers: Answers, change: Change) -> dict[QuestionId, AnswerId]:
    """The answers once a change is made."""
    after = {**answers}
    for question, answer in change:
        if answer is None:
            after.pop(question, None)
        else:
            after[question] = answer
    return after


# What ends a clash


@dataclass(frozen=True)
class CorrectionSet:
    """A change after which everything holds; `costs` counts the choices that then show another value."""

    change: Change
    costs: int


def correction_sets(space: CompiledPack, outcome: Outcome, conflict: Conflict) -> tuple[CorrectionSet, ...]:
    """The ways out of a conflict, the most useful first.

    Each changes a smallest set of questions (none can be spared) so that nothing clashes any
    more in all that hangs together with it. Fewer changes come first, then those that leave
    more of what is shown, then those that leave no question open.
    """
    answers = dict(outcome.answers)
    sea = next((c.sea for c in _charts(space, True) if set(conflict.answers) & {q.id for q in c.sea.questions}), None)
    if sea is None:
        return ()
    inside = {question.id for question in sea.questions}
    cores = [other.answers for other in outcome.conflicts if set(other.answers) & inside]
    standing = {c.choice: c.value for c in outcome.choices if c.status is not Status.CONFLICT}

    def holds(change: Change) -> bool:
        after = apply_change(answers, change)
        return all(solve(island, after).must for island in sea.islands)

    def repair(change: Change) -> CorrectionSet:
        after = shown_values(space, apply_change(answers, change))
        return CorrectionSet(change, sum(after[choice] != value for choice, value in standing.items()))

    found = [
        repair(change)
        for questions in hitting_sets(cores)
        if set(questions) & set(conflict.answers)
        for change in _alternatives(space, answers, questions)
        if holds(change)
    ]
    return tuple(sorted(found, key=lambda r: (len(r.change), r.costs, sum(answer is None for _, answer in r.change))))


def _alternatives(space: CompiledPack, answers: Answers, questions: Sequence[QuestionId]) -> Iterator[Change]:
    """Every way to change all of some answers; where there are too many, to leave them open."""
    each = [[*(a.id for a in space.pack.question_by_id[q].answers if a.id != answers[q]), None] for q in questions]
    tried = 1
    for options in each:
        tried *= len(options)
    ways = product(*each) if tried <= _MOST_TRIED else [(None,) * len(questions)]
    for way in ways:
        yield tuple(zip(questions, way, strict=True))


# What is shown, without the reasons


def shown_values(space: CompiledPack, answers: Answers) -> ShownValues:
    """What each choice shows; nothing where answers clash or leave it open."""
    values: dict[PartId, ValueId | None] = {}
    for island in space.subproblems:
        rows = solve(island, answers).final
        for part in island.parts:
            possible = island.possible(rows, part) if rows else ()
            values[part.id] = possible[0] if len(possible) == 1 else None
    return {choice.id: _shown(choice, values) for choice in space.pack.choices}


def _shown(choice: Choice, values: Mapping[PartId, ValueId | None]) -> tuple[ValueId, ...]:
    speaking = [value for part in choice.parts if (value := values[part.id]) != ABSENT]
    if not choice.multi_valued:
        speaking = speaking[:1]
    return tuple(value for value in speaking if value is not None)
