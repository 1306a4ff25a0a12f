"""Map controller: keeps the decision map in step with the session while the map is visible."""

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
from explorer.core.explanation.explanation import Explanation
from explorer.core.model.pack import Pack
from explorer.core.session.session_state import SessionState
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
from explorer.ui.questions.current_walk import CurrentWalk
from explorer.ui.shell.messages import Messages
from explorer.ui.shell.view_tabs import ViewTabs
from explorer.ui.theme.theme_manager import ThemeManager
from explorer.ui.widgets.zoom_view import ZoomView
from explorer.ui.workers.workers import LatestOnlyWorker

log = logging.getLogger(__name__)


class MapController(QObject):
    """Draws the decision map of the session's answers and applies what the user does on it.

    `end_explained` sends the explanation of the end under the pointer, `explanation_ended` follows when the
    pointer leaves it.
    """

    end_explained = Signal(Explanation)
    explanation_ended = Signal()
    needs_full_width = False

    def __init__(
        self,
        open_pack: OpenPack,
        session: SessionStore,
        theme_manager: ThemeManager,
        view_tabs: ViewTabs,
        current_walk: CurrentWalk,
        messages: Messages,
    ) -> None:
        super().__init__(view_tabs)
        self._open_pack, self._session, self._theme_manager = open_pack, session, theme_manager
        self._view_tabs, self._current_walk, self._messages = view_tabs, current_walk, messages
        self.pane = MapPane()
        self.fold_state = FoldState()
        self._requested_fold_state = self.fold_state
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
        self._end_explainer.ended.connect(self.explanation_ended)
        view_tabs.view_changed.connect(self._on_view_changed)

    @property
    def page(self) -> MapPane:
        """The map with its search field."""
        return self.pane

    @property
    def zoom_view(self) -> ZoomView:
        """The map."""
        return self.pane.view

    @property
    def export_source(self) -> ExportSource | None:
        """The map with its fold state, or None before it is drawn."""
        if self._drawn_map is None:
            return None
        pack, state = self._open_pack.pack, self._session.supported_state
        current_question = self._current_walk.walk.current
        draw = partial(self._open_pack.engine.maps.draw, state.answers, current_question, self.fold_state)
        return ExportSource(
            SubjectKind.DECISION_MAP,
            map_title(self._drawn_map.decision_map.pack),
            partial(_build_request, draw, pack, state),
        )

    @property
    def is_shown(self) -> bool:
        """Whether the map is the current view."""
        return self._view_tabs.current_view is self.pane

    def refresh(self, change: WorkspaceChange) -> None:
        """Draw the map again if it is visible and the change affects it."""
        self._end_explainer.cancel()
        if self.is_shown and change & (
            WorkspaceChange.ANSWERS | WorkspaceChange.CURRENT_QUESTION | WorkspaceChange.QUESTION_ORDER
        ):
            self.draw()

    def apply_theme(self, scale: float) -> None:
        """Use the colors of the theme, and text that is larger by `scale`."""
        self.pane.view.show_colors(self._theme_manager.colors.canvas)
        self.pane.view.set_text_scale(scale)
        if self.is_shown:
            self.draw()

    def draw(self) -> None:
        """Draw the map of the current answers: immediately if its layout is cached, otherwise in a worker."""
        request = (
            self._session.workspace.answers,
            self._current_walk.walk.current,
            self._requested_fold_state,
            self._theme_manager.theme,
        )
        cached = self._open_pack.engine.maps.cached_map(*request)
        if cached is None:
            self._worker.request(partial(_prepare_map, partial(self._open_pack.engine.maps.draw, *request)))
        else:
            self._worker.cancel()
            self._show_map((cached, prepare_picture(cached.picture)))

    def focus_search(self) -> bool:
        """Move the focus to the search field; always True."""
        self.pane.focus_search()
        return True

    def close(self) -> None:
        """Wait for the workers."""
        self._worker.close()
        self._end_explainer.close()

    def _explain_end(self, node_id: str) -> None:
        decision_map = self._drawn_map.decision_map if self._drawn_map is not None else None
        node = decision_map.node_by_id.get(node_id) if decision_map is not None else None
        if decision_map is None or node is None or node.kind is NodeKind.QUESTION:
            self._end_explainer.cancel()
            return
        workspace = self._session.workspace
        changes: dict[str, str] = dict(shortest_answers_to(decision_map, node_id, workspace.answers))
        self._end_explainer.hover(workspace, changes, card_title(decision_map, node))

    def _on_view_changed(self, _view: QWidget) -> None:
        self._end_explainer.cancel()
        if self.is_shown:
            self.draw()
            self.pane.view.setFocus()

    def _apply_change(self, answers: tuple[tuple[str, str], ...]) -> None:
        self._session.change(dict(answers))

    def _toggle_fold(self, node: str) -> None:
        if self._drawn_map is not None:
            self._requested_fold_state = self._drawn_map.decision_map.toggle_fold(node)
            self.draw()

    def _show_map(self, result: tuple[DrawnMap, PreparedPicture]) -> None:
        drawn_map, picture = result
        self._drawn_map = drawn_map
        self.fold_state = self._requested_fold_state = drawn_map.decision_map.fold_state
        self.pane.show_map(drawn_map, picture)

    def _report_error(self, error: ExplorerError) -> None:
        self._requested_fold_state = self.fold_state
        self._messages.error.emit(str(error))

    def _report_crash(self, error: Exception) -> None:
        log.error("Could not draw the decision map.", exc_info=error)
        self._requested_fold_state = self.fold_state
        self._messages.error.emit("Could not draw the decision map. Showing the previous one.")


def _build_request(draw: Callable[[str], DrawnMap], pack: Pack, state: SessionState, options: Options) -> Request:
    return request_for_map(draw(options.theme), options, embedded_session(pack, state) if options.session else "")


def _prepare_map(draw: Callable[[], DrawnMap]) -> tuple[DrawnMap, PreparedPicture]:
    """Draw the map and index its picture for painting. Runs in a worker."""
    drawn_map = draw()
    return drawn_map, prepare_picture(drawn_map.picture)
