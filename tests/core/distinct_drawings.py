"""The distinct outcomes and drawings of a pack, each with the fewest answers that lead to it.

Outcomes without a conflict are complete. Of conflicts there is each minimal one, alone and beside one more answer.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator
from dataclasses import dataclass
from itertools import product
from math import prod

from explorer.core.decision_diagram.diagram import TRUE
from explorer.core.decision_diagram.distinct import assignment, distinct_results, smallest_first
from explorer.core.model.outcome import PartOutcome, Status
from explorer.core.model.pack import Answers, Pack, Part, PartId, ValueCondition, ValueId
from explorer.core.solver.constraints import CompiledPack
from explorer.core.solver.decide import decide
from explorer.core.solver.subproblems import RuleEffect, Subproblem
from explorer.core.verification.outcome_functions import OutcomeFunctions

_MOST = 1_000_000


@dataclass(frozen=True)
class _View:
    """What of a part's outcome tells two drawings apart, and which alternatives of a part can be seen."""

    of: Callable[[PartOutcome], Hashable]
    alternatives: Callable[[Part], Collection[ValueId]]
    parts: frozenset[PartId]


@dataclass(frozen=True)
class DistinctDrawings:
    """The distinct drawings of each cluster, the largest cluster first, each as its fewest answers.

    Clusters share no question, so any answers for one go with any for the others.
    """

    each: tuple[tuple[Answers, ...], ...]

    @property
    def count(self) -> int:
        """How many distinct drawings the whole pack has."""
        return prod(len(answers) for answers in self.each)

    def all(self) -> Iterator[Answers]:
        """Every distinct drawing of the whole pack."""
        return (_merged(answers) for answers in product(*self.each))

    def one_by_one(self) -> Iterator[Answers]:
        """Every drawing of the first cluster by itself, then with each drawing of each other one."""
        for main in self.each[0] if self.each else ():
            yield main
            for others in self.each[1:]:
                yield from (_merged((main, other)) for other in others if other)


def _merged(answers: tuple[Answers, ...]) -> Answers:
    return {question: answer for some in answers for question, answer in some.items()}


def distinct_outcomes(compiled: CompiledPack, *, defaults: bool = True) -> DistinctDrawings:
    """All outcomes that differ in the value, status or alternatives of a part."""
    parts = frozenset(part.id for part in compiled.pack.parts())
    view = _View(
        lambda part: (part.part, part.value, part.status, part.alternatives), lambda part: part.possible_values, parts
    )
    return _distinct(compiled, defaults, view)


def distinct_drawings(compiled: CompiledPack, *, defaults: bool = True) -> DistinctDrawings:
    """All drawings that differ in what stands where: how firmly something is drawn makes no difference."""
    pack = compiled.pack
    ghosts = _ghosts(pack)
    drawn = {part for condition in _conditions(pack) for part, _ in condition}
    texts = " ".join([t for c in pack.components for t in (c.label, c.detail)] + [edge.label for edge in pack.edges])
    drawn |= {part.id for part in pack.parts() if f"{{{part.id}}}" in texts}

    def view(part: PartOutcome) -> Hashable:
        if part.status is Status.CONFLICT:
            return part.part, Status.CONFLICT
        visible = ghosts.get(part.part, set()) if part.status >= Status.DEFAULT else set()
        return part.part, part.value, tuple(value for value in part.alternatives if value in visible)

    return _distinct(compiled, defaults, _View(view, lambda part: ghosts.get(part.id, set()), frozenset(drawn)))


def _conditions(pack: Pack) -> Iterator[ValueCondition]:
    for conditions in (
        *(component.shown_when for component in pack.components),
        *(group.shown_when for group in pack.diagram_groups),
        *(edge.shown_when for edge in pack.edges),
    ):
        yield from conditions


def _ghosts(pack: Pack) -> dict[PartId, set[ValueId]]:
    """The values of each part that a ghost can stand for."""
    found: dict[PartId, set[ValueId]] = {}
    for component in pack.components:
        for condition in component.shown_when if component.can_be_ghost else ():
            for part, values in condition:
                found.setdefault(part, set()).update(values)
    return found


def clusters(compiled: CompiledPack) -> list[list[Subproblem]]:
    """The subproblems in clusters that share no question, the largest cluster first."""
    return [[compiled.subproblems[number] for number in some] for some in compiled.lazy_tables.rules.problem.clusters]


