"""Icons dialog: the three icon sources in order of preference, the one in use, and a sample of it."""

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
        "The zip file from AWS, or a folder. Berth only reads it and does not unpack it.",
    ),
    IconOrigin.SET_UP: (
        "The AWS Architecture Icons installed by “run.py setup”",
        "From a pinned npm package, unmodified, licensed under CC BY-ND 2.0.",
    ),
    IconOrigin.OWN: (
        "Berth glyphs",
        "Drawn for Berth. They also replace icons that AWS does not provide.",
    ),
}
_NOT_INSTALLED = "Not installed. Run “run.py setup” with npm and a network connection."


class IconsDialog(QDialog):
    """Shows the icon sources. `source_requested` sends `own`, a path, or "" for the default source."""

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
                _make_button("Use these", partial(self.source_requested.emit, ""), "Use the installed AWS icons"),
            ),
            IconOrigin.OWN: _SourceCard(
                IconOrigin.OWN,
                _make_button(
                    "Use these",
                    partial(self.source_requested.emit, IconOrigin.OWN.value),
                    "Use the Berth glyphs",
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
        order = make_label("Berth uses the first source that is available. Exports use the same icons.", "muted")
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
        footer = QHBoxLayout()
        set_margins(footer, (24, 8, 24, 0))
        footer.addStretch(1)
        footer.addWidget(close)
        column = QVBoxLayout(self)
        set_margins(column, (0, 0, 0, 20))
        column.addWidget(scroll, 1)
        column.addLayout(footer)

    def show_source(self, source: IconSource) -> None:
        """Show which source is in use, with its credit and a sample."""
        for origin, card in self._sources.items():
            card.show_in_use(origin is source.origin)
        self._sources[IconOrigin.PACKAGE].show_path(source.path if source.origin is IconOrigin.PACKAGE else None)
        self.sample.icons.set_lookup(source.svg)
        self.sample.update()
        self._show_status(source.credit, "muted")

    def show_waiting(self) -> None:
        """Show that the requested source is being read."""
        self._show_status("Reading the icons…", "muted")

    def show_error(self, text: str) -> None:
        """Show why the requested source is not used."""
        self._show_status(text, "bad")

    def _show_status(self, text: str, tone: str) -> None:
        self.status_label.setText(text)
        self.status_label.setAccessibleName(text)
        set_tone(self.status_label, tone)

    def _ask_folder(self) -> None:
        self._emit_source(QFileDialog.getExistingDirectory(self, "Folder of the AWS Architecture Icons"))

    def _ask_zip(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, "Zip file of the AWS Architecture Icons", "", "Zip (*.zip)")
        self._emit_source(path)

    def _emit_source(self, path: str) -> None:
        if path:
            self.source_requested.emit(path)


def _make_button(label: str, action: Callable[[], object], name: str = "") -> QPushButton:
    button = QPushButton(label)
    button.setAutoDefault(False)
    button.setAccessibleName(name or label)
    button.clicked.connect(lambda _checked=False: action())
    return button


class _SourceCard(Card):
    """One source: its description, whether it is in use, and the buttons that choose it."""

    def __init__(self, origin: IconOrigin, *buttons: QPushButton) -> None:
        super().__init__(gap=4)
        name, description = _SOURCE_TEXTS[origin]
        self._buttons, self._description = buttons, description
        self._in_use_label = make_line_label("in use", "chip")
        header = QHBoxLayout()
        header.addWidget(make_label(name, "strong"), 1)
        header.addWidget(self._in_use_label)
        self._detail = ElidedLabel(description, "small")
        row = QHBoxLayout()
        set_margins(row, (0, 6, 0, 0), 8)
        for button in buttons:
            row.addWidget(button)
        row.addStretch(1)
        self.column.addLayout(header)
        self.add(self._detail)
        self.column.addLayout(row)

    def show_in_use(self, in_use: bool) -> None:
        """Show whether these icons are in use."""
        self._in_use_label.setVisible(in_use)
        set_tone(self, "current" if in_use else "")

    def show_path(self, path: Path | None) -> None:
        """Show the path of the icons in use instead of the description; None shows the description."""
        self._detail.show_text(str(path) if path else self._description)

    def show_unavailable(self, reason: str) -> None:
        """Disable the source and show the reason."""
        self._description = reason
        self._detail.show_text(reason)
        for button in self._buttons:
            button.setEnabled(False)


class IconSample(QWidget):
    """A sample of the icons in use, as in a diagram."""

    SIDE, GAP = 40, 14

    def __init__(self) -> None:
        super().__init__()
        self.icons = IconPainter()
        self.setAccessibleName("Sample of the icons in use")
        self.setFixedHeight(self.SIDE + 8)

    def sizeHint(self) -> QSize:
        """Wide enough for all sample icons."""
        return QSize(len(SAMPLE_ICONS) * (self.SIDE + self.GAP), self.SIDE + 8)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the icons in a row."""
        painter = QPainter(self)
        for index, name in enumerate(SAMPLE_ICONS):
            self.icons.paint(painter, name, Box(index * (self.SIDE + self.GAP), 4, self.SIDE, self.SIDE))
