"""Further views: decision map, comparison and matrix as tabs, each created when it is first shown."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from explorer.core.explanation.explanation import Explanation
from explorer.core.session.workspace import WorkspaceChange
from explorer.engine.open_pack import OpenPack
from explorer.ui.document.session_store import SessionStore
from explorer.ui.export.export_source import ExportSource
from explorer.ui.questions.current_walk import CurrentWalk
from explorer.ui.shell.messages import Messages
from explorer.ui.shell.view_tabs import ViewTabs
from explorer.ui.theme.theme_manager import ThemeManager
from explorer.ui.widgets.zoom_view import ZoomView

if TYPE_CHECKING:
    from explorer.ui.compare.compare_controller import CompareController
    from explorer.ui.map.map_controller import MapController
    from explorer.ui.matrix.matrix_controller import MatrixController


class View(Protocol):
    """Keeps one further view in step with the session while the view is visible."""

    needs_full_width: bool
    """Whether the takeaway panel is hidden while the view is shown."""

    @property
    def page(self) -> QWidget:
        """The widget of the view."""
        ...

    @property
    def zoom_view(self) -> ZoomView | None:
        """The part of the view that the zoom commands act on."""

    @property
    def export_source(self) -> ExportSource | None:
        """The picture that is exported while the view is shown; None for the architecture diagram."""

    def refresh(self, change: WorkspaceChange) -> None:
        """Show the session after a change."""

    def apply_theme(self, scale: float, /) -> None:
        """Use the colors of the theme, and text that is larger by `scale`."""

    def focus_search(self) -> bool:
        """Move the focus to the search field; False if the view has none."""
        ...

    def close(self) -> None:
        """Wait for the workers."""


ViewT = TypeVar("ViewT", bound=View)


class FurtherViews(QObject):
    """Creates the further views and passes changes on to those that exist.

    `view_created` sends the new `View`. `end_explained` sends the explanation of the end of the decision map
    under the pointer, `explanation_ended` follows when the pointer leaves it.
    """

    view_created = Signal(View)
    end_explained = Signal(Explanation)
    explanation_ended = Signal()

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
        self._views: list[View] = []
        self._open_map = view_tabs.add_lazy("Decision map", lambda: self.map.page)
        self._open_comparison = view_tabs.add_lazy("Compare", lambda: self.compare.page)
        self._open_matrix = view_tabs.add_lazy("Matrix", lambda: self.matrix.page)

    @cached_property
    def map(self) -> MapController:
        """The decision map."""
        from explorer.ui.map.map_controller import MapController

        controller = MapController(
            self._open_pack,
            self._session,
            self._theme_manager,
            self._view_tabs,
            self._current_walk,
            self._messages,
        )
        controller.end_explained.connect(self.end_explained)
        controller.explanation_ended.connect(self.explanation_ended)
        return self._register(controller)

    @cached_property
    def compare(self) -> CompareController:
        """Two scenarios side by side."""
        from explorer.ui.compare.compare_controller import CompareController

        return self._register(
            CompareController(self._open_pack, self._session, self._theme_manager, self._view_tabs, self._messages)
        )

    @cached_property
    def matrix(self) -> MatrixController:
        """The outcome of every answer to every question."""
        from explorer.ui.matrix.matrix_controller import MatrixController

        return self._register(MatrixController(self._open_pack, self._session, self._theme_manager, self._view_tabs))

    def open_map(self) -> None:
        """Show the decision map."""
        self._open_map()

    def open_comparison(self) -> None:
        """Show the comparison."""
        self._open_comparison()

    def open_matrix(self) -> None:
        """Show the matrix with the focus in its first cell."""
        self._open_matrix()
        self.matrix.page.focus_first()

    @property
    def current_view(self) -> View | None:
        """The view that is shown; None for the architecture diagram."""
        return next((view for view in self._views if view.page is self._view_tabs.current_view), None)

    @property
    def needs_full_width(self) -> bool:
        """Whether the takeaway panel is hidden now."""
        return self.current_view is not None and self.current_view.needs_full_width

    def export_source(self, diagram: ExportSource | None) -> ExportSource | None:
        """The picture to export: that of the current view, otherwise the diagram."""
        return (self.current_view.export_source if self.current_view else None) or diagram

    def zoom_view(self, canvas: ZoomView) -> ZoomView:
        """The widget that the zoom commands act on: that of the current view, otherwise the canvas."""
        return (self.current_view.zoom_view if self.current_view else None) or canvas

    def focus_search(self) -> bool:
        """Move the focus to the search field of the current view; False if it has none."""
        return self.current_view is not None and self.current_view.focus_search()

    def refresh(self, change: WorkspaceChange) -> None:
        """Show the session after a change."""
        for view in self._views:
            view.refresh(change)

    def apply_theme(self, scale: float, /) -> None:
        """Use the colors of the theme, and text that is larger by `scale`."""
        for view in self._views:
            view.apply_theme(scale)

    def close(self) -> None:
        """Wait for the workers of all views."""
        for view in self._views:
            view.close()

    def _register(self, view: ViewT) -> ViewT:
        self._views.append(view)
        view.refresh(~WorkspaceChange.NONE)
        self.view_created.emit(view)
        return view
