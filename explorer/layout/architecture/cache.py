"""The layouts that are known already: each architecture is placed once."""

from __future__ import annotations

from explorer.core.lru_cache import LruCache
from explorer.core.model.architecture import Architecture
from explorer.layout.architecture.place import LayoutEngine, layout_architecture
from explorer.layout.geometry import Placement
from explorer.layout.page import NATURAL_SHAPE, PageShape
from explorer.layout.text_metrics import TextMetrics

DEFAULT_CAPACITY = 400


class LayoutCache:
    """Places architectures with one ruler and one program; may be asked from several threads."""

    def __init__(self, ruler: TextMetrics, placer: LayoutEngine, most: int = DEFAULT_CAPACITY) -> None:
        self._metrics, self._engine = ruler, placer
        self._cache: LruCache[tuple[Architecture, PageShape], Placement] = LruCache(most)

    def cached(self, architecture: Architecture, shape: PageShape = NATURAL_SHAPE) -> Placement | None:
        """The placement of an architecture that was placed before, at once."""
        return self._cache.get((architecture, shape))

    def place(self, architecture: Architecture, shape: PageShape = NATURAL_SHAPE) -> Placement:
        """The placement of an architecture; LayoutError when the layout program fails."""
        found = self.cached(architecture, shape)
        if found is None:
            found = layout_architecture(architecture, self._metrics, self._engine, shape)
            self._cache.put((architecture, shape), found)
        return found
