"""Draws decision maps for the window, remembering what is set out already."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from functools import cached_property
from threading import Lock
from typing import Protocol

from explorer.core.decision_map.map import DecisionMap, DecisionMapBuilder, FoldState, create_map_builder
from explorer.core.decision_map.paths import highlight_path
from explorer.core.model.pack import Answers, QuestionId
from explorer.core.solver.constraints import CompiledPack
from explorer.layout.decision_map.cards import MapPlacement, layout_decision_map
from explorer.layout.text_metrics import TextMetrics
from explorer.render.decision_map import DrawnMap, draw_map
from explorer.render.theme import Theme

MAX_SYNCHRONOUS_NODES = 300
"""A map of no more nodes than this is drawn within a frame, once it is set out."""

_MAX_CACHED = 40


class DecisionMaps(Protocol):
    """Whom to ask for the decision map; what is asked may be asked in another thread."""

    def draw(self, answers: Answers, current: QuestionId | None, folding: FoldState, theme: str) -> DrawnMap:
        """The map under these answers; raises ExplorerError where so much cannot be drawn."""

    def cached_map(
        self, answers: Answers, current: QuestionId | None, folding: FoldState, theme: str
    ) -> DrawnMap | None:
        """The map at once, where that takes no longer than a frame."""


class PackMaps:
    """The mapper of the real application: one space, its tree, and the maps set out so far."""

    def __init__(self, space: CompiledPack, themes: Mapping[str, Theme], ruler: TextMetrics) -> None:
        self._compiled, self._themes, self._text_metrics = space, themes, ruler
        self._cache: OrderedDict[FoldState, MapPlacement] = OrderedDict()
        self._lock = Lock()

    @cached_property
    def _builder(self) -> DecisionMapBuilder:
        return create_map_builder(self._compiled)

    def draw(self, answers: Answers, current: QuestionId | None, folding: FoldState, theme: str) -> DrawnMap:
        """The map under these answers; TooManyNodesError where so much cannot be drawn."""
        with self._lock:  # what the tree remembers is not for two threads at once
            placement = self._cache.get(folding)
            if placement is None:
                placement = self._cache[folding] = layout_decision_map(self._builder.build(folding), self._text_metrics)
                while len(self._cache) > _MAX_CACHED:
                    self._cache.popitem(last=False)
        return self._compose(placement, answers, current, theme)

    def cached_map(
        self, answers: Answers, current: QuestionId | None, folding: FoldState, theme: str
    ) -> DrawnMap | None:
        """The map at once, where it is set out and small."""
        placement = self._cache.get(folding)
        if placement is None or len(placement.cards) > MAX_SYNCHRONOUS_NODES:
            return None
        return self._compose(placement, answers, current, theme)

    def _compose(self, placement: MapPlacement, answers: Answers, current: QuestionId | None, theme: str) -> DrawnMap:
        shown: DecisionMap = placement.decision_map
        return draw_map(placement, highlight_path(shown, answers, current), self._themes[theme], self._text_metrics)
