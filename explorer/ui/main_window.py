"""The window arranges its panes and wires them to the session; it decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QDate, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMainWindow, QVBoxLayout, QWidget

from explorer.core.explanation.explanation import Briefing
from explorer.core.model.pack import TakeawayId
from explorer.core.session.walk import Walk
from explorer.core.session.workspace import Change
from explorer.engine.current_engine import OpenDesk
from explorer.engine.preview_protocol import Preview
from explorer.engine.protocols import Desk
from explorer.export.request.request import Kind, Options
from explorer.render.picture import Picture
from explorer.storage.icons.source import IconSource, at_once, notice_of
from explorer.ui.diagram.canvas import Canvas
from explorer.ui.diagram.diagram_controller import Drawing
from explorer.ui.document.document_controller import Filing
from explorer.ui.document.session_store import Session
from explorer.ui.explanation.outcome_bar import OutcomeBar
from explorer.ui.explanation.takeaway_panel import TakeawayPanel
from explorer.ui.export.export_all import Bundler
from explorer.ui.export.export_controller import Exporter
from explorer.ui.export.export_source import Scene
from explorer.ui.file_features import FileRoom
from explorer.ui.further_views import Tab, Tabs
from explorer.ui.icons.icon_controller import IconChoice
from explorer.ui.pack.pack_controller import PackRoom
from explorer.ui.questions.answer_preview_controller import Prospects
from explorer.ui.questions.walk_panel import WalkPanel
from explorer.ui.shell.about_dialog import AboutDialog
from explorer.ui.shell.commands import ANSWERS, Actions, Do, Where
from explorer.ui.shell.notice_bar import NoticeBar
from explorer.ui.shell.panes import Panes
from explorer.ui.shell.settings import Memory
from explorer.ui.shell.toolbar import Toolbar
from explorer.ui.shell.view_tabs import Views
from explorer.ui.theme import stylesheet
from explorer.ui.theme.theme_manager import Attire, Dress, Wish
from explorer.ui.widgets.basic import stacked
from explorer.ui.widgets.zoom_view import ZoomView

ZOOM_STEP = 1.25
PATIENCE_MS = 150
"""How long the words wait for a picture that is being laid out."""

PRESENTING = 1.4
"""How much larger text is shown to a room."""


class MainWindow(QMainWindow):
    """The walk, the diagram, the takeaways and the outcome, side by side."""

    def __init__(
        self,
        desk: Desk,
        session: Session,
        canvas: Canvas,
        themes: Mapping[str, Attire],
        memory: Memory | None = None,
    ) -> None:
        super().__init__()
        self._open, self.session = OpenDesk(desk), session
        self.memory = memory or Memory()
        self.walk = Walk((), None)
        self.dress = Dress(themes, self.memory.theme)
        self.actions_ = Actions(self)
        self.toolbar = Toolbar(self.actions_, desk.title)
        self.packs = PackRoom(self._open, session, self)
        self.notices = NoticeBar()
        self.walk_panel = WalkPanel()
        self.canvas = canvas
        self.takeaways = TakeawayPanel()
        self.outcome = OutcomeBar()
        self.drawing = Drawing(self._open, self)
        self.exporter = Exporter(self.memory, self)
        self.bundler = Bundler(self)
        self.files = FileRoom(self._open, session, self.memory, self)
        self.icon_choice = IconChoice(at_once(self.memory.icons), self)
        self.views = Views()
        self.views.add("Architecture", canvas)
        self.tabs = Tabs(self._open, session, self.dress, self.views)
        self.prospects = Prospects(self._open, session, self.dress, canvas)
        self._preview: Preview | None = None
        self._rested_on: Briefing | None = None
        # The words follow right behind the picture: setting them out takes longer than a frame may,
        # and would hold up a layout that is under way.
        self._briefing = QTimer(self, singleShot=True)
        self._briefing.timeout.connect(self._brief)
        self.walk_panel.put_start(self.packs.start)
        self._arrange()
        self._wire()
        self._wear()
        self._show_icons(self.icon_choice.source)
        if self.memory.icons:
            self.icon_choice.wish(self.memory.icons)
        self._refresh(~Change.NONE)
        self.walk_panel.setFocus()

    @property
    def filing(self) -> Filing:
        """Who knows which file the session is in."""
        return self.files.filing

    @property
    def desk(self) -> Desk:
        """Who answers for the pack that is open."""
        return self._open.now

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave no work behind, and nothing unsaved that was not kept."""
        self.memory.note_window(self.normalGeometry().size(), self.isMaximized())
        workers = (
            self.files,
            self.packs,
            self.prospects,
            self.tabs,
            self.drawing,
            self.exporter,
            self.bundler,
        )
        for worker in (*workers, self.icon_choice):
            worker.close()
        super().closeEvent(event)

    # What stands where

    def _arrange(self) -> None:
        self._show_title()
        self.setMinimumSize(880, 560)
        self.resize(self._first_size())
        self.aside = stacked(self.takeaways, self.files.notes)
        self.panes = Panes(self.walk_panel, self.views, self.aside)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.toolbar)
        column.addWidget(self.notices)
        column.addWidget(self.packs.problems)
        column.addWidget(self.panes, 1)
        column.addWidget(self.outcome)
        self.setCentralWidget(page)

    def _first_size(self) -> QSize:
        room = QGuiApplication.primaryScreen().availableSize()
        if known := self.memory.window:
            return known.boundedTo(room)
        return QSize(min(1680, room.width() * 94 // 100), min(1000, room.height() * 92 // 100))

    # Who speaks to whom

    def _wire(self) -> None:
        session, actions = self.session, self.actions_
        session.changed.connect(self._refresh)
        self.walk_panel.answered.connect(session.answer)
        self.walk_panel.considered.connect(self.prospects.consider)
        self.walk_panel.cleared.connect(session.clear)
        self.walk_panel.opened.connect(session.go_to)
        self.walk_panel.stepped.connect(self._step)
        self.walk_panel.choice_found.connect(session.look_at)
        self.walk_panel.takeaway_found.connect(self._show_takeaway)
        self.walk_panel.shortest_wished.connect(session.walk_shortest)
        self.canvas.selected.connect(session.select)
        self.outcome.choice_selected.connect(session.look_at)
        self.takeaways.taken.connect(self._take)
        self.takeaways.page_wished.connect(session.read_page)
        self.prospects.previewed.connect(self._show_preview)
        self.views.changed.connect(self._make_room)
        self.views.changed.connect(self.prospects.drop)
        self.drawing.drawn.connect(self._show_picture)
        self.exporter.done.connect(self.notices.show_info)
        self.bundler.done.connect(self.notices.show_info)
        self.files.follow(self.packs, actions)
        self.files.titled.connect(self._show_title)
        self.files.told.connect(self.notices.show_info)
        self.files.asked.connect(self.notices.ask)
        self.tabs.made.connect(self._take_in)
        self.tabs.told.connect(self._show_end)
        self.packs.turned.connect(self._show_title)
        self.packs.told.connect(self.notices.show_info)
        self.icon_choice.changed.connect(self._show_icons)
        self.icon_choice.wished.connect(self.memory.note_icons)
        for teller in (self.drawing, self.exporter, self.bundler, self.packs, self.files, self.icon_choice):
            teller.failed.connect(self.notices.show_error)
        self.dress.changed.connect(self._wear)
        self.dress.changed.connect(self._draw)
        actions.wire(
            {
                **self.files.deeds,
                Do.START_OVER: session.clear_all,
                Do.CHANGE_PACK: self.packs.choose,
                Do.UNDO: session.undo,
                Do.REDO: session.redo,
                Do.EXPORT: partial(self._export, self.exporter.ask),
                Do.EXPORT_AGAIN: partial(self._export, self.exporter.again),
                Do.EXPORT_ALL: partial(self._export, self.bundler.ask),
                Do.COPY: partial(self._export, self.exporter.copy),
                Do.COPY_SELECTED: partial(self._export, self.exporter.copy),
                Do.COPY_TEXT: partial(self._export, self.exporter.copy_text),
                Do.ARCHITECTURE: partial(self.views.show_view, self.canvas),
                Do.MAP: self.tabs.open_map,
                Do.COMPARE: self.tabs.open_comparison,
                Do.MATRIX: self.tabs.open_matrix,
                Do.PIN: self._pin,
                Do.PREVIOUS: partial(self._step, -1),
                Do.NEXT: partial(self._step, 1),
                Do.CLEAR: lambda: session.clear(self.walk.current or ""),
                Do.FIND: self._find,
                Do.FIT: lambda: self._zoomed().fit(),
                Do.ZOOM_IN: lambda: self._zoomed().zoom(ZOOM_STEP),
                Do.ZOOM_OUT: lambda: self._zoomed().zoom(1 / ZOOM_STEP),
                Do.STOP_PRESENTING: partial(self._present, False),
                **{Do[f"THEME_{wish.name}"]: partial(self._choose_theme, wish) for wish in Wish},
                Do.ICONS: lambda: self.icon_choice.dialog(self).open(),
                Do.ABOUT: self._about,
                Do.QUIT: self.close,
                **{do: partial(self.walk_panel.answer_number, n) for n, do in enumerate(ANSWERS, 1)},
            }
        )
        actions.wire_toggles(
            {
                Do.GHOSTS: session.show_ghosts,
                Do.MOTION: self.canvas.allow_motion,
                Do.PRESENT: self._present,
            }
        )
        actions.of[Do.MOTION].setChecked(self.canvas.motion_allowed)
        self.canvas.addActions(actions.at(Where.CANVAS))
        for pane in (
            self.toolbar,
            self.walk_panel,
            self.canvas,
            self.takeaways,
            self.outcome,
            self.notices,
            self.packs.problems,
        ):
            pane.addActions(actions.at(Where.PANES))
        actions.of[Do.STOP_PRESENTING].setEnabled(False)
        actions.of[Do[f"THEME_{self.dress.wish.name}"]].setChecked(True)

    # What is shown

    def _refresh(self, change: Change) -> None:
        workspace = self.session.workspace
        self._preview = self._rested_on = None
        self.actions_.of[Do.UNDO].setEnabled(bool(self.session.history.past))
        self.actions_.of[Do.REDO].setEnabled(bool(self.session.history.future))
        self.prospects.follow(change)
        if change & (Change.ANSWERS | Change.GHOSTS):
            self.actions_.of[Do.GHOSTS].setChecked(workspace.ghosts)
            self._draw()
        if change & (Change.ANSWERS | Change.PLACE | Change.ORDER):
            self.walk = self.desk.walk(workspace)
            self.walk_panel.show_walk(self.walk)
            self.prospects.plan(self.walk)
        self.tabs.follow(change, self.walk)
        if change & Change.ANSWERS:
            self.outcome.show_outcome(*self.desk.bar(workspace))
        if change & (Change.ANSWERS | Change.PLACE | Change.SELECTION | Change.PAGE):
            self._briefing.start(PATIENCE_MS if self.drawing.waiting else 0)
        if change & Change.SELECTION:
            self.canvas.show_selection(workspace.selected)
            self.outcome.show_selected(workspace.choice)

    def _show_title(self) -> None:
        filing, title = self.files.filing, self.desk.title
        self.setWindowTitle(
            f"{filing.path.name}[*] – {title} – Berth" if filing.path else f"{title}[*] – Berth"
        )
        self.setWindowModified(filing.modified)
        self.toolbar.show_title(self.desk.title)

    def _brief(self) -> None:
        told = self._preview.briefing if self._preview else self._rested_on
        self.takeaways.show_briefing(told or self.desk.briefing(self.session.workspace))

    def _draw(self) -> None:
        self.drawing.follow(self.session.workspace, self.dress.theme)

    def _show_picture(self, picture: Picture) -> None:
        if self._preview is None:
            self.canvas.show_picture(picture)
            self.canvas.show_selection(self.session.workspace.selected)
        if self._briefing.isActive():
            self._briefing.start(0)

    def _show_preview(self, preview: Preview | None) -> None:
        self._preview = preview
        if picture := preview.picture if preview else self.drawing.picture:
            self.canvas.show_picture(picture)
        bar = (preview.bar, preview.summary) if preview else self.desk.bar(self.session.workspace)
        self.outcome.show_outcome(*bar)
        self._briefing.start(0)

    def _show_end(self, told: Briefing | None) -> None:
        self._rested_on = told
        self._briefing.start(0)

    def _show_takeaway(self, name: str) -> None:
        found = self.desk.pack.takeaway_by_id.get(TakeawayId(name))
        if found is not None:
            self._show_end(Briefing("Found", "", takeaways=(found,), as_page=self.session.workspace.as_page))

    def _find(self) -> None:
        if not self.tabs.look_for():
            self.walk_panel.look_for(self.desk.pack)

    def scene(self) -> Scene | None:
        """What is in view, which is what is exported and copied; None as long as nothing is drawn."""
        request = partial(self.desk.request, self.session.fitted)
        drawn = Scene(Kind.CASE, self.desk.title, request) if self.drawing.picture else None
        return self.tabs.scene(drawn)

    def _export(self, deed: Callable[[Scene | None, Options], None]) -> None:
        today = QDate.currentDate().toString(Qt.DateFormat.ISODate)
        deed(self.scene(), Options(theme=self.dress.theme, icons=self.icon_choice.source, date=today))

    def _zoomed(self) -> ZoomView:
        return self.tabs.zoomed(self.canvas)

    def _take_in(self, tab: Tab) -> None:
        """A further view has come into being."""
        tab.failed.connect(self.notices.show_error)
        if tab.zoomed is not None:
            tab.zoomed.addActions(self.actions_.at(Where.CANVAS))
        tab.wear(self._scale())
        if isinstance(tab.zoomed, Canvas):
            tab.zoomed.show_icons(self.icon_choice.source.svg)

    def _scale(self) -> float:
        presenting = self.actions_.of[Do.PRESENT].isChecked()
        return stylesheet.text_scale(QGuiApplication.font()) * (PRESENTING if presenting else 1)

    def _wear(self) -> None:
        scale = self._scale()
        colours = self.dress.attire.window
        self.panes.show_scale(scale)
        QApplication.setPalette(
            stylesheet.palette(colours)
        )  # which dialogs and lists that pop up take as well
        self.setStyleSheet(stylesheet.style_sheet(colours, scale))
        self.actions_.show_colours(colours)
        self.toolbar.show_look(colours, scale)
        self.canvas.show_colours(self.dress.attire.canvas)
        self.tabs.wear(scale)

    # What is wished beyond one call

    def _step(self, by: int) -> None:
        self.session.step(self.walk, by)

    def _pin(self) -> None:
        name = self.session.pin(self.desk.scout.title(self.session.workspace.answers))
        self.notices.show_info(f"Pinned as “{name}”; Compare shows it beside other answers.")

    def _take(self, change: tuple[tuple[str, str | None], ...]) -> None:
        self.session.change(dict(change))

    def _present(self, on: bool) -> None:
        self.actions_.of[Do.PRESENT].setChecked(on)
        self.actions_.of[Do.STOP_PRESENTING].setEnabled(on)
        # What has the keyboard may be hidden now, and Qt would pass it on to an answer, as if looked into.
        self.walk_panel.setFocus(Qt.FocusReason.OtherFocusReason)
        self._make_room()
        self.walk_panel.show_alone(on)
        self.prospects.drop()
        self._wear()
        full = Qt.WindowState.WindowFullScreen
        self.setWindowState(self.windowState() | full if on else self.windowState() & ~full)
        self.canvas.fit()

    def _make_room(self) -> None:
        alone = self.actions_.of[Do.PRESENT].isChecked()
        self.toolbar.setVisible(not alone)
        self.outcome.setVisible(not alone)
        self.aside.setVisible(not alone and not self.tabs.wide)
        self.views.show_alone(alone)

    def _choose_theme(self, wish: Wish) -> None:
        self.dress.choose(wish)
        self.memory.note_theme(wish)

    def _about(self) -> None:
        AboutDialog(self.desk.about, notice_of(self.icon_choice.source), self).open()

    def _show_icons(self, source: IconSource) -> None:
        for canvas in self.findChildren(Canvas):
            canvas.show_icons(source.svg)
