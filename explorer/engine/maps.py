"""Draws decision maps for the window, remembering what is set out already."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from functools import cached_property
from threading import Lock
from typing import Protocol

from explorer.core.decision_map.map import DecisionMap, Folding, Tree, plant
from explorer.core.decision_map.paths import path
from explorer.core.model.pack import Answers, QuestionId
from explorer.core.solver.constraints import Space
from explorer.layout.decision_map.cards import MapPlacement, set_out
from explorer.layout.text_metrics import Ruler
from explorer.render.decision_map import MapSheet, sheet
from explorer.render.theme import Theme

AT_ONCE = 300
"""A map of no more nodes than this is drawn within a frame, once it is set out."""

_MOST = 40


class Mapper(Protocol):
    """Whom to ask for the decision map; what is asked may be asked in another thread."""

    def sheet(self, answers: Answers, current: QuestionId | None, folding: Folding, theme: str) -> MapSheet:
        """The map under these answers; raises ExplorerError where so much cannot be drawn."""

    def known_sheet(
        self, answers: Answers, current: QuestionId | None, folding: Folding, theme: str
    ) -> MapSheet | None:
        """The map at once, where that takes no longer than a frame."""


class Maps:
    """The mapper of the real application: one space, its tree, and the maps set out so far."""

    def __init__(self, space: Space, themes: Mapping[str, Theme], ruler: Ruler) -> None:
        self._space, self._themes, self._ruler = space, themes, ruler
        self._known: OrderedDict[Folding, MapPlacement] = OrderedDict()
        self._lock = Lock()

    @cached_property
    def _tree(self) -> Tree:
        return plant(self._space)

    def sheet(self, answers: Answers, current: QuestionId | None, folding: Folding, theme: str) -> MapSheet:
        """The map under these answers; TooManyNodesError where so much cannot be drawn."""
        with self._lock:  # what the tree remembers is not for two threads at once
            placement = self._known.get(folding)
            if placement is None:
                placement = self._known[folding] = set_out(self._tree.map(folding), self._ruler)
                while len(self._known) > _MOST:
                    self._known.popitem(last=False)
        return self._drawn(placement, answers, current, theme)

    def known_sheet(
        self, answers: Answers, current: QuestionId | None, folding: Folding, theme: str
    ) -> MapSheet | None:
        """The map at once, where it is set out and small."""
        placement = self._known.get(folding)
        if placement is None or len(placement.cards) > AT_ONCE:
            return None
        return self._drawn(placement, answers, current, theme)

    def _drawn(
        self, placement: MapPlacement, answers: Answers, current: QuestionId | None, theme: str
    ) -> MapSheet:
        shown: DecisionMap = placement.shown
        return sheet(placement, path(shown, answers, current), self._themes[theme], self._ruler)
