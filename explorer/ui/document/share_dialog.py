"""The answers as a short code: to copy, to scan, and to take in."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from explorer.core.errors import ExplorerError
from explorer.core.session.share_code import code_for
from explorer.engine.protocols import Subject
from explorer.ui.document.session_store import Session
from explorer.ui.shell.commands import Do
from explorer.ui.widgets.basic import spaced, text, tone

_MODULE = 5
_QUIET = 4
"""The white margin of a QR code, in modules: without it scanners do not find it."""


class Sharing(QObject):
    """Makes the code of the answers as they are, and reports one that is to be opened."""

    told = Signal(str)
    failed = Signal(str)
    entered = Signal(str)

    def __init__(self, desk: Subject, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._session, self._window = desk, session, window

    @property
    def deeds(self) -> Mapping[Do, Callable[[], object]]:
        """What its commands do."""
        return {Do.SHARE: self.show, Do.COPY_CODE: self.copy, Do.PASTE_CODE: self.paste}

    def show(self) -> None:
        """Show the code, and take in another."""
        if code := self._code():
            dialog = CodeDialog(code, self._window)
            dialog.entered.connect(self.entered)
            dialog.open()

    def copy(self) -> None:
        """Put the code on the clipboard."""
        if code := self._code():
            QGuiApplication.clipboard().setText(code)
            self.told.emit("The code of your answers is on the clipboard.")

    def paste(self) -> None:
        """Open the code on the clipboard."""
        self.entered.emit(QGuiApplication.clipboard().text())

    def _code(self) -> str:
        try:
            return code_for(self._desk.pack, self._session.workspace.answers)
        except ExplorerError as error:
            self.failed.emit(str(error))
            return ""


def qr_image(code: str) -> QImage:
    """A code to scan: black on white in every theme, since scanners want it so."""
    import segno

    rows = [list(row) for row in segno.make(code.upper(), error="m", micro=False).matrix]
    side = len(rows) + 2 * _QUIET
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                image.setPixelColor(x + _QUIET, y + _QUIET, QColor("black"))
    return image


class CodeDialog(QDialog):
    """Shows the code of the answers and takes in another one; reports which is to be opened."""

    entered = Signal(str)

    def __init__(self, code: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Share by code")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(520)
        self._code = code
        shown = text(code, "code", selectable=True)
        shown.setAccessibleName("The code of these answers")
        self._qr = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._qr.setAccessibleName("The code as a QR code")
        self._qr.hide()
        self.copy = QPushButton("Copy")
        self.copy.clicked.connect(self._copy)
        self.show_qr = QPushButton("Show QR code")
        self.show_qr.clicked.connect(self._draw)
        self.field = QLineEdit()
        self.field.setPlaceholderText("Paste or type a code: berth:…")
        self.field.setAccessibleName("A code to open")
        self.open_ = QPushButton("Open")
        self.open_.setEnabled(False)
        self.open_.clicked.connect(self._enter)
        self.field.returnPressed.connect(self.open_.click)
        self.field.textChanged.connect(lambda words: self.open_.setEnabled(bool(words.strip())))
        column = QVBoxLayout(self)
        spaced(column, (24, 20, 24, 20), 10)
        column.addWidget(text("Your answers as a code", "head"))
        column.addWidget(text("It holds every answer and the pack’s version; notes stay here.", "muted"))
        column.addWidget(shown)
        column.addWidget(self._qr)
        column.addLayout(_row(self.copy, self.show_qr))
        column.addSpacing(8)
        column.addWidget(text("Open someone else’s answers", "head"))
        taking = QHBoxLayout()
        spaced(taking, gap=8)
        taking.addWidget(self.field, 1)
        taking.addWidget(self.open_)
        column.addLayout(taking)
        for button in (self.copy, self.show_qr, self.open_):
            button.setAutoDefault(False)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._code)
        self.copy.setText("Copied")
        tone(self.copy, "info")

    def _draw(self) -> None:
        image = qr_image(self._code)
        ratio = self.devicePixelRatioF()
        side = round(image.width() * _MODULE * ratio)
        pixmap = QPixmap(side, side)
        painter = QPainter(pixmap)
        painter.drawImage(QRectF(0, 0, side, side), image)
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        self._qr.setPixmap(pixmap)
        self._qr.show()
        self.show_qr.setEnabled(False)

    def _enter(self) -> None:
        self.entered.emit(self.field.text())
        self.accept()


def _row(*buttons: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    spaced(row, gap=8)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row
