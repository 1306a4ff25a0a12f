"""Layout cache: lays out each architecture once for each page shape."""

from __future__ import annotations

from explorer.core.lru_cache import LruCache
from explorer.core.model.architecture import Architecture
from explorer.layout.architecture.place import layout_architecture
from explorer.layout.geometry import Placement
from explorer.layout.graphviz.process import LayoutEngine
from explorer.layout.page import NATURAL_SHAPE, PageShape
from explorer.layout.text_metrics import TextMetrics

DEFAULT_CAPACITY = 400


class LayoutCache:
    """Lays out architectures with one text metrics and one layout engine; threads can share it."""

    def __init__(self, metrics: TextMetrics, engine: LayoutEngine, capacity: int = DEFAULT_CAPACITY) -> None:
        self._metrics, self._engine = metrics, engine
        self._cache: LruCache[tuple[Architecture, PageShape], Placement] = LruCache(capacity)

    def cached(self, architecture: Architecture, shape: PageShape = NATURAL_SHAPE) -> Placement | None:
        """Return the placement if it is in the cache, else None."""
        return self._cache.get((architecture, shape))

    def place(self, architecture: Architecture, shape: PageShape = NATURAL_SHAPE) -> Placement:
        """Return the placement of an architecture; LayoutError if the layout engine fails."""
        placement = self.cached(architecture, shape)
        if placement is None:
            placement = layout_architecture(architecture, self._metrics, self._engine, shape)
            self._cache.put((architecture, shape), placement)
        return placement
