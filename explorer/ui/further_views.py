"""The further views of the decision as tabs; each is imported and made when it is first looked at."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from explorer.core.session.walk import Walk
from explorer.core.session.workspace import Change
from explorer.engine.protocols import Desk
from explorer.ui.document.session_store import Session
from explorer.ui.export.export_source import Scene
from explorer.ui.shell.view_tabs import Views
from explorer.ui.theme.theme_manager import Dress
from explorer.ui.widgets.zoom_view import ZoomView

if TYPE_CHECKING:
    from explorer.ui.compare.compare_controller import Comparing
    from explorer.ui.map.map_controller import Charting
    from explorer.ui.matrix.matrix_controller import Tabulating


class Tab(Protocol):
    """Keeps one further view in step with the session; works something out only while it is seen."""

    wide: bool
    """Whether it needs the room of the takeaways, and tells of them itself."""

    @property
    def failed(self) -> SignalInstance:
        """Says in one sentence what could not be shown."""

    @property
    def page(self) -> QWidget:
        """What is shown."""

    @property
    def zoomed(self) -> ZoomView | None:
        """What in it can be zoomed."""

    @property
    def scene(self) -> Scene | None:
        """What is exported while it is seen; None for the diagram."""

    def follow(self, change: Change, walk: Walk) -> None:
        """The session has changed, or where the walk stands."""

    def wear(self, scale: float) -> None:
        """Take the colours of the theme and the size of its text."""

    def look_for(self) -> bool:
        """Bring the keyboard to what it is searched with; False where it has no such thing."""

    def close(self) -> None:
        """Leave no work behind."""


Made = TypeVar("Made", bound=Tab)


class Tabs(QObject):
    """Map, comparison and matrix beside the architecture; `made` tells of each when it comes into being.

    `told` gives a briefing on what someone rests on there, None when on nothing any more.
    """

    made = Signal(object)
    told = Signal(object)

    def __init__(self, desk: Desk, session: Session, dress: Dress, views: Views) -> None:
        super().__init__(views)
        self._desk, self._session, self._dress, self._views = desk, session, dress, views
        self._tabs: list[Tab] = []
        self._walk = Walk((), None)
        self._open_map = views.add_later("Decision map", lambda: self.map.page)
        self._open_comparison = views.add_later("Compare", lambda: self.compare.page)
        self._open_matrix = views.add_later("Matrix", lambda: self.matrix.page)

    @cached_property
    def map(self) -> Charting:
        """The decision map."""
        from explorer.ui.map.map_controller import Charting

        charting = Charting(self._desk, self._session, self._dress, self._views)
        charting.told.connect(self.told)
        return self._begun(charting)

    @cached_property
    def compare(self) -> Comparing:
        """Two scenarios side by side."""
        from explorer.ui.compare.compare_controller import Comparing

        return self._begun(Comparing(self._desk, self._session, self._dress, self._views))

    @cached_property
    def matrix(self) -> Tabulating:
        """Every question with every answer."""
        from explorer.ui.matrix.matrix_controller import Tabulating

        return self._begun(Tabulating(self._desk, self._session, self._dress, self._views))

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
    def seen(self) -> Tab | None:
        """The one that is shown; None where that is the architecture."""
        return next((tab for tab in self._tabs if tab.page is self._views.current), None)

    @property
    def wide(self) -> bool:
        """Whether what is shown needs the room of the takeaways."""
        return self.seen is not None and self.seen.wide

    def scene(self, drawn: Scene | None) -> Scene | None:
        """What is exported: what is shown, else what is drawn."""
        return (self.seen.scene if self.seen else None) or drawn

    def zoomed(self, usual: ZoomView) -> ZoomView:
        """What is zoomed: what is shown, where that can be."""
        return (self.seen.zoomed if self.seen else None) or usual

    def look_for(self) -> bool:
        """Bring the keyboard to the search of what is shown; False where it has none."""
        return self.seen is not None and self.seen.look_for()

    def follow(self, change: Change, walk: Walk) -> None:
        """The session has changed, or where the walk stands."""
        self._walk = walk
        for tab in self._tabs:
            tab.follow(change, walk)

    def wear(self, scale: float) -> None:
        """Take the colours of the theme and the size of its text."""
        for tab in self._tabs:
            tab.wear(scale)

    def close(self) -> None:
        """Leave no work behind."""
        for tab in self._tabs:
            tab.close()

    def _begun(self, tab: Made) -> Made:
        self._tabs.append(tab)
        tab.follow(~Change.NONE, self._walk)
        self.made.emit(tab)
        return tab
