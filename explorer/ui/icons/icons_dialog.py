"""The dialog of the icons: the three sources in their order, the one in use, and a sample of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from explorer.layout.geometry import Box
from explorer.qt.painter import Icons
from explorer.storage.icons.source import IconSource, Origin, usual_source
from explorer.ui.widgets.basic import Card, Column, Elided, line, spaced, text, tone

SAMPLE = ("ecs", "eks", "fargate", "ec2", "registry", "load-balancer", "cloud-map", "task", "role", "users")

_TOLD = {
    Origin.PACKAGE: (
        "Your own copy of the AWS Architecture Icons",
        "The zip as AWS ships it, or a folder. It is only read, and never unpacked.",
    ),
    Origin.SET_UP: (
        "The AWS Architecture Icons that came with the set-up",
        "Taken from one pinned npm package, under CC BY-ND 2.0, unmodified.",
    ),
    Origin.OWN: ("Berth's own glyphs", "Drawn for Berth, and there for everything that AWS has no icon for."),
}
_NO_SET_UP = "Not there: the set-up found no npm or no network. It tries again with “run.py setup”."


class IconsDialog(QDialog):
    """Shows the sources of icons and reports which is wished: `own`, nothing for the usual one, or a path."""

    wished = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Icons")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(QSize(620, 640).boundedTo(QGuiApplication.primaryScreen().availableSize()))
        self._sources = {
            Origin.PACKAGE: _SourceCard(
                Origin.PACKAGE,
                _button("Choose folder…", self._ask_folder),
                _button("Choose zip…", self._ask_zip),
            ),
            Origin.SET_UP: _SourceCard(
                Origin.SET_UP,
                _button("Use these", partial(self.wished.emit, ""), "Use the AWS icons of the set-up"),
            ),
            Origin.OWN: _SourceCard(
                Origin.OWN,
                _button("Use these", partial(self.wished.emit, Origin.OWN.value), "Use Berth's own glyphs"),
            ),
        }
        if usual_source().origin is not Origin.SET_UP:
            self._sources[Origin.SET_UP].refuse(_NO_SET_UP)
        self.sample = Sample()
        self.told = text("", "note")
        self.told.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.told.setMinimumHeight(3 * self.told.fontMetrics().lineSpacing())
        self._arrange()

    def _arrange(self) -> None:
        order = text("Looked for in this order. Pictures that you export show the same ones.", "muted")
        page = QWidget()
        inner = QVBoxLayout(page)
        spaced(inner, (24, 24, 24, 8), 12)
        for widget in (text("Icons", "head"), order, *self._sources.values(), self.sample, self.told):
            inner.addWidget(widget)
        inner.addStretch(1)
        scroll = Column("Icons")
        scroll.fill(page)
        close = _button("Close", self.accept)
        close.setDefault(True)
        foot = QHBoxLayout()
        spaced(foot, (24, 8, 24, 0))
        foot.addStretch(1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        spaced(column, (0, 0, 0, 20))
        column.addWidget(scroll, 1)
        column.addLayout(foot)

    def show_source(self, source: IconSource) -> None:
        """These are in use now."""
        for origin, card in self._sources.items():
            card.show_used(origin is source.origin)
        self._sources[Origin.PACKAGE].show_where(source.path if source.origin is Origin.PACKAGE else None)
        self.sample.icons.use(source.svg)
        self.sample.update()
        self._tell(source.credit, "muted")

    def show_waiting(self) -> None:
        """What was wished is being read."""
        self._tell("Reading the icons…", "muted")

    def show_fault(self, words: str) -> None:
        """What was wished could not be had."""
        self._tell(words, "bad")

    def _tell(self, words: str, name: str) -> None:
        self.told.setText(words)
        self.told.setAccessibleName(words)
        tone(self.told, name)

    def _ask_folder(self) -> None:
        self._wish(QFileDialog.getExistingDirectory(self, "The folder of the AWS Architecture Icons"))

    def _ask_zip(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "The AWS Architecture Icons", "", "Zip (*.zip)")
        self._wish(chosen)

    def _wish(self, chosen: str) -> None:
        if chosen:
            self.wished.emit(chosen)


def _button(words: str, deed: Callable[[], object], name: str = "") -> QPushButton:
    button = QPushButton(words)
    button.setAutoDefault(False)
    button.setAccessibleName(name or words)
    button.clicked.connect(lambda _checked=False: deed())
    return button


class _SourceCard(Card):
    """One source: what it is, whether it is in use, and how to take it."""

    def __init__(self, origin: Origin, *buttons: QPushButton) -> None:
        super().__init__(gap=4)
        name, what = _TOLD[origin]
        self._buttons, self._what = buttons, what
        self._used = line("in use", "chip")
        head = QHBoxLayout()
        head.addWidget(text(name, "strong"), 1)
        head.addWidget(self._used)
        self._words = Elided(what, "small")
        row = QHBoxLayout()
        spaced(row, (0, 6, 0, 0), 8)
        for button in buttons:
            row.addWidget(button)
        row.addStretch(1)
        self.column.addLayout(head)
        self.add(self._words)
        self.column.addLayout(row)

    def show_used(self, used: bool) -> None:
        """Whether these icons are in use."""
        self._used.setVisible(used)
        tone(self, "current" if used else "")

    def show_where(self, path: Path | None) -> None:
        """Where the icons lie that are in use; None where they are not."""
        self._words.show_text(str(path) if path else self._what)

    def refuse(self, why: str) -> None:
        """There is nothing to take here."""
        self._what = why
        self._words.show_text(why)
        for button in self._buttons:
            button.setEnabled(False)


class Sample(QWidget):
    """Some icons of the source in use, as diagrams show them."""

    SIDE, GAP = 40, 14

    def __init__(self) -> None:
        super().__init__()
        self.icons = Icons()
        self.setAccessibleName("A sample of the icons in use")
        self.setFixedHeight(self.SIDE + 8)

    def sizeHint(self) -> QSize:
        """As wide as all of them."""
        return QSize(len(SAMPLE) * (self.SIDE + self.GAP), self.SIDE + 8)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint them in a row."""
        painter = QPainter(self)
        for index, name in enumerate(SAMPLE):
            self.icons.paint(painter, name, Box(index * (self.SIDE + self.GAP), 4, self.SIDE, self.SIDE))
