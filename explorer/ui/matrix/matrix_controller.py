"""Matrix controller: keeps the what-if matrix in step with the session while it is visible."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from explorer.core.session.workspace import WorkspaceChange
from explorer.engine.open_pack import OpenPack
from explorer.ui.document.session_store import SessionStore
from explorer.ui.matrix.matrix_view import MatrixView
from explorer.ui.shell.view_tabs import ViewTabs
from explorer.ui.theme.theme_manager import ThemeManager


class MatrixController(QObject):
    """Shows the outcome of each answer, and gives the answer that the user chooses."""

    needs_full_width = True
    zoom_view = None
    export_source = None

    def __init__(
        self, open_pack: OpenPack, session: SessionStore, theme_manager: ThemeManager, view_tabs: ViewTabs
    ) -> None:
        super().__init__(view_tabs)
        self._open_pack, self._session, self._theme_manager = open_pack, session, theme_manager
        self._view_tabs = view_tabs
        self.page = MatrixView()
        self.page.answered.connect(session.answer)
        view_tabs.view_changed.connect(self._update_view)

    def refresh(self, change: WorkspaceChange) -> None:
        """Show the matrix again if it is visible and the answers changed."""
        if change & WorkspaceChange.ANSWERS:
            self._update_view(self._view_tabs.current_view)

    def apply_theme(self, _scale: float) -> None:
        """Use the colors of the theme."""
        self.page.show_colors(self._theme_manager.colors.window)
        self._update_view(self._view_tabs.current_view)

    def focus_search(self) -> bool:
        """False: the matrix has no search field."""
        return False

    def close(self) -> None:
        """Do nothing: the matrix has no worker."""

    def _update_view(self, view: QWidget) -> None:
        if view is self.page:
            self.page.show_matrix(self._open_pack.engine.matrix(self._session.workspace.answers))
