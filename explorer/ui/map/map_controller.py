"""Keeps the decision map in step with the session; it is worked out only where it is seen."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from explorer.core.decision_map.map import FoldState
from explorer.core.decision_map.map import MapNodeKind as NodeKind
from explorer.core.decision_map.paths import shortest_answers_to
from explorer.core.errors import ExplorerError
from explorer.core.model.pack import Pack, QuestionId
from explorer.core.session.session_state import SessionState
from explorer.core.session.walk import Walk
from explorer.core.session.workspace import WorkspaceChange
from explorer.engine.open_pack import OpenPack
from explorer.export.request.build import embedded_session, map_title, request_for_map
from explorer.export.request.request import Options, Request, SubjectKind
from explorer.layout.decision_map.cards import card_title
from explorer.render.decision_map import DrawnMap
from explorer.ui.document.session_store import SessionStore
from explorer.ui.export.export_source import ExportSource
from explorer.ui.map.end_explanation import EndExplainer
from explorer.ui.map.map_painter import PreparedPicture, prepare_picture
from explorer.ui.map.map_pane import MapPane
from explorer.ui.shell.view_tabs import ViewTabs
from explorer.ui.theme.theme_manager import ThemeManager
from explorer.ui.widgets.zoom_view import ZoomView
from explorer.ui.workers.workers import LatestOnlyWorker

log = logging.getLogger(__name__)


class MapController(QObject):
    """Draws the map of the session's answers, folded as the person left it.

    `told` gives the briefing on the end that someone rests on, None when on none any more.
    """

    failed = Signal(str)
    end_explained = Signal(object)
    needs_full_width = False

    def __init__(self, open_pack: OpenPack, session: SessionStore, dress: ThemeManager, views: ViewTabs) -> None:
        super().__init__(views)
        self._open_pack, self._session, self._theme_manager, self._view_tabs = open_pack, session, dress, views
        self.pane = MapPane()
        self.fold_state = FoldState()
        self._requested_fold_state = self.fold_state
        self._current_question: QuestionId | None = None
        self._drawn_map: DrawnMap | None = None
        self._worker = LatestOnlyWorker(self)
        self._worker.done.connect(self._show_map)
        self._worker.failed.connect(self._report_error)
        self._worker.crashed.connect(self._report_crash)
        view = self.pane.view
        view.change_requested.connect(self._apply_change)
        view.question_opened.connect(session.go_to)
        view.fold_requested.connect(self._toggle_fold)
        view.node_hovered.connect(self._explain_end)
        self._end_explainer = EndExplainer(open_pack, self)
        self._end_explainer.explained.connect(self.end_explained)
        views.view_changed.connect(self._on_view_changed)

    @property
    def page(self) -> MapPane:
        """The map with its search."""
        return self.pane

    @property
    def zoom_view(self) -> ZoomView:
        """The map."""
        return self.pane.view

    @property
    def export_source(self) -> ExportSource | None:
        """The map as it is folded."""
        if self._drawn_map is None:
            return None
        pack, saved = self._open_pack.pack, self._session.supported_state
        draw = partial(self._open_pack.engine.maps.draw, saved.answers, self._current_question, self.fold_state)
        return ExportSource(
            SubjectKind.DECISION_MAP,
            map_title(self._drawn_map.decision_map.pack),
            partial(_build_request, draw, pack, saved),
        )

    @property
    def is_shown(self) -> bool:
        """Whether the map is what is shown."""
        return self._view_tabs.current_view is self.pane

    def refresh(self, change: WorkspaceChange, walk: Walk) -> None:
        """The answers have changed, or the question that the walk stands at."""
        self._current_question = walk.current
        self._end_explainer.cancel()
        if self.is_shown and change & (
            WorkspaceChange.ANSWERS | WorkspaceChange.CURRENT_QUESTION | WorkspaceChange.QUESTION_ORDER
        ):
            self.draw()

    def apply_theme(self, scale: float) -> None:
        """Take the colours of the theme, and the size of its text."""
        self.pane.view.show_colors(self._theme_manager.colors.canvas)
        self.pane.view.set_text_scale(scale)
        if self.is_shown:
            self.draw()

    def draw(self) -> None:
        """Draw the map of the answers as they are."""
        workspace = self._session.workspace
        wanted = (
            workspace.answers,
            self._current_question,
            self._requested_fold_state,
            self._theme_manager.theme,
        )
        known = self._open_pack.engine.maps.cached_map(*wanted)
        if known is None:
            self._worker.request(partial(_prepare_map, partial(self._open_pack.engine.maps.draw, *wanted)))
        else:
            self._worker.cancel()
            self._show_map((known, prepare_picture(known.picture)))

    def focus_search(self) -> bool:
        """Bring the keyboard to the search field."""
        self.pane.focus_search()
        return True

    def close(self) -> None:
        """Leave no work behind."""
        self._worker.close()
        self._end_explainer.close()

    def _explain_end(self, node_id: str) -> None:
        shown = self._drawn_map.decision_map if self._drawn_map is not None else None
        node = shown.node_by_id.get(node_id) if shown is not None else None
        if shown is None or node is None or node.kind is NodeKind.QUESTION:
            self._end_explainer.cancel()
            return
        workspace = self._session.workspace
        way = shortest_answers_to(shown, node_id, workspace.answers)
        self._end_explainer.hover(workspace, dict(way), card_title(shown, node))

    def _on_view_changed(self, _view: QWidget) -> None:
        self._end_explainer.cancel()
        if self.is_shown:
            self.draw()
            self.pane.view.setFocus()

    def _apply_change(self, way: tuple[tuple[str, str], ...]) -> None:
        self._session.change(dict(way))

    def _toggle_fold(self, node: str) -> None:
        if self._drawn_map is not None:
            self._requested_fold_state = self._drawn_map.decision_map.toggle_fold(node)
            self.draw()

    def _show_map(self, drawn: tuple[DrawnMap, PreparedPicture]) -> None:
        sheet, made = drawn
        self._drawn_map = sheet
        self.fold_state = self._requested_fold_state = sheet.decision_map.fold_state
        self.pane.show_map(sheet, made)

    def _report_error(self, error: ExplorerError) -> None:
        self._requested_fold_state = self.fold_state
        self.failed.emit(str(error))

    def _report_crash(self, error: Exception) -> None:
        log.error("The decision map could not be drawn.", exc_info=error)
        self._requested_fold_state = self.fold_state
        self.failed.emit("The decision map could not be drawn, so the last one stands.")


def _build_request(draw: Callable[[str], DrawnMap], pack: Pack, saved: SessionState, options: Options) -> Request:
    return request_for_map(draw(options.theme), options, embedded_session(pack, saved) if options.session else "")


def _prepare_map(draw: Callable[[], DrawnMap]) -> tuple[DrawnMap, PreparedPicture]:
    """A map with its picture made ready, both beside the window."""
    sheet = draw()
    return sheet, prepare_picture(sheet.picture)
