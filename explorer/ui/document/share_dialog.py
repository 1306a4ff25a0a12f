"""The answers as a short code: to copy, to scan, and to take in."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from explorer.core.errors import ExplorerError
from explorer.core.session.share_code import encode_answers
from explorer.engine.open_pack import OpenPack
from explorer.ui.document.session_store import SessionStore
from explorer.ui.shell.commands import CommandId
from explorer.ui.widgets.basic import make_label, set_margins, set_tone

_MODULE_PIXELS = 5
_QUIET_ZONE = 4
"""The white margin of a QR code, in modules: without it scanners do not find it."""


class ShareController(QObject):
    """Makes the code of the answers as they are, and reports one that is to be opened."""

    message = Signal(str)
    failed = Signal(str)
    code_entered = Signal(str)

    def __init__(self, open_pack: OpenPack, session: SessionStore, window: QWidget) -> None:
        super().__init__(window)
        self._open_pack, self._session, self._window = open_pack, session, window

    @property
    def handlers(self) -> Mapping[CommandId, Callable[[], object]]:
        """What its commands do."""
        return {
            CommandId.SHARE: self.show_dialog,
            CommandId.COPY_CODE: self.copy_code,
            CommandId.PASTE_CODE: self.open_copied_code,
        }

    def show_dialog(self) -> None:
        """Show the code, and take in another."""
        if code := self._share_code():
            dialog = ShareDialog(code, self._window)
            dialog.code_entered.connect(self.code_entered)
            dialog.open()

    def copy_code(self) -> None:
        """Put the code on the clipboard."""
        if code := self._share_code():
            QGuiApplication.clipboard().setText(code)
            self.message.emit("The code of your answers is on the clipboard.")

    def open_copied_code(self) -> None:
        """Open the code on the clipboard."""
        self.code_entered.emit(QGuiApplication.clipboard().text())

    def _share_code(self) -> str:
        try:
            return encode_answers(self._open_pack.pack, self._session.workspace.answers)
        except ExplorerError as error:
            self.failed.emit(str(error))
            return ""


def qr_image(code: str) -> QImage:
    """A code to scan: black on white in every theme, since scanners want it so."""
    import segno

    rows = [list(row) for row in segno.make(code.upper(), error="m", micro=False).matrix]
    side = len(rows) + 2 * _QUIET_ZONE
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                image.setPixelColor(x + _QUIET_ZONE, y + _QUIET_ZONE, QColor("black"))
    return image


class ShareDialog(QDialog):
    """Shows the code of the answers and takes in another one; reports which is to be opened."""

    code_entered = Signal(str)

    def __init__(self, code: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Share by code")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(520)
        self._code = code
        shown = make_label(code, "code", selectable=True)
        shown.setAccessibleName("The code of these answers")
        self._qr = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._qr.setAccessibleName("The code as a QR code")
        self._qr.hide()
        self.copy_button = QPushButton("Copy")
        self.copy_button.clicked.connect(self._copy_code)
        self.qr_button = QPushButton("Show QR code")
        self.qr_button.clicked.connect(self._show_qr_code)
        self.field = QLineEdit()
        self.field.setPlaceholderText("Paste or type a code: berth:…")
        self.field.setAccessibleName("A code to open")
        self.open_button = QPushButton("Open")
        self.open_button.setEnabled(False)
        self.open_button.clicked.connect(self._submit)
        self.field.returnPressed.connect(self.open_button.click)
        self.field.textChanged.connect(lambda words: self.open_button.setEnabled(bool(words.strip())))
        column = QVBoxLayout(self)
        set_margins(column, (24, 20, 24, 20), 10)
        column.addWidget(make_label("Your answers as a code", "head"))
        column.addWidget(make_label("It holds every answer and the pack’s version; notes stay here.", "muted"))
        column.addWidget(shown)
        column.addWidget(self._qr)
        column.addLayout(_button_row(self.copy_button, self.qr_button))
        column.addSpacing(8)
        column.addWidget(make_label("Open someone else’s answers", "head"))
        taking = QHBoxLayout()
        set_margins(taking, gap=8)
        taking.addWidget(self.field, 1)
        taking.addWidget(self.open_button)
        column.addLayout(taking)
        for button in (self.copy_button, self.qr_button, self.open_button):
            button.setAutoDefault(False)

    def _copy_code(self) -> None:
        QGuiApplication.clipboard().setText(self._code)
        self.copy_button.setText("Copied")
        set_tone(self.copy_button, "info")

    def _show_qr_code(self) -> None:
        image = qr_image(self._code)
        ratio = self.devicePixelRatioF()
        side = round(image.width() * _MODULE_PIXELS * ratio)
        pixmap = QPixmap(side, side)
        painter = QPainter(pixmap)
        painter.drawImage(QRectF(0, 0, side, side), image)
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        self._qr.setPixmap(pixmap)
        self._qr.show()
        self.qr_button.setEnabled(False)

    def _submit(self) -> None:
        self.code_entered.emit(self.field.text())
        self.accept()


def _button_row(*buttons: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    set_margins(row, gap=8)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row
