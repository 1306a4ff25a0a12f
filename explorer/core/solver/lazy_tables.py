"""Compiles the lookup tables of a pack when they are first needed, once for all threads."""

from __future__ import annotations

from functools import cached_property
from threading import Lock

from explorer.core.decision_diagram.codec import UnusableTablesError, decode, encode
from explorer.core.decision_diagram.compiler import (
    Tables,
    TooEntangledError,
    compile_satisfiability,
    compile_tables,
    variable_levels,
)
from explorer.core.decision_diagram.diagram import DEFAULT_BUDGET, Diagrams, Progress
from explorer.core.model.pack import Pack
from explorer.core.solver.lookup import LookAheadError, LookupTables, RuleProblem


class LazyTables:
    """The lookup tables of one pack: compiled on demand, or taken from bytes that an earlier run saved.

    `budget` limits the diagram nodes that a compilation may create.
    """

    def __init__(self, pack: Pack, rules: RuleProblem, budget: int = DEFAULT_BUDGET) -> None:
        self.pack, self.rules = pack, rules
        self._budget = budget
        self._lock = Lock()
        self._found: LookupTables | LookAheadError | None = None

    @property
    def ready(self) -> bool:
        """Whether a compilation has ended, or a saved one was loaded."""
        return self._found is not None

    def get(self, progress: Progress | None = None) -> LookupTables:
        """The tables; LookAheadError when they exceed the budget.

        A call that needs to compile takes up to several seconds; `progress` cancels it by raising.
        """
        if self._found is None:
            with self._lock:
                if self._found is None:
                    self._found = self._compile(progress)
        if isinstance(self._found, LookAheadError):
            raise self._found
        return self._found

    def _compile(self, progress: Progress | None) -> LookupTables | LookAheadError:
        try:
            return self._named(compile_tables(self.rules.problem, self.levels, self._budget, progress))
        except TooEntangledError as error:
            return LookAheadError(self.pack, self.rules, error)

    def _named(self, tables: Tables) -> LookupTables:
        return LookupTables(self.pack, self.rules, tables)

    @cached_property
    def levels(self) -> tuple[int, ...]:
        """The level of each variable of the problem."""
        if isinstance(self._found, LookupTables):
            return self._found.tables.level_of
        return variable_levels(self.rules.problem)

    @cached_property
    def satisfiability(self) -> tuple[Diagrams, tuple[int, ...]] | None:
        """For each subproblem where its musts can hold: quickly, as it needs no other table.

        None where even this exceeds the budget.
        """
        if isinstance(self._found, LookupTables):
            return self._found.tables.diagrams, self._found.tables.satisfiable
        try:
            return compile_satisfiability(self.rules.problem, self.levels, self._budget)
        except TooEntangledError:
            return None

    def to_bytes(self, version: str) -> bytes:
        """The compiled tables for `load`, in a later run of the same version."""
        return encode(self.get().tables, self._key(version))

    def load(self, data: bytes, version: str) -> None:
        """Use what `to_bytes` returned; UnusableTablesError when it belongs to other rules or another version."""
        tables = decode(data, self._key(version), self.rules.problem)
        if self.__dict__.get("levels", tables.level_of) != tables.level_of:
            raise UnusableTablesError("another variable order is in use")
        self._found = self._named(tables)

    def _key(self, version: str) -> str:
        return f"{version} {self.rules.problem.key}"
