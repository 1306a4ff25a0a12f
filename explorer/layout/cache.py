"""Layouts that are known already: each architecture is placed once."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from explorer.core.architecture import Architecture
from explorer.layout.place import Placer, place
from explorer.layout.placement import Placement
from explorer.layout.ruler import Ruler

MOST = 400


class Layouts:
    """Places architectures with one ruler and one program; may be asked from several threads."""

    def __init__(self, ruler: Ruler, placer: Placer, most: int = MOST) -> None:
        self._ruler, self._placer, self._most = ruler, placer, most
        self._known: OrderedDict[Architecture, Placement] = OrderedDict()
        self._lock = Lock()

    def known(self, architecture: Architecture) -> Placement | None:
        """The placement of an architecture that was placed before, at once."""
        with self._lock:
            found = self._known.get(architecture)
            if found is not None:
                self._known.move_to_end(architecture)
            return found

    def placement(self, architecture: Architecture) -> Placement:
        """The placement of an architecture; LayoutError when the layout program fails."""
        found = self.known(architecture)
        if found is None:
            found = place(architecture, self._ruler, self._placer)
            with self._lock:
                self._known[architecture] = found
                while len(self._known) > self._most:
                    self._known.popitem(last=False)
        return found
