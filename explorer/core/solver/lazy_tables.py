"""Compiles the lookup tables of a pack when they are first needed, once for all threads."""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property
from threading import Lock
from typing import Protocol

from explorer.core.decision_diagram.codec import UnusableTablesError, decode, encode
from explorer.core.decision_diagram.compiler import (
    TooEntangledError,
    compile_satisfiability,
    compile_tables,
    variable_levels,
)
from explorer.core.decision_diagram.diagram import DEFAULT_BUDGET, Diagrams, Progress
from explorer.core.model.pack import Pack
from explorer.core.solver.lookup import LookAheadError, LookupTables, RuleProblem


class TableStore(Protocol):
    """Keeps compiled tables between runs; `version` is the version of the program that compiled them."""

    @property
    def version(self) -> str:
        """The version of the program."""
        ...

    def read(self, key: str) -> bytes | None:
        """What was saved under a key; None if there is nothing."""

    def write(self, key: str, data: bytes) -> None:
        """Save what `read` is to return."""


class LazyTables:
    """The lookup tables of one pack: compiled when first needed, or read from a store.

    `budget` limits the diagram nodes that a compilation may create.
    """

    def __init__(
        self, pack: Pack, rules: RuleProblem, store: TableStore | None = None, budget: int | None = None
    ) -> None:
        self.pack, self.rules = pack, rules
        self._store, self._budget = store, DEFAULT_BUDGET if budget is None else budget
        self._lock = Lock()
        self._found: LookupTables | LookAheadError | None = None
        self._levels: tuple[int, ...] | None = None

    @property
    def ready(self) -> bool:
        """Whether `get` returns or raises at once: after a compilation, or with saved tables."""
        if self._levels is None:
            self._open()
        return self._found is not None

    def get(self, progress: Progress | None = None) -> LookupTables:
        """The tables; LookAheadError when they exceed the budget.

        A call that needs to compile takes up to several seconds; `progress` cancels it by raising.
        """
        if self._found is None:
            levels = self.levels
            with self._lock:
                if self._found is None:
                    self._found = self._compile(levels, progress)
        if isinstance(self._found, LookAheadError):
            raise self._found
        return self._found

    def _compile(self, levels: tuple[int, ...], progress: Progress | None) -> LookupTables | LookAheadError:
        try:
            tables = compile_tables(self.rules.problem, levels, self._budget, progress)
        except TooEntangledError as error:
            return LookAheadError(self.pack, self.rules, error)
        if self._store is not None:
            self._store.write(self.rules.problem.key, encode(tables, self._key(self._store.version)))
        return LookupTables(self.pack, self.rules, tables)

    @property
    def levels(self) -> tuple[int, ...]:
        """The level of each variable of the problem. This is where a store is read first."""
        return self._levels or self._open()

    def _open(self) -> tuple[int, ...]:
        with self._lock:
            if self._levels is None:
                self._read_store()
                found = self._found
                self._levels = (
                    found.tables.level_of if isinstance(found, LookupTables) else variable_levels(self.rules.problem)
                )
            return self._levels

    def _read_store(self) -> None:
        data = self._store.read(self.rules.problem.key) if self._store is not None else None
        if self._store is not None and data is not None:
            with suppress(UnusableTablesError):  # then they are compiled again
                self.load(data, self._store.version)

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
        """Use what `to_bytes` returned, before anything else is asked of this pack.

        UnusableTablesError when it belongs to other rules or another version.
        """
        tables = decode(data, self._key(version), self.rules.problem)
        if self._levels not in (None, tables.level_of):
            raise UnusableTablesError("another variable order is in use")
        self._found = LookupTables(self.pack, self.rules, tables)

    def _key(self, version: str) -> str:
        return f"{version} {self.rules.problem.key}"
