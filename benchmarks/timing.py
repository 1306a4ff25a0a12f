"""Timing: medians of interleaved runs, and a profile of selected functions."""

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


def time_once(work: Work) -> float:
    """Return the duration of one call, in seconds."""
    start = perf_counter()
    work()
    return perf_counter() - start


def interleaved_medians(rounds: int, works: Mapping[str, Work]) -> dict[str, float]:
    """Return the median duration of each work; runs alternate, so that a busy machine affects all equally."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            times[name].append(time_once(work))
    return {name: median(found) for name, found in times.items()}


@contextmanager
def patched(wrappers: Mapping[str, Callable[[Any], Any]]) -> Iterator[None]:
    """Replace the object at each `module:name` or `module:class.name` by `wrapper(object)`, temporarily.

    A name that does not exist raises AttributeError, so that a rename is noticed.
    """
    originals: list[tuple[object, str, object]] = []
    try:
        for path, wrapper in wrappers.items():
            owner, name = resolve(path)
            original = getattr(owner, name)
            originals.append((owner, name, original))
            setattr(owner, name, wrapper(original))
        yield
    finally:
        for owner, name, original in reversed(originals):
            setattr(owner, name, original)


def resolve(path: str) -> tuple[object, str]:
    """Return the owner (module or class) of a `module:name` path, and the last name."""
    module, _, attributes = path.partition(":")
    *classes, name = attributes.split(".")
    owner: object = importlib.import_module(module)
    for each in classes:
        owner = getattr(owner, each)
    return owner, name


class Profiler:
    """Sums the time of selected functions, each without the selected functions that it calls."""

    def __init__(self) -> None:
        self._totals: dict[str, float] = {}
        self._thread = threading.local()

    def profile(self, functions: Mapping[str, str]) -> AbstractContextManager[None]:
        """Time functions, given as path and label, within a `with` block."""
        return patched({path: partial(self._timed, label) for path, label in functions.items()})

    def _timed(self, label: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def timed(*arguments: Any, **named: Any) -> Any:
            stack: list[float] = self._thread.__dict__.setdefault("stack", [])
            stack.append(0.0)
            start = perf_counter()
            try:
                return function(*arguments, **named)
            finally:
                duration = perf_counter() - start
                self._totals[label] = self._totals.get(label, 0.0) + duration - stack.pop()
                if stack:
                    stack[-1] += duration

        return timed

    def take(self) -> dict[str, float]:
        """Return and reset the totals, in seconds by label."""
        totals, self._totals = self._totals, {}
        return totals


def median_parts(samples: list[dict[str, float]]) -> list[tuple[str, float]]:
    """Return the median of each label over all samples."""
    names = dict.fromkeys(name for sample in samples for name in sample)
    return [(name, median(sample.get(name, 0.0) for sample in samples)) for name in names]
