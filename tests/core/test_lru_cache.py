"""The LRU cache keeps the most recently used entries and stays within its capacity."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from explorer.core.lru_cache import LruCache


def test_a_missing_key_has_no_value():
    assert LruCache[str, int](1).get("missing") is None


def test_the_least_recently_used_entry_is_dropped_first():
    cache = LruCache[str, int](2)
    cache.put("old", 1)
    cache.put("used", 2)
    cache.get("old")
    cache.put("new", 3)
    assert (cache.get("old"), cache.get("used"), cache.get("new")) == (1, None, 3)


def test_storing_a_key_again_replaces_its_value():
    cache = LruCache[str, int](2)
    cache.put("key", 1)
    cache.put("key", 2)
    assert cache.get("key") == 2
    assert len(cache) == 1


def test_clear_drops_all_entries():
    cache = LruCache[str, int](2)
    cache.put("key", 1)
    cache.clear()
    assert len(cache) == 0


def test_a_capacity_below_one_is_refused():
    with pytest.raises(ValueError, match="capacity"):
        LruCache[str, int](0)


def test_threads_share_one_cache_without_exceeding_its_capacity():
    cache = LruCache[int, int](8)

    def work(start: int) -> None:
        for number in range(start, start + 2_000):
            cache.put(number % 20, number)
            cache.get((number + 7) % 20)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(0, 8_000, 2_000)))
    assert len(cache) == 8
