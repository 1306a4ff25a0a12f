"""Solves the rules of a pack for given answers: which combinations of values remain, and which are preferred.

The combinations of a subproblem are a decision diagram over its parts. A must rule is a conjunction with it. A
preference or default is a conjunction as well, followed where some remaining combination fulfills it. The result
is exact, does not depend on the order of the answers, and an added answer only removes combinations.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, reduce
from threading import local
from typing import TYPE_CHECKING

from explorer.core.decision_diagram.compiler import sizes_by_level
from explorer.core.decision_diagram.diagram import (
    FALSE,
    TRUE,
    Diagrams,
    NodeBudgetExceededError,
    NodeTable,
    Progress,
    is_same_function,
)
from explorer.core.decision_diagram.queries import count, values_by_level
from explorer.core.errors import ExplorerError
from explorer.core.lru_cache import LruCache
from explorer.core.model.pack import AnswerId, Answers, ChoiceId, Pack, Part, PartId, QuestionId, Strength, ValueId
from explorer.core.solver.lazy_tables import LazyTables, TableStore
from explorer.core.solver.lookup import LookAheadError, LookupTables, translate
from explorer.core.solver.subproblems import RuleEffect, Subproblem, split_pack

if TYPE_CHECKING:
    from explorer.core.model.outcome import ChoiceOutcome

_MAX_NODES_KEPT = 100_000
_MAX_SOLUTIONS_KEPT = 4_000
_MAX_OUTCOMES_KEPT = 2_000


class SubproblemTooLargeError(ExplorerError):
    """The combinations of one subproblem exceed the node budget."""

    def __init__(self, parts: Iterable[Part]) -> None:
        names = ", ".join(part.label for part in parts)
        super().__init__(
            f"The rules connect these parts in too many ways: {names}. "
            "Write constraints that rule out more values, or rules that connect fewer parts."
        )


@dataclass(frozen=True)
class _EffectNodes:
    """An effect as functions of parts: where it applies, is fulfilled, is broken, and what it permits."""

    applies: int
    fulfilled: int
    broken: int
    permitted: int


@dataclass(frozen=True, eq=False)
class CompiledPack:
    """A pack that is ready for deciding. It is immutable but for its caches, and threads may share it."""

    pack: Pack
    subproblems: tuple[Subproblem, ...]
    lazy_tables: LazyTables
    outcome_cache: LruCache[object, object] = field(default_factory=lambda: LruCache(_MAX_OUTCOMES_KEPT), repr=False)
    last_choices: dict[ChoiceId, ChoiceOutcome] = field(default_factory=dict, repr=False)
    _thread: local = field(default_factory=local, repr=False)

    def lookup_tables(self, progress: Progress | None = None) -> LookupTables:
        """The compiled tables, made when first needed; LookAheadError when the rules are too entangled for them.

        A call that compiles them takes up to several seconds; `progress` cancels it by raising.
        """
        return self.lazy_tables.get(progress)

    def look_ahead_error(self) -> str:
        """Why there are no lookup tables; "" if there are. It compiles them if necessary."""
        try:
            self.lookup_tables()
        except LookAheadError as error:
            return str(error)
        return ""

    @cached_property
    def _base(self) -> tuple[Diagrams, Mapping[RuleEffect, _EffectNodes], Mapping[PartId, int]]:
        """The effects as functions of parts, in an immutable table, and the level of each part."""
        rules, levels = self.lazy_tables.rules, self.lazy_tables.levels
        table = NodeTable(sizes_by_level(rules.problem, levels))
        level_of = {part: levels[number] for part, number in rules.decision_of.items()}
        place = {p.id: {v: i for i, v in enumerate(p.possible_values)} for p in self.pack.parts()}

        def literal(part: PartId, values: frozenset[ValueId]) -> tuple[int, list[int]]:
            return level_of[part], [place[part][value] for value in values]

        nodes: dict[RuleEffect, _EffectNodes] = {}
        for subproblem in self.subproblems:
            for effect in subproblem.effects:
                applies = table.all_of(literal(part, values) for part, values in effect.rule.given)
                target = table.literal(*literal(effect.part, effect.allowed))
                broken = table.difference(applies, target)
                nodes[effect] = _EffectNodes(applies, table.conjoin(applies, target), broken, table.negate(broken))
        diagrams, number = table.freeze(n for e in nodes.values() for n in vars(e).values())
        renumbered = {e: _EffectNodes(*(number[n] for n in vars(found).values())) for e, found in nodes.items()}
        return diagrams, renumbered, level_of

    def clear_caches(self) -> None:
        """Drop recent outcomes, and the recent solutions of the calling thread."""
        self.outcome_cache.clear()
        self.last_choices.clear()
        self._thread.solver = None

    @property
    def solver(self) -> Solver:
        """The solver of the calling thread. Each thread has its own, as solving creates diagram nodes."""
        found: Solver | None = getattr(self._thread, "solver", None)
        if found is None or found.is_full:
            found = self._thread.solver = Solver(*self._base)
        return found


def compile_pack(pack: Pack, store: TableStore | None = None) -> CompiledPack:
    """Prepare a pack for deciding. Lookup tables are compiled when they are first needed, or read from a store."""
    subproblems = split_pack(pack)
    return CompiledPack(pack, subproblems, LazyTables(pack, translate(pack, subproblems), store))


@dataclass(frozen=True, eq=False)
class SolutionSet:
    """A set of combinations of values of one subproblem. It is true unless it is empty."""

    solver: Solver
    subproblem: Subproblem
    node: int

    def __bool__(self) -> bool:
        return self.node != FALSE

    def __eq__(self, other: object) -> bool:
        """Whether both are the same set; a solver may have been replaced by the next one in between."""
        if not isinstance(other, SolutionSet):
            return NotImplemented
        if self.solver is other.solver:
            return self.node == other.node
        return is_same_function(self.solver.table, self.node, other.solver.table, other.node)

    __hash__ = None  # type: ignore[assignment]

    def values(self, part: Part) -> tuple[ValueId, ...]:
        """The values of a part that occur in some combination, in the order of the pack."""
        return self.solver.values(self.subproblem, self.node)[part.id]

    def count(self) -> int:
        """The number of combinations."""
        return self.solver.count(self.subproblem, self.node)

    def meets(self, effect: RuleEffect) -> bool:
        """Whether the conditions of an effect on parts hold in some combination."""
        values = self.solver.values(self.subproblem, self.node)
        several = 0
        for part, wanted in effect.rule.given:
            if wanted.isdisjoint(values[part]):
                return False
            several += len(values[part]) > 1
        if several <= 1:  # the other parts have the same value in every combination
            return self.node != FALSE
        return self.solver.intersects(self.node, self.solver.effects[effect].applies)

    def breaks(self, effect: RuleEffect) -> bool:
        """Whether some combination does not fulfill an effect."""
        return self.solver.intersects(self.node, self.solver.effects[effect].broken)


@dataclass(frozen=True, eq=False)
class SolutionSets:
    """The combinations left after the musts, after the preferences and after the defaults.

    `applied` are the preferences and defaults that removed combinations, `overruled` the active preferences
    that no combination permitted by the musts fulfills.
    """

    must: SolutionSet
    preferred: SolutionSet
    final: SolutionSet
    applied: tuple[RuleEffect, ...]
    overruled: tuple[RuleEffect, ...]


SolutionKey = tuple[Subproblem, bool, tuple[tuple[QuestionId, AnswerId], ...]]


class Solver:
    """Solves subproblems in one thread, and keeps recent solutions and the nodes that they share."""

    def __init__(
        self, base: Diagrams, effects: Mapping[RuleEffect, _EffectNodes], level_of: Mapping[PartId, int]
    ) -> None:
        self.table = NodeTable(base.sizes, base)
        self.effects = effects
        self.level_of = level_of
        self._solutions: dict[SolutionKey, SolutionSets] = {}
        self._values: dict[tuple[Subproblem, int], Mapping[PartId, tuple[ValueId, ...]]] = {}
        self._counts: dict[tuple[Subproblem, int], int] = {}
        self._intersections: dict[tuple[int, int], bool] = {}
        self._permitted: dict[tuple[RuleEffect, ...], int] = {}

    @property
    def is_full(self) -> bool:
        """Whether its caches are full. A new solver then replaces it; its solutions stay valid."""
        kept = len(self._solutions) + len(self._values)
        nodes = self.table.created + len(self._intersections)
        return nodes > _MAX_NODES_KEPT or kept > _MAX_SOLUTIONS_KEPT

    def solve(self, subproblem: Subproblem, answers: Answers, defaults: bool) -> SolutionSets:
        """The solutions of a subproblem, from the recent ones if it was solved before."""
        key = (subproblem, defaults, subproblem.relevant_answers(answers))
        found = self._solutions.get(key)
        if found is None:
            found = self._solutions[key] = self.solve_without(subproblem, answers, defaults, frozenset())
        return found

    def solve_without(
        self, subproblem: Subproblem, answers: Answers, defaults: bool, without: frozenset[RuleEffect]
    ) -> SolutionSets:
        """The solutions of a subproblem with some effects left out."""
        active = [effect for effect in subproblem.active_effects(answers) if effect not in without]
        try:
            return self._apply(subproblem, self._unconditional(subproblem, without), active, defaults)
        except NodeBudgetExceededError as error:
            raise SubproblemTooLargeError(subproblem.parts) from error

    def _unconditional(self, subproblem: Subproblem, without: frozenset[RuleEffect]) -> int:
        """The combinations that the unconditional constraints permit."""
        effects = tuple(effect for effect in subproblem.unconditional_musts if effect not in without)
        found = self._permitted.get(effects)
        if found is None:
            clauses = (self.effects[effect].permitted for effect in effects)
            found = self._permitted[effects] = reduce(self.table.conjoin, clauses, TRUE)
        return found

    def _apply(self, subproblem: Subproblem, must: int, active: Iterable[RuleEffect], defaults: bool) -> SolutionSets:
        table, effects, intersects = self.table, self.effects, self.intersects
        preferences: list[RuleEffect] = []
        defaulted: list[RuleEffect] = []
        for effect in active:
            if effect.rule.strength is Strength.MUST:
                must = table.conjoin(must, effects[effect].permitted)
            elif effect.rule.strength is Strength.PREFER:
                preferences.append(effect)
            else:
                defaulted.append(effect)
        applied: list[RuleEffect] = []
        preferred = self._follow(must, preferences, applied)
        final = self._follow(preferred, defaulted, applied) if defaults else preferred
        overruled = (
            e
            for e in preferences
            if intersects(must, effects[e].applies) and not intersects(must, effects[e].fulfilled)
        )
        return SolutionSets(
            SolutionSet(self, subproblem, must),
            SolutionSet(self, subproblem, preferred),
            SolutionSet(self, subproblem, final),
            tuple(applied),
            tuple(overruled),
        )

    def _follow(self, node: int, soft: Iterable[RuleEffect], applied: list[RuleEffect]) -> int:
        """What remains when soft effects are followed in turn, each where some combination fulfills it."""
        for effect in soft:
            nodes = self.effects[effect]
            if self.intersects(node, nodes.fulfilled):
                kept = self.table.conjoin(node, nodes.permitted)
                if kept != node:
                    applied.append(effect)
                    node = kept
        return node

    def intersects(self, one: int, other: int) -> bool:
        """Whether two sets of combinations have one in common."""
        key = (one, other)
        found = self._intersections.get(key)
        if found is None:
            found = self._intersections[key] = self.table.intersects(one, other)
        return found

    def values(self, subproblem: Subproblem, node: int) -> Mapping[PartId, tuple[ValueId, ...]]:
        """The values of each part that occur in a set of combinations."""
        found = self._values.get((subproblem, node))
        if found is None:
            levels = [self.level_of[part.id] for part in subproblem.parts]
            numbers = values_by_level(self.table, node, levels)
            found = self._values[subproblem, node] = {
                part.id: tuple(part.possible_values[number] for number in numbers[level])
                for part, level in zip(subproblem.parts, levels, strict=True)
            }
        return found

    def count(self, subproblem: Subproblem, node: int) -> int:
        """The number of combinations in a set."""
        found = self._counts.get((subproblem, node))
        if found is None:
            weights = {self.level_of[part.id]: (1,) * len(part.possible_values) for part in subproblem.parts}
            found = self._counts[subproblem, node] = count(self.table, node, weights)
        return found


def solve(
    compiled: CompiledPack,
    subproblem: Subproblem,
    answers: Answers,
    *,
    defaults: bool = True,
    without: frozenset[RuleEffect] = frozenset(),
) -> SolutionSets:
    """The solutions of a subproblem for some answers; SubproblemTooLargeError when they exceed the node budget.

    Without `defaults` the final solutions are the preferred ones. `without` leaves out effects, to look past
    a conflict.
    """
    if without:
        return compiled.solver.solve_without(subproblem, answers, defaults, without)
    return compiled.solver.solve(subproblem, answers, defaults)
