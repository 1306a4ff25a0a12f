"""The packs one can choose from: on the start page while nothing is answered, and as a dialog at any time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from explorer.storage.packs.catalog import PackLabel, is_shipped
from explorer.ui.widgets.basic import ClickArea, Column, Elided, link, spaced, text, tip, tone
from explorer.ui.widgets.status_icons import Mark, Sign

BY_NUMBER = 9


@dataclass(frozen=True)
class Shelf:
    """What can be chosen, the folder whose pack is open, and a note on those that were worked on already."""

    labels: tuple[PackLabel, ...] = ()
    current: Path | None = None
    notes: Mapping[Path, str] | None = None

    def note(self, label: PackLabel) -> str:
        """How a pack stands."""
        return "open now" if label.folder == self.current else (self.notes or {}).get(label.folder, "")


def own_place(label: PackLabel) -> str:
    """Where a pack lies that did not come along, in a word: it may be a copy of one that did."""
    return "" if is_shipped(label.folder) else f"in {label.folder.name or label.folder}"


class PackRow(ClickArea):
    """One pack: its title and, where there is room, what it is about; the open one has a tick."""

    def __init__(self, label: PackLabel, shelf: Shelf, number: int = 0) -> None:
        super().__init__()
        is_open, note = label.folder == shelf.current, shelf.note(label)
        self.setAccessibleName(f"{label.title}{f', {note}' if note else ''}")
        mark = Mark(Sign.TICK if is_open else Sign.HOLLOW)
        tone(mark, "good" if is_open else "line")
        row = QHBoxLayout(self)
        spaced(row, (10, 7, 10, 7), 10)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        if number:
            row.addWidget(self._words(label, note), 1)
            if number <= BY_NUMBER:
                row.addWidget(_key(number), 0, Qt.AlignmentFlag.AlignTop)
        else:
            row.addWidget(Elided(label.title, "strong" if is_open else "body"))
            row.addWidget(Elided(own_place(label), "small"), 1)
            tip(self, "\n".join(filter(None, (label.title, label.summary, f"As of {label.as_of}"))))
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def _words(self, label: PackLabel, note: str) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        spaced(column, gap=3)
        column.addWidget(text(label.title, "strong"))
        if label.summary:
            column.addWidget(text(label.summary, "muted"))
        said = (note, f"as of {label.as_of}" if label.as_of else "", own_place(label))
        column.addWidget(text("   ·   ".join(filter(None, said)), "small"))
        return holder


def _key(number: int) -> QLabel:
    key = text(str(number), "key")
    key.setAlignment(Qt.AlignmentFlag.AlignCenter)
    key.setFixedSize(22, 22)
    return key


class StartShelf(QWidget):
    """The packs in a few lines, where one begins; reports the folder that is chosen."""

    chosen = Signal(Path)
    browsed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        spaced(self._column)
        self._rows = QWidget()
        self._column.addWidget(self._rows)
        self._shelf = Shelf()

    def show_shelf(self, shelf: Shelf) -> None:
        """List these packs."""
        if shelf == self._shelf:
            return
        self._shelf = shelf
        rows = QWidget()
        column = QVBoxLayout(rows)
        spaced(column, (8, 8, 8, 0))
        title = text("WHAT TO DECIDE", "over")
        title.setContentsMargins(10, 6, 0, 2)
        column.addWidget(title)
        for label in shelf.labels:
            row = PackRow(label, shelf)
            row.clicked.connect(partial(self._report, label.folder))
            column.addWidget(row)
        other = link("Another pack…")
        other.setAccessibleName("Choose another pack")
        other.clicked.connect(self.browsed)
        foot = QHBoxLayout()
        spaced(foot, (36, 2, 0, 0))
        foot.addWidget(other)
        foot.addStretch(1)
        column.addLayout(foot)
        self._column.replaceWidget(self._rows, rows)
        self._rows.deleteLater()
        self._rows = rows

    def _report(self, folder: Path, _checked: bool = False) -> None:
        self.chosen.emit(folder)


class PackChooser(QDialog):
    """The packs with what each is about; a click, a number or Enter chooses."""

    chosen = Signal(Path)
    browsed = Signal()

    def __init__(self, shelf: Shelf, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Change pack")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(560, 440)
        self._folders = [label.folder for label in shelf.labels]
        self.rows = [PackRow(label, shelf, number) for number, label in enumerate(shelf.labels, 1)]
        page = QWidget()
        inner = QVBoxLayout(page)
        spaced(inner, (16, 4, 16, 4), 2)
        for row, folder in zip(self.rows, self._folders, strict=True):
            row.clicked.connect(partial(self._choose, folder))
            inner.addWidget(row)
        inner.addStretch(1)
        scroll = Column("Packs")
        scroll.fill(page)
        heading = text("What is to be decided?", "head")
        heading.setContentsMargins(26, 0, 26, 0)
        aside = text("Your answers on the pack that is open are kept for when you change back.", "muted")
        aside.setContentsMargins(26, 0, 26, 8)
        other, cancel = QPushButton("Open a folder…"), QPushButton("Cancel")
        other.clicked.connect(self._browse)
        cancel.clicked.connect(self.reject)
        for button in (other, cancel):
            button.setAutoDefault(False)
        foot = QHBoxLayout()
        spaced(foot, (26, 8, 26, 0))
        foot.addWidget(other)
        foot.addStretch(1)
        foot.addWidget(cancel)
        column = QVBoxLayout(self)
        spaced(column, (0, 24, 0, 18), 4)
        for widget in (heading, aside):
            column.addWidget(widget)
        column.addWidget(scroll, 1)
        column.addLayout(foot)
        if self.rows:
            at = self._folders.index(shelf.current) if shelf.current in self._folders else 0
            self.rows[at].setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Numbers choose, up and down go from pack to pack."""
        key = event.key()
        if Qt.Key.Key_1 <= key <= Qt.Key.Key_9 and key - Qt.Key.Key_1 < len(self.rows):
            self.rows[key - Qt.Key.Key_1].click()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.focusNextPrevChild(key == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def _choose(self, folder: Path, _checked: bool = False) -> None:
        self.accept()
        self.chosen.emit(folder)

    def _browse(self) -> None:
        self.accept()
        self.browsed.emit()
