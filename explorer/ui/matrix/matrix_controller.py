"""Keeps the matrix in step with the session; it is worked out only where it is seen."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from explorer.core.session.walk import Walk
from explorer.core.session.workspace import WorkspaceChange
from explorer.engine.open_pack import OpenPack
from explorer.ui.document.session_store import SessionStore
from explorer.ui.matrix.matrix_view import MatrixView
from explorer.ui.shell.view_tabs import ViewTabs
from explorer.ui.theme.theme_manager import ThemeManager


class MatrixController(QObject):
    """Shows what each answer would come to, and gives the one that is chosen."""

    failed = Signal(str)
    needs_full_width = True
    zoom_view = None
    export_source = None

    def __init__(self, open_pack: OpenPack, session: SessionStore, dress: ThemeManager, views: ViewTabs) -> None:
        super().__init__(views)
        self._open_pack, self._session, self._theme_manager, self._view_tabs = open_pack, session, dress, views
        self.page = MatrixView()
        self.page.answered.connect(session.answer)
        views.view_changed.connect(self._update_view)

    def refresh(self, change: WorkspaceChange, _walk: Walk) -> None:
        """The session has changed."""
        if change & WorkspaceChange.ANSWERS:
            self._update_view(self._view_tabs.current_view)

    def apply_theme(self, _scale: float) -> None:
        """Take the colours of the theme."""
        self.page.show_colors(self._theme_manager.colors.window)
        self._update_view(self._view_tabs.current_view)

    def focus_search(self) -> bool:
        """There is nothing to search."""
        return False

    def close(self) -> None:
        """There is no work to leave behind."""

    def _update_view(self, view: QWidget) -> None:
        if view is self.page:
            self.page.show_matrix(self._open_pack.engine.matrix(self._session.workspace.answers))
