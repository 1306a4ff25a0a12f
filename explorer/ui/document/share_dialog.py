"""Share codes: copies the answers as a short code, shows it as text and QR code, and opens codes of others."""

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
from explorer.ui.shell.messages import Messages
from explorer.ui.widgets.labels import make_label
from explorer.ui.widgets.layouts import set_margins
from explorer.ui.widgets.styling import set_tone

_MODULE_PIXELS = 5
_QUIET_ZONE = 4
"""The white margin of a QR code, in modules. The standard requires four."""


class ShareController(QObject):
    """Handles the commands for share codes. `code_entered` sends a code that the user wants to open."""

    code_entered = Signal(str)

    def __init__(self, open_pack: OpenPack, session: SessionStore, messages: Messages, window: QWidget) -> None:
        super().__init__(window)
        self._open_pack, self._session, self._messages, self._window = open_pack, session, messages, window

    @property
    def handlers(self) -> Mapping[CommandId, Callable[[], object]]:
        """The functions of the share commands."""
        return {
            CommandId.SHARE: self.show_dialog,
            CommandId.COPY_CODE: self.copy_code,
            CommandId.PASTE_CODE: self.open_copied_code,
        }

    def show_dialog(self) -> None:
        """Show the dialog with the share code and a field to open another code."""
        if code := self._share_code():
            dialog = ShareDialog(code, self._window)
            dialog.code_entered.connect(self.code_entered)
            dialog.open()

    def copy_code(self) -> None:
        """Copy the share code to the clipboard."""
        if code := self._share_code():
            QGuiApplication.clipboard().setText(code)
            self._messages.info.emit("The share code is copied to the clipboard.")

    def open_copied_code(self) -> None:
        """Open the share code on the clipboard."""
        self.code_entered.emit(QGuiApplication.clipboard().text())

    def _share_code(self) -> str:
        try:
            return encode_answers(self._open_pack.pack, self._session.workspace.answers)
        except ExplorerError as error:
            self._messages.error.emit(str(error))
            return ""


def qr_image(code: str) -> QImage:
    """Draw a QR code, one pixel per module; black on white in every theme, as scanners need it."""
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
    """Dialog with the share code of the answers and a field for another code. `code_entered` sends that code."""

    code_entered = Signal(str)

    def __init__(self, code: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Share code")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(520)
        self._code = code
        code_label = make_label(code, "code", selectable=True)
        code_label.setAccessibleName("Share code of these answers")
        self._qr = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._qr.setAccessibleName("Share code as a QR code")
        self._qr.hide()
        self.copy_button = QPushButton("Copy code")
        self.copy_button.clicked.connect(self._copy_code)
        self.qr_button = QPushButton("Show QR code")
        self.qr_button.clicked.connect(self._show_qr_code)
        self.field = QLineEdit()
        self.field.setPlaceholderText("Paste or type a share code: berth:…")
        self.field.setAccessibleName("Share code to open")
        self.open_button = QPushButton("Open code")
        self.open_button.setEnabled(False)
        self.open_button.clicked.connect(self._submit)
        self.field.returnPressed.connect(self.open_button.click)
        self.field.textChanged.connect(lambda code: self.open_button.setEnabled(bool(code.strip())))
        column = QVBoxLayout(self)
        set_margins(column, (24, 20, 24, 20), 10)
        column.addWidget(make_label("Share code of your answers", "head"))
        column.addWidget(
            make_label("It contains all answers and the version of the pack. It does not contain your notes.", "muted")
        )
        column.addWidget(code_label)
        column.addWidget(self._qr)
        column.addLayout(_button_row(self.copy_button, self.qr_button))
        column.addSpacing(8)
        column.addWidget(make_label("Open a share code", "head"))
        open_row = QHBoxLayout()
        set_margins(open_row, gap=8)
        open_row.addWidget(self.field, 1)
        open_row.addWidget(self.open_button)
        column.addLayout(open_row)
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
