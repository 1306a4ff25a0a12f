"""Main window: creates the panes and controllers, arranges them, and connects their signals."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMainWindow, QVBoxLayout, QWidget

from explorer.core.session.workspace import WorkspaceChange
from explorer.engine.open_pack import OpenPack
from explorer.engine.pack_engine import PackEngine
from explorer.storage.icons.source import IconSource, initial_icon_source
from explorer.ui.diagram.canvas import Canvas
from explorer.ui.diagram.diagram_controller import DiagramController
from explorer.ui.document.document_controller import DocumentController
from explorer.ui.document.parked_sessions import ParkedSessions
from explorer.ui.document.session_store import SessionStore
from explorer.ui.explanation.outcome_bar import OutcomeBar
from explorer.ui.explanation.takeaway_panel import TakeawayPanel
from explorer.ui.export.export_all import BundleExporter
from explorer.ui.export.export_controller import ExportController
from explorer.ui.file_features import DocumentFeatures
from explorer.ui.further_views import FurtherViews, View
from explorer.ui.icons.icon_controller import IconController
from explorer.ui.pack.pack_controller import PackController
from explorer.ui.questions.answer_preview import AnswerPreview
from explorer.ui.questions.current_walk import CurrentWalk
from explorer.ui.questions.look_ahead import LookAhead
from explorer.ui.questions.walk_panel import WalkPanel
from explorer.ui.result_panes import ResultPanes
from explorer.ui.shell.commands import CommandActions, CommandScope
from explorer.ui.shell.messages import Messages
from explorer.ui.shell.notice_bar import NoticeBar
from explorer.ui.shell.panes import Panes
from explorer.ui.shell.presentation_mode import PresentationMode
from explorer.ui.shell.settings import Settings
from explorer.ui.shell.toolbar import Toolbar
from explorer.ui.shell.view_tabs import ViewTabs
from explorer.ui.theme import stylesheet
from explorer.ui.theme.theme_manager import ThemeColors, ThemeManager
from explorer.ui.widgets.layouts import make_column, set_margins
from explorer.ui.window_commands import WindowCommands

_MIN_SIZE = QSize(880, 560)
_MAX_INITIAL_SIZE = QSize(1680, 1000)


class MainWindow(QMainWindow):
    """The walk, the diagram, the takeaways and the outcome, side by side."""

    def __init__(
        self,
        open_pack: OpenPack,
        session: SessionStore,
        canvas: Canvas,
        themes: Mapping[str, ThemeColors],
        settings: Settings | None = None,
    ) -> None:
        super().__init__()
        self.open_pack, self.session, self.canvas = open_pack, session, canvas
        self.settings = settings or Settings()
        self.messages = Messages(self)
        self.current_walk = CurrentWalk(open_pack, session)
        self.look_ahead = LookAhead(open_pack, self)
        self.theme_manager = ThemeManager(themes, self.settings.theme)
        self.presentation_mode = PresentationMode(self)
        self.command_actions = CommandActions(self)

        self.toolbar = Toolbar(self.command_actions, open_pack.engine.title)
        self.notice_bar = NoticeBar()
        self.walk_panel = WalkPanel()
        self.takeaway_panel = TakeawayPanel()
        self.outcome_bar = OutcomeBar()
        self.view_tabs = ViewTabs()
        self.view_tabs.add("Architecture", canvas)

        parked = ParkedSessions()
        self.pack_controller = PackController(open_pack, session, parked, self.messages, self)
        self.document_features = DocumentFeatures(open_pack, session, self.settings, parked, self.messages, self)
        self.diagram_controller = DiagramController(open_pack, self.messages, self)
        self.export_controller = ExportController(self.settings, self.messages, self)
        self.export_all = BundleExporter(self.messages, self)
        self.icon_controller = IconController(initial_icon_source(self.settings.icons), self)
        self.answer_preview = AnswerPreview(open_pack, session, self.theme_manager, self.current_walk, self)
        self.result_panes = ResultPanes(
            open_pack,
            session,
            self.diagram_controller,
            self.answer_preview,
            (canvas, self.outcome_bar, self.takeaway_panel),
        )
        self.further_views = FurtherViews(
            open_pack, session, self.theme_manager, self.view_tabs, self.current_walk, self.messages
        )
        self.commands = WindowCommands(self)

        self._build_layout()
        self._connect()
        self.commands.connect()
        self._apply_theme()
        self._show_icons(self.icon_controller.source)
        if self.settings.icons:
            self.icon_controller.request(self.settings.icons)
        self._refresh(~WorkspaceChange.NONE)
        self.walk_panel.setFocus()

    @property
    def document(self) -> DocumentController:
        """The owner of the session's file."""
        return self.document_features.document

    @property
    def engine(self) -> PackEngine:
        """The engine of the open pack."""
        return self.open_pack.engine

    def closeEvent(self, event: QCloseEvent) -> None:
        """Store the window size and unsaved changes, and wait until no worker runs."""
        self.settings.set_window_size(self.normalGeometry().size(), self.isMaximized())
        for part in (
            self.document_features,
            self.look_ahead,
            self.pack_controller,
            self.answer_preview,
            self.further_views,
            self.diagram_controller,
            self.export_controller,
            self.export_all,
            self.icon_controller,
        ):
            part.close()
        super().closeEvent(event)

    # Layout

    def _build_layout(self) -> None:
        self._show_title()
        self.setMinimumSize(_MIN_SIZE)
        self.resize(self._initial_size())
        self.walk_panel.set_start_widget(self.pack_controller.start_list)
        self.right_pane = make_column(self.takeaway_panel, self.document_features.notes_pane)
        self.panes = Panes(self.walk_panel, self.view_tabs, self.right_pane)
        page = QWidget()
        column = QVBoxLayout(page)
        set_margins(column)
        column.addWidget(self.toolbar)
        column.addWidget(self.notice_bar)
        column.addWidget(self.pack_controller.problem_list)
        column.addWidget(self.panes, 1)
        column.addWidget(self.outcome_bar)
        self.setCentralWidget(page)

    def _initial_size(self) -> QSize:
        screen = QGuiApplication.primaryScreen().availableSize()
        if stored := self.settings.window_size:
            return stored.boundedTo(screen)
        return QSize(screen.width() * 94 // 100, screen.height() * 92 // 100).boundedTo(_MAX_INITIAL_SIZE)

    # Signals: user intent goes to the session and the controllers, changes go to the panes

    def _connect(self) -> None:
        session, results = self.session, self.result_panes
        self.walk_panel.answered.connect(session.answer)
        self.walk_panel.cleared.connect(session.clear)
        self.walk_panel.question_opened.connect(session.go_to)
        self.walk_panel.stepped.connect(self.commands.step)
        self.walk_panel.choice_found.connect(session.focus_choice)
        self.walk_panel.takeaway_found.connect(results.show_takeaway)
        self.walk_panel.shortest_order_requested.connect(session.ask_most_informative_first)
        self.walk_panel.answer_hovered.connect(self.answer_preview.hover)
        self.walk_panel.hover_ended.connect(self.answer_preview.cancel)
        self.canvas.selected.connect(session.select)
        self.outcome_bar.choice_selected.connect(session.focus_choice)
        self.takeaway_panel.change_requested.connect(self._apply_changes)
        self.takeaway_panel.study_guide_requested.connect(session.show_study_guide)
        self.icon_controller.preference_changed.connect(self.settings.set_icons)

        session.changed.connect(self._refresh)
        self.look_ahead.ready.connect(self._show_look_ahead)
        self.look_ahead.unavailable.connect(self.messages.warning)
        self.document.title_changed.connect(self._show_title)
        self.pack_controller.pack_changed.connect(self._show_title)
        self.document_features.connect_to(self.pack_controller, self.command_actions)
        self.view_tabs.view_changed.connect(self._update_visible_panes)
        self.view_tabs.view_changed.connect(self.answer_preview.cancel)
        self.further_views.view_created.connect(self._on_view_created)
        self.further_views.end_explained.connect(results.show_other_explanation)
        self.further_views.explanation_ended.connect(results.end_other_explanation)
        self.icon_controller.changed.connect(self._show_icons)
        self.theme_manager.changed.connect(self._apply_theme)
        self.theme_manager.changed.connect(self._draw)
        self.presentation_mode.changed.connect(self._show_presentation_mode)
        self.icon_controller.failed.connect(self.messages.error)
        self.notice_bar.connect_to(self.messages)

    def _refresh(self, change: WorkspaceChange) -> None:
        self.commands.refresh()
        self.answer_preview.refresh()
        if change & (WorkspaceChange.ANSWERS | WorkspaceChange.ALTERNATIVES):
            self._draw()
        if change & (WorkspaceChange.ANSWERS | WorkspaceChange.CURRENT_QUESTION | WorkspaceChange.QUESTION_ORDER):
            self._update_walk()
            self.look_ahead.request()
            self.answer_preview.preload()
        self.further_views.refresh(change)
        self.result_panes.refresh(change)

    def _update_walk(self) -> None:
        self.current_walk.update()
        self.walk_panel.show_walk(self.current_walk.walk)

    def _show_look_ahead(self) -> None:
        """The lookup tables are compiled: they tell which questions are irrelevant, and add remedies."""
        self._update_walk()
        self.further_views.refresh(WorkspaceChange.QUESTION_ORDER)
        self.result_panes.update_explanation()

    def _apply_changes(self, changes: tuple[tuple[str, str | None], ...]) -> None:
        self.session.change(dict(changes))

    def _draw(self) -> None:
        self.diagram_controller.draw(self.session.workspace, self.theme_manager.theme)

    def _show_title(self) -> None:
        title, path = self.engine.title, self.document.path
        self.setWindowTitle(f"{path.name}[*] – {title} – Berth" if path else f"{title}[*] – Berth")
        self.setWindowModified(self.document.modified)
        self.toolbar.show_title(title)

    # Theme, icons and presentation mode

    def _text_scale(self) -> float:
        return stylesheet.text_scale(QGuiApplication.font()) * self.presentation_mode.text_scale

    def _apply_theme(self) -> None:
        scale, colors = self._text_scale(), self.theme_manager.colors
        self.panes.set_text_scale(scale)
        QApplication.setPalette(stylesheet.make_palette(colors.window))  # dialogs and popups use it too
        self.setStyleSheet(stylesheet.make_style_sheet(colors.window, scale))
        self.command_actions.show_colors(colors.window)
        self.toolbar.apply_theme(colors.window, scale)
        self.canvas.show_colors(colors.canvas)
        self.further_views.apply_theme(scale)

    def _show_icons(self, source: IconSource) -> None:
        for canvas in self.findChildren(Canvas):
            canvas.set_icons(source.svg)

    def _on_view_created(self, view: View) -> None:
        if view.zoom_view is not None:
            view.zoom_view.addActions(self.command_actions.in_scope(CommandScope.CANVAS_ONLY))
        view.apply_theme(self._text_scale())
        if isinstance(view.zoom_view, Canvas):
            view.zoom_view.set_icons(self.icon_controller.source.svg)

    def _show_presentation_mode(self, is_active: bool) -> None:
        self.commands.refresh()
        # The widget with the focus may be hidden now. Qt would move the focus to an answer, which starts its preview.
        self.walk_panel.setFocus(Qt.FocusReason.OtherFocusReason)
        self._update_visible_panes()
        self.walk_panel.show_current_only(is_active)
        self.answer_preview.cancel()
        self._apply_theme()
        full_screen = Qt.WindowState.WindowFullScreen
        self.setWindowState(self.windowState() | full_screen if is_active else self.windowState() & ~full_screen)
        self.canvas.fit()

    def _update_visible_panes(self) -> None:
        presenting = self.presentation_mode.is_active
        self.toolbar.setVisible(not presenting)
        self.outcome_bar.setVisible(not presenting)
        self.right_pane.setVisible(not presenting and not self.further_views.needs_full_width)
        self.view_tabs.set_presenting(presenting)
        self.notice_bar.set_presenting(presenting)
