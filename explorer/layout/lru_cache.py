"""What was worked out lately, so that it need not be worked out again."""

from __future__ import annotations

from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Known(Generic[K, V]):
    """The answers used last, at most so many; any thread may ask and add.

    >>> known = Known(2)
    >>> for number in (1, 2, 3):
    ...     known.keep(number, number * number)
    >>> known.get(1), known.get(3)
    (None, 9)
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._answers: dict[K, V] = {}
        self._lock = Lock()

    def get(self, key: K) -> V | None:
        """The answer to a key, None when it is not known (any longer)."""
        with self._lock:
            if key not in self._answers:
                return None
            answer = self._answers.pop(key)
            self._answers[key] = answer
            return answer

    def keep(self, key: K, answer: V) -> None:
        """Remember an answer; the one unused for longest is forgotten for it."""
        with self._lock:
            self._answers.pop(key, None)
            self._answers[key] = answer
            if len(self._answers) > self._most:
                del self._answers[next(iter(self._answers))]
