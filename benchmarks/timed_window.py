"""Child process: opens Berth's window and prints when it is usable."""

from __future__ import annotations

import sys
from pathlib import Path
from time import perf_counter

STARTED = perf_counter()
MAIN = Path(__file__).resolve().parents[1] / "main.py"
STAGES = {
    "explorer.storage.packs.compiled:load_pack": "load the pack",
    "explorer.storage.packs.compiled_cache:compile_pack": "compile the pack",
    "explorer.app:build_main_window": "build the window",
    "explorer.engine.pack_engine:decide": "decide",
    "explorer.engine.pack_engine:irrelevant_questions": "relevance",
    "explorer.engine.pack_engine:explain": "explanation",
    "explorer.layout.architecture.cache:layout_architecture": "layout without Graphviz (thread)",
    "explorer.layout.graphviz.process:Graphviz.run": "Graphviz (thread)",
    "explorer.ui.diagram.canvas:Canvas.show_picture": "scene",
}


def main() -> int:
    """Open the real window as a user does, and print stage times after its canvas has painted the diagram."""
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication  # noqa: F401 (counts as part of importing Qt)

    qt_imported = perf_counter() - STARTED
    from benchmarks.empty_window import report_when_usable
    from benchmarks.timing import Profiler, patched
    from explorer import app
    from explorer.render.picture import Picture
    from explorer.ui.diagram.canvas import Canvas

    berth_imported = perf_counter() - STARTED - qt_imported
    profiler = Profiler()

    class ReportingCanvas(Canvas):
        has_picture = is_painted = False

        def show_picture(self, picture: Picture) -> None:
            super().show_picture(picture)
            self.has_picture = True

        def paintEvent(self, event: QPaintEvent) -> None:
            super().paintEvent(event)
            if self.has_picture and not self.is_painted:
                self.is_painted = True
                report_when_usable({"import Qt": qt_imported, "import Berth": berth_imported, **profiler.take()})

    arguments = sys.argv[1:]
    sys.argv = [str(MAIN), *arguments]
    with profiler.profile(STAGES), patched({"explorer.app:Canvas": lambda _: ReportingCanvas}):
        if not MAIN.exists():
            return app.main(*arguments[:1])
        import runpy

        runpy.run_path(str(MAIN), run_name="__main__")
    return 0


if __name__ == "__main__":
    sys.exit(main())
