"""Keeps the matrix in step with the session; it is worked out only where it is seen."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from explorer.core.session.walk import Walk
from explorer.core.session.workspace import Change
from explorer.engine.protocols import Desk
from explorer.ui.document.session_store import Session
from explorer.ui.matrix.matrix_view import MatrixView
from explorer.ui.shell.view_tabs import Views
from explorer.ui.theme.theme_manager import Dress


class Tabulating(QObject):
    """Shows what each answer would come to, and gives the one that is chosen."""

    failed = Signal(str)
    wide = True
    zoomed = None
    scene = None

    def __init__(self, desk: Desk, session: Session, dress: Dress, views: Views) -> None:
        super().__init__(views)
        self._desk, self._session, self._dress, self._views = desk, session, dress, views
        self.page = MatrixView()
        self.page.answered.connect(session.answer)
        views.changed.connect(self._turned)

    def follow(self, change: Change, _walk: Walk) -> None:
        """The session has changed."""
        if change & Change.ANSWERS:
            self._turned(self._views.current)

    def wear(self, _scale: float) -> None:
        """Take the colours of the theme."""
        self.page.show_colours(self._dress.attire.window)
        self._turned(self._views.current)

    def look_for(self) -> bool:
        """There is nothing to search."""
        return False

    def close(self) -> None:
        """There is no work to leave behind."""

    def _turned(self, view: QWidget) -> None:
        if view is self.page:
            self.page.show_matrix(self._desk.scout.matrix(self._session.workspace.answers))
