"""Keeps the comparison of two scenarios in step with the session; it is worked out only where it is seen."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from explorer.core.errors import ExplorerError
from explorer.core.model.pack import Pack
from explorer.core.session import scenarios as edit
from explorer.core.session.scenarios import Scenario, Scenarios
from explorer.core.session.session import SavedSession
from explorer.core.session.walk import Walk
from explorer.core.session.workspace import Change
from explorer.engine.preview_protocol import Comparison
from explorer.engine.protocols import Desk
from explorer.export.request.build import carried, of_comparison
from explorer.export.request.request import Kind, Options, Request
from explorer.qt.painter import Icons
from explorer.ui.compare.compare_view import HERE, CompareView
from explorer.ui.document.session_store import Session
from explorer.ui.export.export_source import Scene
from explorer.ui.shell.view_tabs import Views
from explorer.ui.theme.theme_manager import Dress
from explorer.ui.widgets.zoom_view import ZoomView
from explorer.ui.workers.workers import Latest

log = logging.getLogger(__name__)


class Comparing(QObject):
    """Draws the two scenarios that the session compares, and edits what is pinned."""

    failed = Signal(str)
    wide = True

    def __init__(self, desk: Desk, session: Session, dress: Dress, views: Views) -> None:
        super().__init__(views)
        self._desk, self._session, self._dress, self._views = desk, session, dress, views
        self.page = CompareView(Icons())
        self._latest = Latest(self)
        self._latest.done.connect(self._show)
        self._latest.failed.connect(self._report)
        self._latest.crashed.connect(self._report_crash)
        session.rearranged.connect(self._show_scenarios)
        views.changed.connect(self._entered)
        page = self.page
        page.pinned.connect(self._pin)
        page.swapped.connect(self._swap)
        for side in (page.left, page.right):
            side.renamed.connect(self._rename)
            side.removed.connect(self._remove)
        page.left.chosen.connect(self._put_left)
        page.right.chosen.connect(self._put_right)
        page.show_scenarios(session.scenarios)

    @property
    def zoomed(self) -> ZoomView:
        """The two diagrams."""
        return self.page.canvas

    @property
    def scene(self) -> Scene | None:
        """Both diagrams with their table."""
        shown = self.page.comparison
        if shown is None:
            return None
        draw = partial(self._desk.scout.comparison, *self._pair())
        request = partial(_request, draw, self._desk.pack, self._session.fitted)
        return Scene(Kind.PICTURE, shown.title, request)

    def _pair(self) -> tuple[Scenario, Scenario]:
        scenarios = self._session.scenarios
        here = Scenario(HERE, self._session.workspace.answers)
        return scenarios.named(scenarios.left, here), scenarios.named(scenarios.right, here)

    def follow(self, change: Change, _walk: Walk) -> None:
        """The session has changed."""
        if change & Change.ANSWERS:
            self._turned(self._views.current)

    def wear(self, _scale: float) -> None:
        """Take the colours of the theme."""
        attire = self._dress.attire
        self.page.canvas.show_colours(attire.canvas)
        self.page.show_colours(attire.window)
        self._turned(self._views.current)

    def look_for(self) -> bool:
        """There is nothing to search."""
        return False

    def close(self) -> None:
        """Leave no work behind."""
        self._latest.close()

    def _entered(self, view: QWidget) -> None:
        """Another view is shown; a comparison of a scenario with itself would say nothing."""
        if view is self.page:
            here = Scenario(HERE, self._session.workspace.answers)
            self._become(edit.told_apart(self._session.scenarios, here))
        self._turned(view)

    def _turned(self, view: QWidget) -> None:
        if view is not self.page:
            return
        pair = self._pair()
        known = self._desk.scout.known_comparison(*pair, self._dress.theme)
        if known is None:
            self._latest.request(partial(self._desk.scout.comparison, *pair, self._dress.theme))
        else:
            self._latest.drop()
            self._show(known)

    def _show(self, comparison: Comparison) -> None:
        self.page.show_comparison(comparison)

    def _show_scenarios(self) -> None:
        self.page.show_scenarios(self._session.scenarios)
        self._turned(self._views.current)

    def _report(self, error: ExplorerError) -> None:
        self.failed.emit(str(error))

    def _report_crash(self, error: Exception) -> None:
        log.error("The comparison could not be drawn.", exc_info=error)
        self.failed.emit("The comparison could not be drawn, so the last one stands.")

    # What is compared

    def _pin(self) -> None:
        self._session.pin(self._desk.scout.title(self._session.workspace.answers))

    def _swap(self) -> None:
        self._become(edit.swap(self._session.scenarios))

    def _rename(self, name: str, wanted: str) -> None:
        self._become(edit.rename(self._session.scenarios, name, wanted))

    def _remove(self, name: str) -> None:
        self._become(edit.remove(self._session.scenarios, name))

    def _put_left(self, name: str) -> None:
        self._become(edit.put(self._session.scenarios, left=name))

    def _put_right(self, name: str) -> None:
        self._become(edit.put(self._session.scenarios, right=name))

    def _become(self, after: Scenarios) -> None:
        self._session.rearrange(after)


def _request(draw: Callable[[str], Comparison], pack: Pack, saved: SavedSession, options: Options) -> Request:
    compared = draw(options.theme)
    session = carried(pack, saved) if options.session else ""
    return of_comparison(compared.title, compared.slide, compared.description, options, session)
