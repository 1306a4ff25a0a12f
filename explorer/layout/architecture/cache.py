"""The layouts that are known already: each architecture is placed once."""

from __future__ import annotations

from explorer.core.model.architecture import Architecture
from explorer.layout.architecture.place import Placer, place
from explorer.layout.geometry import Placement
from explorer.layout.lru_cache import Known
from explorer.layout.page import NATURAL, Shape
from explorer.layout.text_metrics import Ruler

MOST = 400


class Layouts:
    """Places architectures with one ruler and one program; may be asked from several threads."""

    def __init__(self, ruler: Ruler, placer: Placer, most: int = MOST) -> None:
        self._ruler, self._placer = ruler, placer
        self._known: Known[tuple[Architecture, Shape], Placement] = Known(most)

    def known(self, architecture: Architecture, shape: Shape = NATURAL) -> Placement | None:
        """The placement of an architecture that was placed before, at once."""
        return self._known.get((architecture, shape))

    def placement(self, architecture: Architecture, shape: Shape = NATURAL) -> Placement:
        """The placement of an architecture; LayoutError when the layout program fails."""
        found = self.known(architecture, shape)
        if found is None:
            found = place(architecture, self._ruler, self._placer, shape)
            self._known.keep((architecture, shape), found)
        return found
