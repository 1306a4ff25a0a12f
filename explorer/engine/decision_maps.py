"""Decision maps of one pack: builds, lays out and draws them, and caches their layouts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from threading import Lock

from explorer.core.decision_map.map import DecisionMapBuilder, FoldState
from explorer.core.decision_map.paths import highlight_path
from explorer.core.lru_cache import LruCache
from explorer.core.model.pack import Answers, QuestionId
from explorer.core.solver.constraints import CompiledPack
from explorer.layout.decision_map.cards import MapPlacement, layout_decision_map
from explorer.layout.text_metrics import TextMetrics
from explorer.render.decision_map import DrawnMap, draw_map
from explorer.render.theme import Theme

MAX_SYNCHRONOUS_NODES = 300
"""The largest map that is drawn within a frame, in nodes, if its layout is cached."""

_MAX_CACHED_LAYOUTS = 40


class DecisionMaps:
    """Draws the decision map of one pack. Any thread may call it."""

    def __init__(self, compiled: CompiledPack, themes: Mapping[str, Theme], text_metrics: TextMetrics) -> None:
        self._compiled, self._themes, self._text_metrics = compiled, themes, text_metrics
        self._layouts: LruCache[FoldState, MapPlacement] = LruCache(_MAX_CACHED_LAYOUTS)
        self._lock = Lock()  # the map builder caches nodes and is not thread-safe

    @cached_property
    def _builder(self) -> DecisionMapBuilder:
        return DecisionMapBuilder(self._compiled)

    def draw(self, answers: Answers, current: QuestionId | None, fold_state: FoldState, theme: str) -> DrawnMap:
        """Return the map with the path of these answers; MapTooLargeError if it has too many nodes to draw."""
        with self._lock:
            placement = self._layouts.get(fold_state)
            if placement is None:
                placement = layout_decision_map(self._builder.build(fold_state), self._text_metrics)
                self._layouts.put(fold_state, placement)
        return self._compose(placement, answers, current, theme)

    def cached_map(
        self, answers: Answers, current: QuestionId | None, fold_state: FoldState, theme: str
    ) -> DrawnMap | None:
        """Return the map if its layout is cached and it draws within a frame, else None."""
        placement = self._layouts.get(fold_state)
        if placement is None or len(placement.cards) > MAX_SYNCHRONOUS_NODES:
            return None
        return self._compose(placement, answers, current, theme)

    def _compose(self, placement: MapPlacement, answers: Answers, current: QuestionId | None, theme: str) -> DrawnMap:
        path = highlight_path(placement.decision_map, answers, current)
        return draw_map(placement, path, self._themes[theme], self._text_metrics)
