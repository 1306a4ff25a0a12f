"""The further views of the decision as tabs; each is imported and made when it is first looked at."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from explorer.core.session.walk import Walk
from explorer.core.session.workspace import WorkspaceChange
from explorer.engine.open_pack import OpenPack
from explorer.ui.document.session_store import SessionStore
from explorer.ui.export.export_source import ExportSource
from explorer.ui.shell.view_tabs import ViewTabs
from explorer.ui.theme.theme_manager import ThemeManager
from explorer.ui.widgets.zoom_view import ZoomView

if TYPE_CHECKING:
    from explorer.ui.compare.compare_controller import CompareController
    from explorer.ui.map.map_controller import MapController
    from explorer.ui.matrix.matrix_controller import MatrixController


class View(Protocol):
    """Keeps one further view in step with the session; works something out only while it is seen."""

    needs_full_width: bool
    """Whether it needs the room of the takeaways, and tells of them itself."""

    @property
    def failed(self) -> SignalInstance:
        """Says in one sentence what could not be shown."""

    @property
    def page(self) -> QWidget:
        """What is shown."""

    @property
    def zoom_view(self) -> ZoomView | None:
        """What in it can be zoomed."""

    @property
    def export_source(self) -> ExportSource | None:
        """What is exported while it is seen; None for the diagram."""

    def refresh(self, change: WorkspaceChange, walk: Walk) -> None:
        """The session has changed, or where the walk stands."""

    def apply_theme(self, scale: float) -> None:
        """Take the colours of the theme and the size of its text."""

    def focus_search(self) -> bool:
        """Bring the keyboard to what it is searched with; False where it has no such thing."""

    def close(self) -> None:
        """Leave no work behind."""


ViewT = TypeVar("ViewT", bound=View)


class FurtherViews(QObject):
    """Map, comparison and matrix beside the architecture; `made` tells of each when it comes into being.

    `told` gives a briefing on what someone rests on there, None when on nothing any more.
    """

    view_created = Signal(object)
    explanation_changed = Signal(object)

    def __init__(self, open_pack: OpenPack, session: SessionStore, dress: ThemeManager, views: ViewTabs) -> None:
        super().__init__(views)
        self._open_pack, self._session, self._theme_manager, self._view_tabs = open_pack, session, dress, views
        self._views: list[View] = []
        self._walk = Walk((), None)
        self._open_map = views.add_lazy("Decision map", lambda: self.map.page)
        self._open_comparison = views.add_lazy("Compare", lambda: self.compare.page)
        self._open_matrix = views.add_lazy("Matrix", lambda: self.matrix.page)

    @cached_property
    def map(self) -> MapController:
        """The decision map."""
        from explorer.ui.map.map_controller import MapController

        charting = MapController(self._open_pack, self._session, self._theme_manager, self._view_tabs)
        charting.end_explained.connect(self.explanation_changed)
        return self._register(charting)

    @cached_property
    def compare(self) -> CompareController:
        """Two scenarios side by side."""
        from explorer.ui.compare.compare_controller import CompareController

        return self._register(CompareController(self._open_pack, self._session, self._theme_manager, self._view_tabs))

    @cached_property
    def matrix(self) -> MatrixController:
        """Every question with every answer."""
        from explorer.ui.matrix.matrix_controller import MatrixController

        return self._register(MatrixController(self._open_pack, self._session, self._theme_manager, self._view_tabs))

    def open_map(self) -> None:
        """Show the decision map."""
        self._open_map()

    def open_comparison(self) -> None:
        """Show two scenarios side by side."""
        self._open_comparison()

    def open_matrix(self) -> None:
        """Show the matrix, with the keyboard in it."""
        self._open_matrix()
        self.matrix.page.focus_first()

    @property
    def current_view(self) -> View | None:
        """The one that is shown; None where that is the architecture."""
        return next((tab for tab in self._views if tab.page is self._view_tabs.current_view), None)

    @property
    def needs_full_width(self) -> bool:
        """Whether what is shown needs the room of the takeaways."""
        return self.current_view is not None and self.current_view.needs_full_width

    def export_source(self, drawn: ExportSource | None) -> ExportSource | None:
        """What is exported: what is shown, else what is drawn."""
        return (self.current_view.export_source if self.current_view else None) or drawn

    def zoom_view(self, usual: ZoomView) -> ZoomView:
        """What is zoomed: what is shown, where that can be."""
        return (self.current_view.zoom_view if self.current_view else None) or usual

    def focus_search(self) -> bool:
        """Bring the keyboard to the search of what is shown; False where it has none."""
        return self.current_view is not None and self.current_view.focus_search()

    def refresh(self, change: WorkspaceChange, walk: Walk) -> None:
        """The session has changed, or where the walk stands."""
        self._walk = walk
        for tab in self._views:
            tab.refresh(change, walk)

    def apply_theme(self, scale: float) -> None:
        """Take the colours of the theme and the size of its text."""
        for tab in self._views:
            tab.apply_theme(scale)

    def close(self) -> None:
        """Leave no work behind."""
        for tab in self._views:
            tab.close()

    def _register(self, tab: ViewT) -> ViewT:
        self._views.append(tab)
        tab.refresh(~WorkspaceChange.NONE, self._walk)
        self.view_created.emit(tab)
        return tab