def _distinct(compiled: CompiledPack, defaults: bool, view: _View) -> DistinctDrawings:
    functions = OutcomeFunctions(compiled)
    return DistinctDrawings(
        tuple(_of_cluster(functions, number, defaults, view) for number in range(len(clusters(compiled))))
    )


def cluster_results(functions: OutcomeFunctions, number: int, roots: list[int]) -> dict[int, Answers]:
    """The smallest answers, by their code, for each distinct result of functions without a conflict."""
    levels = _levels(functions, number)
    results = distinct_results(functions.table, roots, levels, _MOST, functions.tables.conflict_free[number])
    return {code: _answers(functions, assignment(levels, code)) for code in sorted(results.values())}


def _levels(functions: OutcomeFunctions, number: int) -> list[int]:
    asked = {question for s in clusters(functions.compiled)[number] for question in s.questions}
    return [functions.lookup.level(question.id) for question in functions.pack.questions if question.id in asked]


def _answers(functions: OutcomeFunctions, values: dict[int, int]) -> Answers:
    return {q: answer for q, answer in functions.lookup.change(values.items()) if answer is not None}


def _of_cluster(functions: OutcomeFunctions, number: int, defaults: bool, view: _View) -> tuple[Answers, ...]:
    compiled = functions.compiled
    members = clusters(compiled)[number]
    inside = view.parts & {part.id for subproblem in members for part in subproblem.parts}
    candidates = cluster_results(functions, number, _telling(functions, members, defaults, view))
    for subproblem, conflict in functions.minimal_conflicts:
        if subproblem in members:
            for question in {q for other in members for q in other.questions} - conflict.keys():
                for answer in compiled.pack.question_by_id[question].answers:
                    more = {**conflict, question: answer.id}
                    candidates.setdefault(_code(functions, number, more), more)
            candidates[_code(functions, number, conflict)] = conflict
    found: dict[Hashable, Answers] = {}
    for _, answers in sorted(candidates.items()):
        outcome = decide(compiled, answers, defaults=defaults)
        key = tuple(view.of(part) for part in outcome.parts() if part.part in inside)
        found.setdefault(key, answers)
    return tuple(found.values())


def _code(functions: OutcomeFunctions, number: int, answers: Answers) -> int:
    return smallest_first(_levels(functions, number), list(functions.lookup.fixed(answers).items()))


def _telling(functions: OutcomeFunctions, members: list[Subproblem], defaults: bool, view: _View) -> list[int]:
    """Functions whose results settle the value, status and alternatives of every part."""
    lookup, table = functions.lookup, functions.table
    final = "final" if defaults else "preferred"
    found: list[int] = []

    def only(part: PartId, values: tuple[ValueId, ...], stage: str) -> int:
        spec, by_value = functions.pack.part_by_id[part], lookup.value_functions(part, stage)
        named = dict(zip(spec.possible_values, by_value, strict=True))
        return table.any_of(
            table.difference(named[value], table.any_of(f for other, f in named.items() if other != value))
            for value in values
        )

    def set_off(effect: RuleEffect) -> int:
        when = TRUE
        for question, wanted in effect.rule.when:
            options = functions.pack.question_by_id[question].answers
            numbers = [n for n, answer in enumerate(options, 1) if answer.id in wanted]
            when = table.conjoin(when, table.literal(lookup.level(question), numbers))
        return when

    for subproblem in members:
        visible = {p.id: view.alternatives(p) if p.id in view.parts else () for p in subproblem.parts}
        for part in subproblem.parts:
            if part.id in view.parts:
                found += lookup.value_functions(part.id, final)
            if visible[part.id]:
                possible = zip(part.possible_values, lookup.value_functions(part.id, "possible"), strict=True)
                found += [function for value, function in possible if value in visible[part.id]]
                found.append(only(part.id, part.possible_values, "possible"))
                found.append(only(part.id, part.possible_values, "preferred"))
        for effect in subproblem.effects:
            if effect.rule.when and effect.part not in effect.rule.excludes and visible[effect.part]:
                part = functions.pack.part_by_id[effect.part]
                asked = table.conjoin(set_off(effect), only(part.id, tuple(effect.allowed), final))
                found.append(table.difference(asked, only(part.id, part.possible_values, "preferred")))
    return list(dict.fromkeys(found))
