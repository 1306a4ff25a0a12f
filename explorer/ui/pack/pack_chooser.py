"""Pack chooser: the list of packs on the start page, and the dialog for changing the pack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from explorer.storage.packs.catalog import PackInfo, is_shipped
from explorer.ui.widgets.cards import ClickableArea
from explorer.ui.widgets.labels import ElidedLabel, make_label, make_link_button
from explorer.ui.widgets.layouts import ScrollColumn, set_margins
from explorer.ui.widgets.status_icons import StatusIcon, StatusShape
from explorer.ui.widgets.styling import set_tone, set_tooltip

MAX_NUMBER_KEY = 9
"""The number keys 1 to 9 choose the first nine packs."""


@dataclass(frozen=True)
class PackCatalog:
    """The packs to choose from, the folder of the open pack, and a note on each pack with a parked session."""

    packs: tuple[PackInfo, ...] = ()
    current: Path | None = None
    notes: Mapping[Path, str] | None = None

    def note_for(self, info: PackInfo) -> str:
        """Whether the pack is open, or what is parked for it."""
        return "open now" if info.folder == self.current else (self.notes or {}).get(info.folder, "")


def location_hint(info: PackInfo) -> str:
    """The folder name of a pack that is not shipped: it may be a copy of a shipped pack."""
    return "" if is_shipped(info.folder) else f"in {info.folder.name or info.folder}"


class PackRow(ClickableArea):
    """One pack: its title and, with a `number`, its summary. A check mark marks the open pack."""

    def __init__(self, info: PackInfo, catalog: PackCatalog, number: int = 0) -> None:
        super().__init__()
        is_open, note = info.folder == catalog.current, catalog.note_for(info)
        self.setAccessibleName(f"{info.title}{f', {note}' if note else ''}")
        icon = StatusIcon(StatusShape.CHECK if is_open else StatusShape.HOLLOW)
        set_tone(icon, "good" if is_open else "line")
        row = QHBoxLayout(self)
        set_margins(row, (10, 7, 10, 7), 10)
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        if number:
            row.addWidget(self._details(info, note), 1)
            if number <= MAX_NUMBER_KEY:
                row.addWidget(_number_label(number), 0, Qt.AlignmentFlag.AlignTop)
        else:
            row.addWidget(ElidedLabel(info.title, "strong" if is_open else "body"))
            row.addWidget(ElidedLabel(location_hint(info), "small"), 1)
            set_tooltip(self, "\n".join(filter(None, (info.title, info.summary, f"As of {info.as_of}"))))
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def _details(self, info: PackInfo, note: str) -> QWidget:
        details = QWidget()
        column = QVBoxLayout(details)
        set_margins(column, gap=3)
        column.addWidget(make_label(info.title, "strong"))
        if info.summary:
            column.addWidget(make_label(info.summary, "muted"))
        facts = (note, f"as of {info.as_of}" if info.as_of else "", location_hint(info))
        column.addWidget(make_label("   ·   ".join(filter(None, facts)), "small"))
        return details


def _number_label(number: int) -> QLabel:
    key = make_label(str(number), "key")
    key.setAlignment(Qt.AlignmentFlag.AlignCenter)
    key.setFixedSize(22, 22)
    return key


class StartPackList(QWidget):
    """The packs as short lines for the start page. Emits the chosen folder, or a request to browse for one."""

    chosen = Signal(Path)
    browse_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        set_margins(self._column)
        self._rows = QWidget()
        self._column.addWidget(self._rows)
        self._catalog = PackCatalog()

    def show_catalog(self, catalog: PackCatalog) -> None:
        """Show these packs."""
        if catalog == self._catalog:
            return
        self._catalog = catalog
        rows = QWidget()
        column = QVBoxLayout(rows)
        set_margins(column, (8, 8, 8, 0))
        title = make_label("PACKS", "over")
        title.setContentsMargins(10, 6, 0, 2)
        column.addWidget(title)
        for info in catalog.packs:
            row = PackRow(info, catalog)
            row.clicked.connect(partial(self._emit_chosen, info.folder))
            column.addWidget(row)
        other = make_link_button("Another pack…")
        other.setAccessibleName("Choose another pack")
        other.clicked.connect(self.browse_requested)
        footer = QHBoxLayout()
        set_margins(footer, (36, 2, 0, 0))
        footer.addWidget(other)
        footer.addStretch(1)
        column.addLayout(footer)
        self._column.replaceWidget(self._rows, rows)
        self._rows.deleteLater()
        self._rows = rows

    def _emit_chosen(self, folder: Path, _checked: bool = False) -> None:
        self.chosen.emit(folder)


class PackChooser(QDialog):
    """Dialog with a summary of each pack. A click, a number key or Enter chooses a pack."""

    chosen = Signal(Path)
    browse_requested = Signal()

    def __init__(self, catalog: PackCatalog, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Change pack")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(560, 440)
        self._folders = [info.folder for info in catalog.packs]
        self.rows = [PackRow(info, catalog, number) for number, info in enumerate(catalog.packs, 1)]
        page = QWidget()
        rows_column = QVBoxLayout(page)
        set_margins(rows_column, (16, 4, 16, 4), 2)
        for row, folder in zip(self.rows, self._folders, strict=True):
            row.clicked.connect(partial(self._choose, folder))
            rows_column.addWidget(row)
        rows_column.addStretch(1)
        scroll = ScrollColumn("Packs")
        scroll.set_content(page)
        heading = make_label("Choose a pack", "head")
        heading.setContentsMargins(26, 0, 26, 0)
        hint = make_label("Your answers for the open pack are kept until you change back.", "muted")
        hint.setContentsMargins(26, 0, 26, 8)
        other, cancel = QPushButton("Open a folder…"), QPushButton("Cancel")
        other.clicked.connect(self._browse)
        cancel.clicked.connect(self.reject)
        for button in (other, cancel):
            button.setAutoDefault(False)
        footer = QHBoxLayout()
        set_margins(footer, (26, 8, 26, 0))
        footer.addWidget(other)
        footer.addStretch(1)
        footer.addWidget(cancel)
        column = QVBoxLayout(self)
        set_margins(column, (0, 24, 0, 18), 4)
        for widget in (heading, hint):
            column.addWidget(widget)
        column.addWidget(scroll, 1)
        column.addLayout(footer)
        if self.rows:
            at = self._folders.index(catalog.current) if catalog.current in self._folders else 0
            self.rows[at].setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by number key; move between packs with the arrow keys."""
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
