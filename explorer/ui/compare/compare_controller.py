"""Compare controller: keeps the comparison of two scenarios in step with the session while it is visible."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from explorer.core.errors import ExplorerError
from explorer.core.model.pack import Pack
from explorer.core.session import scenarios as edit
from explorer.core.session.scenarios import Scenario, Scenarios
from explorer.core.session.session_state import SessionState
from explorer.core.session.workspace import WorkspaceChange
from explorer.engine.comparisons import Comparison
from explorer.engine.open_pack import OpenPack
from explorer.export.request.build import embedded_session, request_for_comparison
from explorer.export.request.request import Options, Request, SubjectKind
from explorer.qt.painter import IconPainter
from explorer.ui.compare.compare_view import CURRENT_ANSWERS, CompareView
from explorer.ui.document.session_store import SessionStore
from explorer.ui.export.export_source import ExportSource
from explorer.ui.shell.messages import Messages
from explorer.ui.shell.view_tabs import ViewTabs
from explorer.ui.theme.theme_manager import ThemeManager
from explorer.ui.widgets.zoom_view import ZoomView
from explorer.ui.workers.workers import LatestOnlyWorker

log = logging.getLogger(__name__)


class CompareController(QObject):
    """Draws the two scenarios that the session compares, and edits the pinned scenarios."""

    needs_full_width = True

    def __init__(
        self,
        open_pack: OpenPack,
        session: SessionStore,
        theme_manager: ThemeManager,
        view_tabs: ViewTabs,
        messages: Messages,
    ) -> None:
        super().__init__(view_tabs)
        self._open_pack, self._session, self._theme_manager = open_pack, session, theme_manager
        self._view_tabs, self._messages = view_tabs, messages
        self.page = CompareView(IconPainter())
        self._worker = LatestOnlyWorker(self)
        self._worker.done.connect(self._show_comparison)
        self._worker.failed.connect(self._report_error)
        self._worker.crashed.connect(self._report_crash)
        session.scenarios_changed.connect(self._show_scenarios)
        view_tabs.view_changed.connect(self._on_view_changed)
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
    def zoom_view(self) -> ZoomView:
        """The two diagrams."""
        return self.page.canvas

    @property
    def export_source(self) -> ExportSource | None:
        """Both diagrams with their table, or None before they are drawn."""
        shown = self.page.comparison
        if shown is None:
            return None
        draw = partial(self._open_pack.comparisons.comparison, *self._compared_scenarios())
        request = partial(_build_request, draw, self._open_pack.pack, self._session.supported_state)
        return ExportSource(SubjectKind.PICTURE, shown.title, request)

    def _compared_scenarios(self) -> tuple[Scenario, Scenario]:
        scenarios = self._session.scenarios
        here = Scenario(CURRENT_ANSWERS, self._session.workspace.answers)
        return scenarios.by_name(scenarios.left, here), scenarios.by_name(scenarios.right, here)

    def refresh(self, change: WorkspaceChange) -> None:
        """Compare again if the comparison is visible and the answers changed."""
        if change & WorkspaceChange.ANSWERS:
            self._update_view(self._view_tabs.current_view)

    def apply_theme(self, _scale: float) -> None:
        """Use the colors of the theme."""
        colors = self._theme_manager.colors
        self.page.canvas.show_colors(colors.canvas)
        self.page.show_colors(colors.window)
        self._update_view(self._view_tabs.current_view)

    def focus_search(self) -> bool:
        """False: the comparison has no search field."""
        return False

    def close(self) -> None:
        """Wait for the worker."""
        self._worker.close()

    def _on_view_changed(self, view: QWidget) -> None:
        """When the comparison opens, choose two different scenarios."""
        if view is self.page:
            here = Scenario(CURRENT_ANSWERS, self._session.workspace.answers)
            self._set_scenarios(edit.ensure_different_sides(self._session.scenarios, here))
        self._update_view(view)

    def _update_view(self, view: QWidget) -> None:
        if view is not self.page:
            return
        pair = self._compared_scenarios()
        cached = self._open_pack.comparisons.cached_comparison(*pair, self._theme_manager.theme)
        if cached is None:
            self._worker.request(partial(self._open_pack.comparisons.comparison, *pair, self._theme_manager.theme))
        else:
            self._worker.cancel()
            self._show_comparison(cached)

    def _show_comparison(self, comparison: Comparison) -> None:
        self.page.show_comparison(comparison)

    def _show_scenarios(self) -> None:
        self.page.show_scenarios(self._session.scenarios)
        self._update_view(self._view_tabs.current_view)

    def _report_error(self, error: ExplorerError) -> None:
        self._messages.error.emit(str(error))

    def _report_crash(self, error: Exception) -> None:
        log.error("Could not draw the comparison.", exc_info=error)
        self._messages.error.emit("Could not draw the comparison. Showing the previous one.")

    # Scenarios

    def _pin(self) -> None:
        self._session.pin(self._open_pack.engine.scenario_title(self._session.workspace.answers))

    def _swap(self) -> None:
        self._set_scenarios(edit.swap(self._session.scenarios))

    def _rename(self, name: str, wanted: str) -> None:
        self._set_scenarios(edit.rename(self._session.scenarios, name, wanted))

    def _remove(self, name: str) -> None:
        self._set_scenarios(edit.remove(self._session.scenarios, name))

    def _put_left(self, name: str) -> None:
        self._set_scenarios(edit.choose_sides(self._session.scenarios, left=name))

    def _put_right(self, name: str) -> None:
        self._set_scenarios(edit.choose_sides(self._session.scenarios, right=name))

    def _set_scenarios(self, after: Scenarios) -> None:
        self._session.set_scenarios(after)


def _build_request(draw: Callable[[str], Comparison], pack: Pack, state: SessionState, options: Options) -> Request:
    comparison = draw(options.theme)
    session = embedded_session(pack, state) if options.session else ""
    return request_for_comparison(comparison.title, comparison.slide, comparison.description, options, session)
