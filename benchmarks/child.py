"""A process that opens Berth's window, and says when it can be used."""

from __future__ import annotations

import sys
from pathlib import Path
from time import perf_counter

STARTED = perf_counter()
MAIN = Path(__file__).resolve().parents[1] / "main.py"
STAGES = {
    "explorer.storage.packs.compiled:load_pack": "pack",
    "explorer.storage.packs.compiled:prepare": "space",
    "explorer.app:build": "window built",
    "explorer.core.solver.decide:_island_outcome": "decide",
    "explorer.engine.pack_engine:passed_over": "relevance",
    "explorer.engine.pack_engine:brief": "briefing",
    "explorer.layout.lru_cache:place": "layout around the program (beside)",
    "explorer.layout.architecture.place:lay_out": "layout around the program (beside)",
    "explorer.layout.graphviz.process:Graphviz.run": "the layout program (beside)",
    "explorer.ui.diagram.canvas:Canvas.show_picture": "scene",
}


def berth() -> int:
    """The real window, by the way that a person takes, watched until its canvas has painted the diagram."""
    from explorer.qt.startup import import_qt

    import_qt()
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication  # noqa: F401 - so that Qt's share of the imports is known

    qt_imported = perf_counter() - STARTED
    from benchmarks.clock import Clock, swapped
    from benchmarks.empty_window import used_from_now_on
    from explorer import app
    from explorer.render.picture import Picture
    from explorer.ui.diagram.canvas import Canvas

    imported = perf_counter() - STARTED - qt_imported
    clock = Clock()

    class Watched(Canvas):
        has_picture = painted = False

        def show_picture(self, picture: Picture) -> None:
            super().show_picture(picture)
            self.has_picture = True

        def paintEvent(self, event: QPaintEvent) -> None:
            super().paintEvent(event)
            if self.has_picture and not self.painted:
                self.painted = True
                used_from_now_on({"importing Qt": qt_imported, "importing Berth": imported, **clock.taken()})

    words = sys.argv[1:]
    sys.argv = [str(MAIN), *words]
    with clock.watching(STAGES), swapped({"explorer.app:Canvas": Watched}):
        if not MAIN.exists():
            return app.main(*words[:1])
        import runpy

        runpy.run_path(str(MAIN), run_name="__main__")
    return 0


if __name__ == "__main__":
    sys.exit(berth())
