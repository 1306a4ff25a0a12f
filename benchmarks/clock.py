"""Times: medians of things done in turn, and where the time of one of them goes."""

from __future__ import annotations

import importlib
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from functools import partial, wraps
from statistics import median
from time import perf_counter
from typing import Any

Work = Callable[[], object]


def seconds(work: Work) -> float:
    """How long it takes once."""
    start = perf_counter()
    work()
    return perf_counter() - start


def in_turn(rounds: int, works: Mapping[str, Work]) -> dict[str, float]:
    """The median time of each, measured by turns so that a busy machine slows all alike."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            times[name].append(seconds(work))
    return {name: median(found) for name, found in times.items()}


@contextmanager
def swapped(others: Mapping[str, Any], *, made: bool = False) -> Iterator[None]:
    """Put others in the place of what stands at `module:name` or `module:class.name`, for a while.

    Those `made` out of what stands there are given as functions of it, and left out where nothing does.
    """
    before: list[tuple[object, str, object]] = []
    try:
        for where, other in others.items():
            home, name = _home(where)
            was = getattr(home, name, None) if made else getattr(home, name)
            if was is not None:
                before.append((home, name, was))
                setattr(home, name, other(was) if made else other)
        yield
    finally:
        for home, name, was in reversed(before):
            setattr(home, name, was)


def _home(where: str) -> tuple[object, str]:
    """What a name stands in, and the name."""
    module, _, path = where.partition(":")
    *steps, name = path.split(".")
    home: object = importlib.import_module(module)
    for step in steps:
        home = getattr(home, step, None)
    return home, name


class Clock:
    """Adds up how long the watched functions take, each without those that it calls."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}
        self._here = threading.local()

    def watching(self, functions: Mapping[str, str]) -> AbstractContextManager[None]:
        """Watch functions, each under its label; one that is not there counts where it is called."""
        return swapped({where: partial(self._watched, label) for where, label in functions.items()}, view_created=True)

    def _watched(self, label: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def timed(*arguments: Any, **named: Any) -> Any:
            stack: list[float] = self._here.__dict__.setdefault("stack", [])
            stack.append(0.0)
            start = perf_counter()
            try:
                return function(*arguments, **named)
            finally:
                whole = perf_counter() - start
                self.spent[label] = self.spent.get(label, 0.0) + whole - stack.pop()
                if stack:
                    stack[-1] += whole

        return timed

    def taken(self) -> dict[str, float]:
        """What was added up since the last time this was asked."""
        spent, self.spent = self.spent, {}
        return spent


def medians(samples: list[dict[str, float]]) -> list[tuple[str, float]]:
    """The median of each part over all samples."""
    names = dict.fromkeys(name for sample in samples for name in sample)
    return [(name, median(sample.get(name, 0.0) for sample in samples)) for name in names]
