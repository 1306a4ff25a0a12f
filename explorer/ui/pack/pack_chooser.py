"""The packs one can choose from: on the start page while nothing is answered, and as a dialog at any time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from explorer.storage.packs.catalog import PackInfo, is_shipped
from explorer.ui.widgets.basic import (
    ClickableArea,
    ElidedLabel,
    ScrollColumn,
    make_label,
    make_link_button,
    set_margins,
    set_tone,
    set_tooltip,
)
from explorer.ui.widgets.status_icons import StatusIcon, StatusShape

MAX_NUMBER_KEY = 9


@dataclass(frozen=True)
class PackCatalog:
    """What can be chosen, the folder whose pack is open, and a note on those that were worked on already."""

    packs: tuple[PackInfo, ...] = ()
    current: Path | None = None
    notes: Mapping[Path, str] | None = None

    def note_for(self, label: PackInfo) -> str:
        """How a pack stands."""
        return "open now" if label.folder == self.current else (self.notes or {}).get(label.folder, "")


def location_hint(label: PackInfo) -> str:
    """Where a pack lies that did not come along, in a word: it may be a copy of one that did."""
    return "" if is_shipped(label.folder) else f"in {label.folder.name or label.folder}"


class PackRow(ClickableArea):
    """One pack: its title and, where there is room, what it is about; the open one has a tick."""

    def __init__(self, label: PackInfo, shelf: PackCatalog, number: int = 0) -> None:
        super().__init__()
        is_open, note = label.folder == shelf.current, shelf.note_for(label)
        self.setAccessibleName(f"{label.title}{f', {note}' if note else ''}")
        mark = StatusIcon(StatusShape.CHECK if is_open else StatusShape.HOLLOW)
        set_tone(mark, "good" if is_open else "line")
        row = QHBoxLayout(self)
        set_margins(row, (10, 7, 10, 7), 10)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        if number:
            row.addWidget(self._details(label, note), 1)
            if number <= MAX_NUMBER_KEY:
                row.addWidget(_number_label(number), 0, Qt.AlignmentFlag.AlignTop)
        else:
            row.addWidget(ElidedLabel(label.title, "strong" if is_open else "body"))
            row.addWidget(ElidedLabel(location_hint(label), "small"), 1)
            set_tooltip(self, "\n".join(filter(None, (label.title, label.summary, f"As of {label.as_of}"))))
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def _details(self, label: PackInfo, note: str) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        set_margins(column, gap=3)
        column.addWidget(make_label(label.title, "strong"))
        if label.summary:
            column.addWidget(make_label(label.summary, "muted"))
        said = (note, f"as of {label.as_of}" if label.as_of else "", location_hint(label))
        column.addWidget(make_label("   ·   ".join(filter(None, said)), "small"))
        return holder


def _number_label(number: int) -> QLabel:
    key = make_label(str(number), "key")
    key.setAlignment(Qt.AlignmentFlag.AlignCenter)
    key.setFixedSize(22, 22)
    return key


class StartPackList(QWidget):
    """The packs in a few lines, where one begins; reports the folder that is chosen."""

    chosen = Signal(Path)
    browse_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        set_margins(self._column)
        self._rows = QWidget()
        self._column.addWidget(self._rows)
        self._catalog = PackCatalog()

    def show_catalog(self, shelf: PackCatalog) -> None:
        """List these packs."""
        if shelf == self._catalog:
            return
        self._catalog = shelf
        rows = QWidget()
        column = QVBoxLayout(rows)
        set_margins(column, (8, 8, 8, 0))
        title = make_label("WHAT TO DECIDE", "over")
        title.setContentsMargins(10, 6, 0, 2)
        column.addWidget(title)
        for label in shelf.packs:
            row = PackRow(label, shelf)
            row.clicked.connect(partial(self._report, label.folder))
            column.addWidget(row)
        other = make_link_button("Another pack…")
        other.setAccessibleName("Choose another pack")
        other.clicked.connect(self.browse_requested)
        foot = QHBoxLayout()
        set_margins(foot, (36, 2, 0, 0))
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
    browse_requested = Signal()

    def __init__(self, shelf: PackCatalog, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Change pack")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(560, 440)
        self._folders = [label.folder for label in shelf.packs]
        self.rows = [PackRow(label, shelf, number) for number, label in enumerate(shelf.packs, 1)]
        page = QWidget()
        inner = QVBoxLayout(page)
        set_margins(inner, (16, 4, 16, 4), 2)
        for row, folder in zip(self.rows, self._folders, strict=True):
            row.clicked.connect(partial(self._choose, folder))
            inner.addWidget(row)
        inner.addStretch(1)
        scroll = ScrollColumn("Packs")
        scroll.set_content(page)
        heading = make_label("What is to be decided?", "head")
        heading.setContentsMargins(26, 0, 26, 0)
        aside = make_label("Your answers on the pack that is open are kept for when you change back.", "muted")
        aside.setContentsMargins(26, 0, 26, 8)
        other, cancel = QPushButton("Open a folder…"), QPushButton("Cancel")
        other.clicked.connect(self._browse)
        cancel.clicked.connect(self.reject)
        for button in (other, cancel):
            button.setAutoDefault(False)
        foot = QHBoxLayout()
        set_margins(foot, (26, 8, 26, 0))
        foot.addWidget(other)
        foot.addStretch(1)
        foot.addWidget(cancel)
        column = QVBoxLayout(self)
        set_margins(column, (0, 24, 0, 18), 4)
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
        self.browse_requested.emit()
