"""The window arranges its panes and wires them to the session; it decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QDate, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMainWindow, QVBoxLayout, QWidget

from explorer.core.explanation.explanation import Explanation
from explorer.core.model.pack import TakeawayId
from explorer.core.session.session_state import SessionState
from explorer.core.session.workspace import WorkspaceChange
from explorer.engine.open_pack import OpenPack
from explorer.engine.pack_engine import PackEngine
from explorer.engine.previews import Preview
from explorer.export.request.request import Options, Request, SubjectKind
from explorer.render.picture import Picture
from explorer.storage.icons.source import IconSource, icon_notice, initial_icon_source
from explorer.ui.diagram.canvas import Canvas
from explorer.ui.diagram.diagram_controller import DiagramController
from explorer.ui.document.document_controller import DocumentController
from explorer.ui.document.parked_sessions import ParkedSessions
from explorer.ui.document.session_store import SessionStore
from explorer.ui.explanation.outcome_bar import OutcomeBar
from explorer.ui.explanation.takeaway_panel import TakeawayPanel
from explorer.ui.export.export_all import BundleExporter
from explorer.ui.export.export_controller import ExportController
from explorer.ui.export.export_source import ExportSource
from explorer.ui.file_features import DocumentFeatures
from explorer.ui.further_views import FurtherViews, View
from explorer.ui.icons.icon_controller import IconController
from explorer.ui.pack.pack_controller import PackController
from explorer.ui.questions.answer_preview import AnswerPreview
from explorer.ui.questions.current_walk import CurrentWalk
from explorer.ui.questions.preview_strip import PreviewStrip
from explorer.ui.questions.walk_panel import WalkPanel
from explorer.ui.shell.about_dialog import AboutDialog, about_text
from explorer.ui.shell.commands import ANSWER_COMMANDS, CommandActions, CommandId, CommandScope
from explorer.ui.shell.messages import Messages
from explorer.ui.shell.notice_bar import NoticeBar
from explorer.ui.shell.panes import Panes
from explorer.ui.shell.settings import Settings
from explorer.ui.shell.toolbar import Toolbar
from explorer.ui.shell.view_tabs import ViewTabs
from explorer.ui.theme import stylesheet
from explorer.ui.theme.theme_manager import ThemeColors, ThemeManager, ThemePreference
from explorer.ui.widgets.layouts import make_column
from explorer.ui.widgets.zoom_view import ZoomView

ZOOM_STEP = 1.25
EXPLANATION_DELAY_MS = 150
"""How long the words wait for a picture that is being laid out."""

PRESENTING_SCALE = 1.4
"""How much larger text is shown to a room."""


class MainWindow(QMainWindow):
    """The walk, the diagram, the takeaways and the outcome, side by side."""

    def __init__(
        self,
        open_pack: OpenPack,
        session: SessionStore,
        canvas: Canvas,
        themes: Mapping[str, ThemeColors],
        memory: Settings | None = None,
    ) -> None:
        super().__init__()
        self.open_pack, self.session = open_pack, session
        self.settings = memory or Settings()
        self.current_walk = CurrentWalk(self.open_pack, session)
        self.theme_manager = ThemeManager(themes, self.settings.theme)
        self.command_actions = CommandActions(self)
        self.toolbar = Toolbar(self.command_actions, open_pack.engine.title)
        self.notice_bar = NoticeBar()
        self.messages = Messages(self)
        self.notice_bar.connect_to(self.messages)
        parked = ParkedSessions()
        self.pack_controller = PackController(open_pack, session, parked, self.messages, self)
        self.walk_panel = WalkPanel()
        self.canvas = canvas
        self.takeaway_panel = TakeawayPanel()
        self.outcome_bar = OutcomeBar()
        self.diagram_controller = DiagramController(open_pack, self.messages, self)
        self.export_controller = ExportController(self.settings, self.messages, self)
        self.export_all = BundleExporter(self.messages, self)
        self.document_features = DocumentFeatures(open_pack, session, self.settings, parked, self.messages, self)
        self.icon_controller = IconController(initial_icon_source(self.settings.icons), self)
        self.view_tabs = ViewTabs()
        self.view_tabs.add("Architecture", canvas)
        self.further_views = FurtherViews(
            self.open_pack, session, self.theme_manager, self.view_tabs, self.current_walk, self.messages
        )
        self.answer_preview = AnswerPreview(self.open_pack, session, self.theme_manager, self.current_walk, self)
        self.preview_strip = PreviewStrip(canvas)
        self._other_explanation: Explanation | None = None
        # The words follow right behind the picture: setting them out takes longer than a frame may,
        # and would hold up a layout that is under way.
        self._explanation_timer = QTimer(self, singleShot=True)
        self._explanation_timer.timeout.connect(self._show_explanation)
        self.walk_panel.set_start_widget(self.pack_controller.start_list)
        self._build_layout()
        self._connect()
        self._apply_theme()
        self._show_icons(self.icon_controller.source)
        if self.settings.icons:
            self.icon_controller.request(self.settings.icons)
        self._refresh(~WorkspaceChange.NONE)
        self.walk_panel.setFocus()

    @property
    def document(self) -> DocumentController:
        """Who knows which file the session is in."""
        return self.document_features.document

    @property
    def engine(self) -> PackEngine:
        """Who answers for the pack that is open."""
        return self.open_pack.engine

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave no work behind, and nothing unsaved that was not kept."""
        self.settings.set_window_size(self.normalGeometry().size(), self.isMaximized())
        workers = (
            self.document_features,
            self.pack_controller,
            self.answer_preview,
            self.further_views,
            self.diagram_controller,
            self.export_controller,
            self.export_all,
        )
        for worker in (*workers, self.icon_controller):
            worker.close()
        super().closeEvent(event)

    # What stands where

    def _build_layout(self) -> None:
        self._show_title()
        self.setMinimumSize(880, 560)
        self.resize(self._initial_size())
        self.right_pane = make_column(self.takeaway_panel, self.document_features.notes_pane)
        self.panes = Panes(self.walk_panel, self.view_tabs, self.right_pane)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.toolbar)
        column.addWidget(self.notice_bar)
        column.addWidget(self.pack_controller.problem_list)
        column.addWidget(self.panes, 1)
        column.addWidget(self.outcome_bar)
        self.setCentralWidget(page)

    def _initial_size(self) -> QSize:
        room = QGuiApplication.primaryScreen().availableSize()
        if known := self.settings.window_size:
            return known.boundedTo(room)
        return QSize(min(1680, room.width() * 94 // 100), min(1000, room.height() * 92 // 100))

    # Who speaks to whom

    def _connect(self) -> None:
        session, actions = self.session, self.command_actions
        session.changed.connect(self._refresh)
        self.walk_panel.answered.connect(session.answer)
        self.walk_panel.answer_hovered.connect(self.answer_preview.hover)
        self.walk_panel.cleared.connect(session.clear)
        self.walk_panel.question_opened.connect(session.go_to)
        self.walk_panel.stepped.connect(self._step)
        self.walk_panel.choice_found.connect(session.focus_choice)
        self.walk_panel.takeaway_found.connect(self._show_takeaway)
        self.walk_panel.shortest_order_requested.connect(session.ask_most_informative_first)
        self.canvas.selected.connect(session.select)
        self.outcome_bar.choice_selected.connect(session.focus_choice)
        self.takeaway_panel.change_requested.connect(self._apply_changes)
        self.takeaway_panel.study_guide_requested.connect(session.show_study_guide)
        self.walk_panel.hover_ended.connect(self.answer_preview.cancel)
        self.answer_preview.shown.connect(self._show_preview)
        self.answer_preview.ended.connect(self._end_preview)
        self.view_tabs.view_changed.connect(self._update_visible_panes)
        self.view_tabs.view_changed.connect(self.answer_preview.cancel)
        self.diagram_controller.drawn.connect(self._show_picture)
        self.document_features.connect_to(self.pack_controller, actions)
        self.document.title_changed.connect(self._show_title)
        self.further_views.view_created.connect(self._on_view_created)
        self.further_views.end_explained.connect(self._show_other_explanation)
        self.further_views.explanation_ended.connect(partial(self._show_other_explanation, None))
        self.pack_controller.pack_changed.connect(self._show_title)
        self.icon_controller.changed.connect(self._show_icons)
        self.icon_controller.preference_changed.connect(self.settings.set_icons)
        self.icon_controller.failed.connect(self.messages.error)
        self.theme_manager.changed.connect(self._apply_theme)
        self.theme_manager.changed.connect(self._draw)
        actions.connect_handlers(
            {
                **self.document_features.handlers,
                CommandId.CLEAR_ALL: session.clear_all,
                CommandId.CHANGE_PACK: self.pack_controller.choose,
                CommandId.UNDO: session.undo,
                CommandId.REDO: session.redo,
                CommandId.EXPORT: partial(self._export, self.export_controller.show_dialog),
                CommandId.EXPORT_AGAIN: partial(self._export, self.export_controller.export_again),
                CommandId.EXPORT_ALL: partial(self._export, self.export_all.choose_target),
                CommandId.COPY_PICTURE: partial(self._export, self.export_controller.copy),
                CommandId.COPY_FROM_CANVAS: partial(self._export, self.export_controller.copy),
                CommandId.COPY_DESCRIPTION: partial(self._export, self.export_controller.copy_text),
                CommandId.ARCHITECTURE: partial(self.view_tabs.show_view, self.canvas),
                CommandId.MAP: self.further_views.open_map,
                CommandId.COMPARE: self.further_views.open_comparison,
                CommandId.MATRIX: self.further_views.open_matrix,
                CommandId.PIN: self._pin,
                CommandId.PREVIOUS_QUESTION: partial(self._step, -1),
                CommandId.NEXT_QUESTION: partial(self._step, 1),
                CommandId.CLEAR_ANSWER: lambda: session.clear(self.current_walk.walk.current or ""),
                CommandId.FIND: self._focus_search,
                CommandId.FIT: lambda: self._current_zoom_view().fit(),
                CommandId.ZOOM_IN: lambda: self._current_zoom_view().zoom(ZOOM_STEP),
                CommandId.ZOOM_OUT: lambda: self._current_zoom_view().zoom(1 / ZOOM_STEP),
                CommandId.STOP_PRESENTING: partial(self._set_presenting, False),
                **{CommandId[f"THEME_{wish.name}"]: partial(self._choose_theme, wish) for wish in ThemePreference},
                CommandId.ICONS: lambda: self.icon_controller.dialog(self).open(),
                CommandId.ABOUT: self._show_about,
                CommandId.QUIT: self.close,
                **{do: partial(self.walk_panel.answer_number, n) for n, do in enumerate(ANSWER_COMMANDS, 1)},
            }
        )
        actions.connect_toggles(
            {
                CommandId.ALTERNATIVES: session.show_alternatives,
                CommandId.ANIMATION: self.canvas.set_animation_enabled,
                CommandId.PRESENT: self._set_presenting,
            }
        )
        actions.by_id[CommandId.ANIMATION].setChecked(self.canvas.animation_enabled)
        self.canvas.addActions(actions.in_scope(CommandScope.CANVAS_ONLY))
        for pane in (
            self.toolbar,
            self.walk_panel,
            self.canvas,
            self.takeaway_panel,
            self.outcome_bar,
            self.notice_bar,
            self.pack_controller.problem_list,
        ):
            pane.addActions(actions.in_scope(CommandScope.PANES_ONLY))
        actions.by_id[CommandId.STOP_PRESENTING].setEnabled(False)
        actions.by_id[CommandId[f"THEME_{self.theme_manager.preference.name}"]].setChecked(True)

    # What is shown

    def _refresh(self, change: WorkspaceChange) -> None:
        workspace = self.session.workspace
        self._other_explanation = None
        self.command_actions.by_id[CommandId.UNDO].setEnabled(bool(self.session.history.undo_stack))
        self.command_actions.by_id[CommandId.REDO].setEnabled(bool(self.session.history.redo_stack))
        self.answer_preview.refresh()
        self.preview_strip.hide()
        if change & (WorkspaceChange.ANSWERS | WorkspaceChange.ALTERNATIVES):
            self.command_actions.by_id[CommandId.ALTERNATIVES].setChecked(workspace.alternatives_shown)
            self._draw()
        if change & (WorkspaceChange.ANSWERS | WorkspaceChange.CURRENT_QUESTION | WorkspaceChange.QUESTION_ORDER):
            self.current_walk.update()
            self.walk_panel.show_walk(self.current_walk.walk)
            self.answer_preview.preload()
        self.further_views.refresh(change)
        if change & WorkspaceChange.ANSWERS:
            self._show_outcome()
        if change & (
            WorkspaceChange.ANSWERS
            | WorkspaceChange.CURRENT_QUESTION
            | WorkspaceChange.SELECTION
            | WorkspaceChange.STUDY_GUIDE_VIEW
        ):
            self._explanation_timer.start(EXPLANATION_DELAY_MS if self.diagram_controller.is_pending else 0)
        if change & WorkspaceChange.SELECTION:
            self.canvas.show_selection(workspace.selected_item)
            self.outcome_bar.show_selected(workspace.focused_choice)

    def _show_title(self) -> None:
        filing, title = self.document_features.document, self.engine.title
        self.setWindowTitle(f"{filing.path.name}[*] – {title} – Berth" if filing.path else f"{title}[*] – Berth")
        self.setWindowModified(filing.modified)
        self.toolbar.show_title(self.engine.title)

    def _show_explanation(self) -> None:
        told = self.answer_preview.current.explanation if self.answer_preview.current else self._other_explanation
        self.takeaway_panel.show_explanation(told or self.engine.explanation(self.session.workspace))

    def _draw(self) -> None:
        self.diagram_controller.draw(self.session.workspace, self.theme_manager.theme)

    def _show_picture(self, picture: Picture) -> None:
        if self.answer_preview.current is None:
            self.canvas.show_picture(picture)
            self.canvas.show_selection(self.session.workspace.selected_item)
        if self._explanation_timer.isActive():
            self._explanation_timer.start(0)

    def _show_preview(self, preview: Preview) -> None:
        self.canvas.show_picture(preview.picture)
        self.preview_strip.show_preview(preview)
        self.outcome_bar.show_outcome(preview.outcome_entries, preview.summary)
        self._explanation_timer.start(0)

    def _end_preview(self) -> None:
        if self.diagram_controller.picture is not None:
            self.canvas.show_picture(self.diagram_controller.picture)
        self.preview_strip.hide()
        self._show_outcome()
        self._explanation_timer.start(0)

    def _show_outcome(self) -> None:
        summary = self.engine.outcome_summary(self.session.workspace.answers)
        self.outcome_bar.show_outcome(summary.entries, summary.sentence)

    def _show_other_explanation(self, explanation: Explanation | None) -> None:
        self._other_explanation = explanation
        self._explanation_timer.start(0)

    def _show_takeaway(self, name: str) -> None:
        found = self.engine.pack.takeaway_by_id.get(TakeawayId(name))
        if found is not None:
            self._show_other_explanation(
                Explanation("Found", "", takeaways=(found,), study_guide_view=self.session.workspace.study_guide_view)
            )

    def _focus_search(self) -> None:
        if not self.further_views.focus_search():
            self.walk_panel.open_search(self.engine.pack)

    def export_source(self) -> ExportSource | None:
        """What is in view, which is what is exported and copied; None as long as nothing is drawn."""
        request = partial(_export_request, self.engine, self.session.supported_state)
        drawn = (
            ExportSource(SubjectKind.ARCHITECTURE, self.engine.title, request)
            if self.diagram_controller.picture
            else None
        )
        return self.further_views.export_source(drawn)

    def _export(self, deed: Callable[[ExportSource | None, Options], None]) -> None:
        today = QDate.currentDate().toString(Qt.DateFormat.ISODate)
        deed(
            self.export_source(),
            Options(theme=self.theme_manager.theme, icons=self.icon_controller.source, date=today),
        )

    def _current_zoom_view(self) -> ZoomView:
        return self.further_views.zoom_view(self.canvas)

    def _on_view_created(self, tab: View) -> None:
        """A further view has come into being."""
        if tab.zoom_view is not None:
            tab.zoom_view.addActions(self.command_actions.in_scope(CommandScope.CANVAS_ONLY))
        tab.apply_theme(self._text_scale())
        if isinstance(tab.zoom_view, Canvas):
            tab.zoom_view.set_icons(self.icon_controller.source.svg)

    def _text_scale(self) -> float:
        presenting = self.command_actions.by_id[CommandId.PRESENT].isChecked()
        return stylesheet.text_scale(QGuiApplication.font()) * (PRESENTING_SCALE if presenting else 1)

    def _apply_theme(self) -> None:
        scale = self._text_scale()
        colours = self.theme_manager.colors.window
        self.panes.set_text_scale(scale)
        QApplication.setPalette(stylesheet.make_palette(colours))  # which dialogs and lists that pop up take as well
        self.setStyleSheet(stylesheet.make_style_sheet(colours, scale))
        self.command_actions.show_colors(colours)
        self.toolbar.apply_theme(colours, scale)
        self.canvas.show_colors(self.theme_manager.colors.canvas)
        self.further_views.apply_theme(scale)

    # What is wished beyond one call

    def _step(self, by: int) -> None:
        self.session.step(self.current_walk.walk, by)

    def _pin(self) -> None:
        name = self.session.pin(self.engine.scenario_title(self.session.workspace.answers))
        self.notice_bar.show_info(f"Pinned as “{name}”; Compare shows it beside other answers.")

    def _apply_changes(self, change: tuple[tuple[str, str | None], ...]) -> None:
        self.session.change(dict(change))

    def _set_presenting(self, on: bool) -> None:
        self.command_actions.by_id[CommandId.PRESENT].setChecked(on)
        self.command_actions.by_id[CommandId.STOP_PRESENTING].setEnabled(on)
        # What has the keyboard may be hidden now, and Qt would pass it on to an answer, as if looked into.
        self.walk_panel.setFocus(Qt.FocusReason.OtherFocusReason)
        self._update_visible_panes()
        self.walk_panel.show_current_only(on)
        self.answer_preview.cancel()
        self._apply_theme()
        full = Qt.WindowState.WindowFullScreen
        self.setWindowState(self.windowState() | full if on else self.windowState() & ~full)
        self.canvas.fit()

    def _update_visible_panes(self) -> None:
        alone = self.command_actions.by_id[CommandId.PRESENT].isChecked()
        self.toolbar.setVisible(not alone)
        self.outcome_bar.setVisible(not alone)
        self.right_pane.setVisible(not alone and not self.further_views.needs_full_width)
        self.view_tabs.set_presenting(alone)

    def _choose_theme(self, wish: ThemePreference) -> None:
        self.theme_manager.set_preference(wish)
        self.settings.set_theme(wish)

    def _show_about(self) -> None:
        AboutDialog(about_text(self.engine.pack), icon_notice(self.icon_controller.source), self).open()

    def _show_icons(self, source: IconSource) -> None:
        for canvas in self.findChildren(Canvas):
            canvas.set_icons(source.svg)


def _export_request(engine: PackEngine, state: SessionState, options: Options) -> Request:
    from explorer.export.request.build import request_for_session

    return request_for_session(engine, state, options)
