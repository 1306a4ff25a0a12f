"""Everything about answers that are not given: previews, two scenarios side by side, and the matrix."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from explorer.core import scenarios as edit
from explorer.core.problems import ExplorerError
from explorer.core.scenarios import Scenario, Scenarios
from explorer.core.walk import Walk
from explorer.core.workspace import Change, Workspace
from explorer.export.paint import Icons
from explorer.render.picture import Picture
from explorer.ui.actions import Do
from explorer.ui.canvas import Canvas
from explorer.ui.compare_view import HERE, CompareView
from explorer.ui.desk import Desk
from explorer.ui.dress import Dress
from explorer.ui.matrix_view import MatrixView
from explorer.ui.scout import Comparison
from explorer.ui.session import Session
from explorer.ui.tasks import Latest
from explorer.ui.views import Views
from explorer.ui.what_if import PreviewStrip, WhatIf

log = logging.getLogger(__name__)

PAUSE_MS = 200
"""How long after an answer the next ones are laid out: the diagram of this one comes first."""


class Prospects(QObject):
    """Keeps previews, comparison and matrix in step with the session; only what is seen is worked out.

    `previewed` tells what an answer would come to, None when what is so is to be seen again.
    """

    previewed = Signal(object)
    failed = Signal(str)

    def __init__(self, desk: Desk, session: Session, dress: Dress, canvas: Canvas, views: Views) -> None:
        super().__init__(views)
        self.scout, self._session, self._dress, self._views = desk.scout, session, dress, views
        self.what_if = WhatIf(desk.scout, self)
        self.strip = PreviewStrip(canvas)
        self.compare = CompareView(Icons())
        self.matrix = MatrixView()
        self._comparing = Latest(self)
        self._walk = Walk((), None)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._look_ahead)
        views.add("Compare", self.compare)
        views.add("Matrix", self.matrix)
        self._wire()
        self.compare.show_scenarios(session.scenarios)

    def _wire(self) -> None:
        self.what_if.shown.connect(self.previewed)
        self.what_if.ended.connect(partial(self.previewed.emit, None))
        self.previewed.connect(self.strip.show_preview)
        self._comparing.done.connect(self._show_comparison)
        self._comparing.failed.connect(self._report)
        self._comparing.crashed.connect(self._report)
        self._session.rearranged.connect(self._show_scenarios)
        self._views.changed.connect(self._catch_up)
        self.matrix.answered.connect(self._session.answer)
        self.compare.pinned.connect(self.pin)
        self.compare.swapped.connect(self._swap)
        for side in (self.compare.left, self.compare.right):
            side.renamed.connect(self._rename)
            side.removed.connect(self._remove)
        self.compare.left.chosen.connect(self._put_left)
        self.compare.right.chosen.connect(self._put_right)

    @property
    def deeds(self) -> dict[Do, Callable[[], object]]:
        """What its commands do."""
        return {
            Do.PIN: self.pin,
            Do.COMPARE: partial(self._views.show_view, self.compare),
            Do.MATRIX: self._open_matrix,
        }

    # What if

    def consider(self, question: str, answer: str) -> None:
        """Someone looks into an answer; two empty words: into none."""
        self.what_if.consider(self._session.workspace, question, answer, self._dress.theme)

    def plan(self, walk: Walk) -> None:
        """Someone stands at a question: what its answers would come to is laid out once there is time."""
        self._walk = walk
        self._pause.start()

    def _look_ahead(self) -> None:
        if self._walk.step is not None:
            question = self._walk.step.question
            self.what_if.look_ahead(
                self._session.workspace, question.id, [answer.id for answer in question.answers]
            )

    def follow(self, change: Change) -> None:
        """The session has changed."""
        self.what_if.follow(self._session.workspace)
        self.strip.show_preview(None)
        if change & Change.ANSWERS:
            self._catch_up(self._views.current)

    # Compare

    def pin(self) -> None:
        """Keep the answers as they are, to compare them with others."""
        workspace = self._session.workspace
        scenario = Scenario(self.scout.title(workspace.answers), workspace.answers)
        self._session.rearrange(edit.pin(self._session.scenarios, scenario))

    def picture(self, drawn: Picture | None) -> Picture | None:
        """What is exported: the comparison where that is seen, else what is drawn."""
        return self.compare.slide if self._views.current is self.compare else drawn

    @property
    def wide(self) -> bool:
        """Whether what is seen needs the room of the takeaways, and tells of them itself."""
        return self._views.current in (self.compare, self.matrix)

    def canvas(self, usual: Canvas) -> Canvas:
        """The canvas that is seen."""
        return self.compare.canvas if self._views.current is self.compare else usual

    def wear(self) -> None:
        """Take the colours of the theme."""
        attire = self._dress.attire
        self.compare.canvas.show_colours(attire.canvas)
        self.compare.show_colours(attire.window)
        self.matrix.show_colours(attire.window)
        self._catch_up(self._views.current)

    def close(self) -> None:
        """Leave no work behind."""
        self._pause.stop()
        self.what_if.close()
        self._comparing.close()

    def _catch_up(self, view: QWidget) -> None:
        """Work out what is seen now."""
        self.what_if.consider(Workspace(), "", "", "")
        if view is self.matrix:
            self.matrix.show_matrix(self.scout.matrix(self._session.workspace.answers))
        elif view is self.compare:
            scenarios = self._session.scenarios
            here = Scenario(HERE, self._session.workspace.answers)
            pair = scenarios.named(scenarios.left, here), scenarios.named(scenarios.right, here)
            known = self.scout.known_comparison(*pair, self._dress.theme)
            if known is None:
                self._comparing.request(partial(self.scout.comparison, *pair, self._dress.theme))
            else:
                self._comparing.drop()
                self._show_comparison(known)

    def _open_matrix(self) -> None:
        self._views.show_view(self.matrix)
        self.matrix.focus_first()

    def _show_scenarios(self) -> None:
        self.compare.show_scenarios(self._session.scenarios)
        self._catch_up(self._views.current)

    def _show_comparison(self, comparison: Comparison) -> None:
        self.compare.show_comparison(comparison)

    def _report(self, error: Exception) -> None:
        if not isinstance(error, ExplorerError):
            log.error("The comparison could not be drawn.", exc_info=error)
        self.failed.emit(str(error))

    def _swap(self) -> None:
        self._become(edit.swap(self._session.scenarios))

    def _rename(self, name: str, wanted: str) -> None:
        self._become(edit.rename(self._session.scenarios, name, wanted))

    def _remove(self, name: str) -> None:
        self._become(edit.remove(self._session.scenarios, name))

    def _put_left(self, name: str) -> None:
        self._become(edit.put(self._session.scenarios, left=name))

    def _put_right(self, name: str) -> None:
        self._become(edit.put(self._session.scenarios, right=name))

    def _become(self, after: Scenarios) -> None:
        self._session.rearrange(after)
