"""Thread-safe LRU cache: holds a bounded number of values and drops the least recently used one."""

from __future__ import annotations

from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class LruCache(Generic[K, V]):
    """Maps keys to values, with a limit on the number of entries.

    A lock guards every access, so threads can share one cache. Two threads that miss the same key
    both compute the value; the last one stored wins.

    >>> cache = LruCache(capacity=2)
    >>> for number in (1, 2, 3):
    ...     cache.put(number, number * number)
    >>> cache.get(1), cache.get(3)
    (None, 9)
    """

    def __init__(self, capacity: int) -> None:
        if capacity < 1:
            raise ValueError(f"an LRU cache needs a capacity of at least 1, not {capacity}")
        self._capacity = capacity
        self._entries: dict[K, V] = {}
        self._lock = Lock()

    def __len__(self) -> int:
        """The number of entries in the cache."""
        with self._lock:
            return len(self._entries)

    def get(self, key: K) -> V | None:
        """Return the value of a key and mark it as recently used; None if the cache does not hold it."""
        with self._lock:
            if key not in self._entries:
                return None
            value = self._entries.pop(key)
            self._entries[key] = value
            return value

    def put(self, key: K, value: V) -> None:
        """Store a value; if the cache is full, drop the entry that was not used for the longest time."""
        with self._lock:
            self._entries.pop(key, None)
            self._entries[key] = value
            if len(self._entries) > self._capacity:
                del self._entries[next(iter(self._entries))]

    def clear(self) -> None:
        """Drop all entries."""
        with self._lock:
            self._entries.clear()
