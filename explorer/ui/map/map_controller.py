"""Keeps the decision map in step with the session; it is worked out only where it is seen."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from explorer.core.decision_map.map import Folding
from explorer.core.decision_map.map import Kind as NodeKind
from explorer.core.decision_map.paths import way_to
from explorer.core.errors import ExplorerError
from explorer.core.model.pack import Pack, QuestionId
from explorer.core.session.session import SavedSession
from explorer.core.session.walk import Walk
from explorer.core.session.workspace import Change
from explorer.engine.protocols import Desk
from explorer.export.request.build import carried, map_title, of_map
from explorer.export.request.request import Kind, Options, Request
from explorer.layout.decision_map.cards import title_of
from explorer.render.decision_map import MapSheet
from explorer.ui.document.session_store import Session
from explorer.ui.export.export_source import Scene
from explorer.ui.map.end_explanation import Ends
from explorer.ui.map.map_painter import Sorted, sort
from explorer.ui.map.map_pane import MapPane
from explorer.ui.shell.view_tabs import Views
from explorer.ui.theme.theme_manager import Dress
from explorer.ui.widgets.zoom_view import ZoomView
from explorer.ui.workers.workers import Latest

log = logging.getLogger(__name__)


class Charting(QObject):
    """Draws the map of the session's answers, folded as the person left it.

    `told` gives the briefing on the end that someone rests on, None when on none any more.
    """

    failed = Signal(str)
    told = Signal(object)
    wide = False

    def __init__(self, desk: Desk, session: Session, dress: Dress, views: Views) -> None:
        super().__init__(views)
        self._desk, self._session, self._dress, self._views = desk, session, dress, views
        self.pane = MapPane()
        self.folding = Folding()
        self._wanted = self.folding
        self._asked: QuestionId | None = None
        self._sheet: MapSheet | None = None
        self._latest = Latest(self)
        self._latest.done.connect(self._show)
        self._latest.failed.connect(self._report)
        self._latest.crashed.connect(self._report_crash)
        view = self.pane.view
        view.taken.connect(self._take)
        view.opened.connect(session.go_to)
        view.folded.connect(self._fold)
        view.rested.connect(self._rest_on)
        self._ends = Ends(desk, self)
        self._ends.told.connect(self.told)
        views.changed.connect(self._turned)

    @property
    def page(self) -> MapPane:
        """The map with its search."""
        return self.pane

    @property
    def zoomed(self) -> ZoomView:
        """The map."""
        return self.pane.view

    @property
    def scene(self) -> Scene | None:
        """The map as it is folded."""
        if self._sheet is None:
            return None
        pack, saved = self._desk.pack, self._session.fitted
        draw = partial(self._desk.mapper.sheet, saved.answers, self._asked, self.folding)
        return Scene(Kind.MAP, map_title(self._sheet.shown.pack), partial(_request, draw, pack, saved))

    @property
    def seen(self) -> bool:
        """Whether the map is what is shown."""
        return self._views.current is self.pane

    def follow(self, change: Change, walk: Walk) -> None:
        """The answers have changed, or the question that the walk stands at."""
        self._asked = walk.current
        self._ends.drop()
        if self.seen and change & (Change.ANSWERS | Change.PLACE | Change.ORDER):
            self.draw()

    def wear(self, scale: float) -> None:
        """Take the colours of the theme, and the size of its text."""
        self.pane.view.show_colours(self._dress.attire.canvas)
        self.pane.view.show_scale(scale)
        if self.seen:
            self.draw()

    def draw(self) -> None:
        """Draw the map of the answers as they are."""
        workspace = self._session.workspace
        wanted = (workspace.answers, self._asked, self._wanted, self._dress.theme)
        known = self._desk.mapper.known_sheet(*wanted)
        if known is None:
            self._latest.request(partial(_made, partial(self._desk.mapper.sheet, *wanted)))
        else:
            self._latest.drop()
            self._show((known, sort(known.picture)))

    def look_for(self) -> bool:
        """Bring the keyboard to the search field."""
        self.pane.look_for()
        return True

    def close(self) -> None:
        """Leave no work behind."""
        self._latest.close()
        self._ends.close()

    def _rest_on(self, node_id: str) -> None:
        shown = self._sheet.shown if self._sheet is not None else None
        node = shown.node_by_id.get(node_id) if shown is not None else None
        if shown is None or node is None or node.kind is NodeKind.QUESTION:
            self._ends.drop()
            return
        workspace = self._session.workspace
        way = way_to(shown, node_id, workspace.answers)
        self._ends.consider(workspace, dict(way), title_of(shown, node))

    def _turned(self, _view: QWidget) -> None:
        self._ends.drop()
        if self.seen:
            self.draw()
            self.pane.view.setFocus()

    def _take(self, way: tuple[tuple[str, str], ...]) -> None:
        self._session.change(dict(way))

    def _fold(self, node: str) -> None:
        if self._sheet is not None:
            self._wanted = self._sheet.shown.fold(node)
            self.draw()

    def _show(self, drawn: tuple[MapSheet, Sorted]) -> None:
        sheet, made = drawn
        self._sheet = sheet
        self.folding = self._wanted = sheet.shown.folding
        self.pane.show_sheet(sheet, made)

    def _report(self, error: ExplorerError) -> None:
        self._wanted = self.folding
        self.failed.emit(str(error))

    def _report_crash(self, error: Exception) -> None:
        log.error("The decision map could not be drawn.", exc_info=error)
        self._wanted = self.folding
        self.failed.emit("The decision map could not be drawn, so the last one stands.")


def _request(draw: Callable[[str], MapSheet], pack: Pack, saved: SavedSession, options: Options) -> Request:
    return of_map(draw(options.theme), options, carried(pack, saved) if options.session else "")


def _made(draw: Callable[[], MapSheet]) -> tuple[MapSheet, Sorted]:
    """A map with its picture made ready, both beside the window."""
    sheet = draw()
    return sheet, sort(sheet.picture)
