"""What was worked out lately, so that it need not be worked out again."""

from __future__ import annotations

from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class LruCache(Generic[K, V]):
    """The answers used last, at most so many; any thread may ask and add.

    >>> known = Known(2)
    >>> for number in (1, 2, 3):
    ...     known.keep(number, number * number)
    >>> known.get(1), known.get(3)
    (None, 9)
    """

    def __init__(self, most: int) -> None:
        self._capacity = most
        self._entries: dict[K, V] = {}
        self._lock = Lock()

    def get(self, key: K) -> V | None:
        """The answer to a key, None when it is not known (any longer)."""
        with self._lock:
            if key not in self._entries:
                return None
            answer = self._entries.pop(key)
            self._entries[key] = answer
            return answer

    def put(self, key: K, answer: V) -> None:
        """Remember an answer; the one unused for longest is forgotten for it."""
        with self._lock:
            self._entries.pop(key, None)
            self._entries[key] = answer
            if len(self._entries) > self._capacity:
                del self._entries[next(iter(self._entries))]
