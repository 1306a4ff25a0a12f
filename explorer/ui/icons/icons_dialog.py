"""The dialog of the icons: the three sources in their order, the one in use, and a sample of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from explorer.layout.geometry import Box
from explorer.qt.painter import IconPainter
from explorer.storage.icons.source import IconOrigin, IconSource, default_icon_source
from explorer.ui.widgets.cards import Card
from explorer.ui.widgets.labels import ElidedLabel, make_label, make_line_label
from explorer.ui.widgets.layouts import ScrollColumn, set_margins
from explorer.ui.widgets.styling import set_tone

SAMPLE_ICONS = (
    "ecs",
    "eks",
    "fargate",
    "ec2",
    "registry",
    "load-balancer",
    "cloud-map",
    "task",
    "role",
    "users",
)

_SOURCE_TEXTS = {
    IconOrigin.PACKAGE: (
        "Your own copy of the AWS Architecture Icons",
        "The zip as AWS ships it, or a folder. It is only read, and never unpacked.",
    ),
    IconOrigin.SET_UP: (
        "The AWS Architecture Icons that came with the set-up",
        "Taken from one pinned npm package, under CC BY-ND 2.0, unmodified.",
    ),
    IconOrigin.OWN: (
        "Berth's own glyphs",
        "Drawn for Berth, and there for everything that AWS has no icon for.",
    ),
}
_NOT_INSTALLED = "Not there: the set-up found no npm or no network. It tries again with “run.py setup”."


class IconsDialog(QDialog):
    """Shows the sources of icons and reports which is wished: `own`, nothing for the usual one, or a path."""

    source_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Icons")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(QSize(620, 640).boundedTo(QGuiApplication.primaryScreen().availableSize()))
        self._sources = {
            IconOrigin.PACKAGE: _SourceCard(
                IconOrigin.PACKAGE,
                _make_button("Choose folder…", self._ask_folder),
                _make_button("Choose zip…", self._ask_zip),
            ),
            IconOrigin.SET_UP: _SourceCard(
                IconOrigin.SET_UP,
                _make_button("Use these", partial(self.source_requested.emit, ""), "Use the AWS icons of the set-up"),
            ),
            IconOrigin.OWN: _SourceCard(
                IconOrigin.OWN,
                _make_button(
                    "Use these",
                    partial(self.source_requested.emit, IconOrigin.OWN.value),
                    "Use Berth's own glyphs",
                ),
            ),
        }
        if default_icon_source().origin is not IconOrigin.SET_UP:
            self._sources[IconOrigin.SET_UP].show_unavailable(_NOT_INSTALLED)
        self.sample = IconSample()
        self.status_label = make_label("", "note")
        self.status_label.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.status_label.setMinimumHeight(3 * self.status_label.fontMetrics().lineSpacing())
        self._arrange()

    def _arrange(self) -> None:
        order = make_label("Looked for in this order. Pictures that you export show the same ones.", "muted")
        page = QWidget()
        inner = QVBoxLayout(page)
        set_margins(inner, (24, 24, 24, 8), 12)
        for widget in (
            make_label("Icons", "head"),
            order,
            *self._sources.values(),
            self.sample,
            self.status_label,
        ):
            inner.addWidget(widget)
        inner.addStretch(1)
        scroll = ScrollColumn("Icons")
        scroll.set_content(page)
        close = _make_button("Close", self.accept)
        close.setDefault(True)
        foot = QHBoxLayout()
        set_margins(foot, (24, 8, 24, 0))
        foot.addStretch(1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        set_margins(column, (0, 0, 0, 20))
        column.addWidget(scroll, 1)
        column.addLayout(foot)

    def show_source(self, source: IconSource) -> None:
        """These are in use now."""
        for origin, card in self._sources.items():
            card.show_in_use(origin is source.origin)
        self._sources[IconOrigin.PACKAGE].show_path(source.path if source.origin is IconOrigin.PACKAGE else None)
        self.sample.icons.set_lookup(source.svg)
        self.sample.update()
        self._show_status(source.credit, "muted")

    def show_waiting(self) -> None:
        """What was wished is being read."""
        self._show_status("Reading the icons…", "muted")

    def show_error(self, words: str) -> None:
        """What was wished could not be had."""
        self._show_status(words, "bad")

    def _show_status(self, words: str, name: str) -> None:
        self.status_label.setText(words)
        self.status_label.setAccessibleName(words)
        set_tone(self.status_label, name)

    def _ask_folder(self) -> None:
        self._emit_source(QFileDialog.getExistingDirectory(self, "The folder of the AWS Architecture Icons"))

    def _ask_zip(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "The AWS Architecture Icons", "", "Zip (*.zip)")
        self._emit_source(chosen)

    def _emit_source(self, chosen: str) -> None:
        if chosen:
            self.source_requested.emit(chosen)


def _make_button(words: str, deed: Callable[[], object], name: str = "") -> QPushButton:
    button = QPushButton(words)
    button.setAutoDefault(False)
    button.setAccessibleName(name or words)
    button.clicked.connect(lambda _checked=False: deed())
    return button


class _SourceCard(Card):
    """One source: what it is, whether it is in use, and how to take it."""

    def __init__(self, origin: IconOrigin, *buttons: QPushButton) -> None:
        super().__init__(gap=4)
        name, what = _SOURCE_TEXTS[origin]
        self._buttons, self._description = buttons, what
        self._in_use_label = make_line_label("in use", "chip")
        head = QHBoxLayout()
        head.addWidget(make_label(name, "strong"), 1)
        head.addWidget(self._in_use_label)
        self._detail = ElidedLabel(what, "small")
        row = QHBoxLayout()
        set_margins(row, (0, 6, 0, 0), 8)
        for button in buttons:
            row.addWidget(button)
        row.addStretch(1)
        self.column.addLayout(head)
        self.add(self._detail)
        self.column.addLayout(row)

    def show_in_use(self, used: bool) -> None:
        """Whether these icons are in use."""
        self._in_use_label.setVisible(used)
        set_tone(self, "current" if used else "")

    def show_path(self, path: Path | None) -> None:
        """Where the icons lie that are in use; None where they are not."""
        self._detail.show_text(str(path) if path else self._description)

    def show_unavailable(self, why: str) -> None:
        """There is nothing to take here."""
        self._description = why
        self._detail.show_text(why)
        for button in self._buttons:
            button.setEnabled(False)


class IconSample(QWidget):
    """Some icons of the source in use, as diagrams show them."""

    SIDE, GAP = 40, 14

    def __init__(self) -> None:
        super().__init__()
        self.icons = IconPainter()
        self.setAccessibleName("A sample of the icons in use")
        self.setFixedHeight(self.SIDE + 8)

    def sizeHint(self) -> QSize:
        """As wide as all of them."""
        return QSize(len(SAMPLE_ICONS) * (self.SIDE + self.GAP), self.SIDE + 8)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint them in a row."""
        painter = QPainter(self)
        for index, name in enumerate(SAMPLE_ICONS):
            self.icons.paint(painter, name, Box(index * (self.SIDE + self.GAP), 4, self.SIDE, self.SIDE))
