"""Window commands: connects every command to its function, as a table."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Qt

from explorer.core.session.session_state import SessionState
from explorer.engine.pack_engine import PackEngine
from explorer.export.request.request import Options, Request, SubjectKind
from explorer.ui.export.export_source import ExportSource
from explorer.ui.shell.about_dialog import AboutDialog, about_text
from explorer.ui.shell.commands import ANSWER_COMMANDS, CommandId, CommandScope
from explorer.ui.theme.theme_manager import ThemePreference
from explorer.ui.widgets.zoom_view import ZoomView

if TYPE_CHECKING:
    from explorer.ui.main_window import MainWindow


class WindowCommands:
    """The functions behind the commands of one window, as far as they need more than one part of it."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def connect(self) -> None:
        """Connect all commands, and offer them in the panes where their shortcuts work."""
        window, session, actions = self._window, self._window.session, self._window.command_actions
        export, views = window.export_controller, window.further_views
        actions.connect_handlers(
            {
                **window.document_features.handlers,
                CommandId.CLEAR_ALL: session.clear_all,
                CommandId.CHANGE_PACK: window.pack_controller.choose,
                CommandId.UNDO: session.undo,
                CommandId.REDO: session.redo,
                CommandId.EXPORT: partial(self._export, export.show_dialog),
                CommandId.EXPORT_AGAIN: partial(self._export, export.export_again),
                CommandId.EXPORT_ALL: partial(self._export, window.export_all.choose_target),
                CommandId.COPY_PICTURE: partial(self._export, export.copy),
                CommandId.COPY_FROM_CANVAS: partial(self._export, export.copy),
                CommandId.COPY_DESCRIPTION: partial(self._export, export.copy_text),
                CommandId.ARCHITECTURE: partial(window.view_tabs.show_view, window.canvas),
                CommandId.MAP: views.open_map,
                CommandId.COMPARE: views.open_comparison,
                CommandId.MATRIX: views.open_matrix,
                CommandId.PIN: self._pin,
                CommandId.PREVIOUS_QUESTION: partial(self.step, -1),
                CommandId.NEXT_QUESTION: partial(self.step, 1),
                CommandId.CLEAR_ANSWER: self._clear_answer,
                CommandId.FIND: self._focus_search,
                CommandId.FIT: lambda: self._zoom_view().fit(),
                CommandId.ZOOM_IN: lambda: self._zoom_view().zoom_in(),
                CommandId.ZOOM_OUT: lambda: self._zoom_view().zoom_out(),
                CommandId.STOP_PRESENTING: window.presentation_mode.stop,
                **{CommandId[f"THEME_{theme.name}"]: partial(self._set_theme, theme) for theme in ThemePreference},
                CommandId.ICONS: self._show_icons_dialog,
                CommandId.ABOUT: self._show_about,
                CommandId.QUIT: window.close,
                **{answer: partial(window.walk_panel.answer_number, n) for n, answer in enumerate(ANSWER_COMMANDS, 1)},
            }
        )
        actions.connect_toggles(
            {
                CommandId.ALTERNATIVES: session.show_alternatives,
                CommandId.ANIMATION: window.canvas.set_animation_enabled,
                CommandId.PRESENT: window.presentation_mode.set_active,
            }
        )
        actions.by_id[CommandId.ANIMATION].setChecked(window.canvas.animation_enabled)
        actions.by_id[CommandId.STOP_PRESENTING].setEnabled(False)
        actions.by_id[CommandId[f"THEME_{window.theme_manager.preference.name}"]].setChecked(True)
        window.canvas.addActions(actions.in_scope(CommandScope.CANVAS_ONLY))
        for pane in (
            window.toolbar,
            window.walk_panel,
            window.canvas,
            window.takeaway_panel,
            window.outcome_bar,
            window.notice_bar,
            window.pack_controller.problem_list,
        ):
            pane.addActions(actions.in_scope(CommandScope.PANES_ONLY))

    def refresh(self) -> None:
        """Enable and check the commands that depend on the session or on the presentation mode."""
        by_id, session = self._window.command_actions.by_id, self._window.session
        by_id[CommandId.UNDO].setEnabled(bool(session.history.undo_stack))
        by_id[CommandId.REDO].setEnabled(bool(session.history.redo_stack))
        by_id[CommandId.ALTERNATIVES].setChecked(session.workspace.alternatives_shown)
        by_id[CommandId.PRESENT].setChecked(self._window.presentation_mode.is_active)
        by_id[CommandId.STOP_PRESENTING].setEnabled(self._window.presentation_mode.is_active)

    def step(self, by: int) -> None:
        """Go to the next or the previous question."""
        self._window.session.step(self._window.current_walk.walk, by)

    def export_source(self) -> ExportSource | None:
        """Return what the window shows, for exports and the clipboard; None before the first picture."""
        window, engine = self._window, self._window.engine
        request = partial(_export_request, engine, window.session.supported_state)
        is_drawn = window.diagram_controller.picture is not None
        diagram = ExportSource(SubjectKind.ARCHITECTURE, engine.title, request) if is_drawn else None
        return window.further_views.export_source(diagram)

    def _export(self, export: Callable[[ExportSource | None, Options], None]) -> None:
        today = QDate.currentDate().toString(Qt.DateFormat.ISODate)
        theme, icons = self._window.theme_manager.theme, self._window.icon_controller.source
        export(self.export_source(), Options(theme=theme, icons=icons, date=today))

    def _zoom_view(self) -> ZoomView:
        return self._window.further_views.zoom_view(self._window.canvas)

    def _pin(self) -> None:
        window = self._window
        name = window.session.pin(window.engine.scenario_title(window.session.workspace.answers))
        window.messages.info.emit(f"Pinned as “{name}”. Open Compare to see it beside other answers.")

    def _clear_answer(self) -> None:
        self._window.session.clear(self._window.current_walk.walk.current or "")

    def _focus_search(self) -> None:
        if not self._window.further_views.focus_search():
            self._window.walk_panel.open_search(self._window.engine.pack)

    def _set_theme(self, preference: ThemePreference) -> None:
        self._window.theme_manager.set_preference(preference)
        self._window.settings.set_theme(preference)

    def _show_icons_dialog(self) -> None:
        self._window.icon_controller.dialog(self._window).open()

    def _show_about(self) -> None:
        from explorer.storage.icons.source import icon_notice

        notice = icon_notice(self._window.icon_controller.source)
        AboutDialog(about_text(self._window.engine.pack), notice, self._window).open()


def _export_request(engine: PackEngine, state: SessionState, options: Options) -> Request:
    from explorer.export.request.build import request_for_session

    return request_for_session(engine, state, options)
