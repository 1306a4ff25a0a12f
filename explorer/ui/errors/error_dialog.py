"""Says in one sentence that something went wrong, and where the report is."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from explorer.ui.errors.exception_handler import Reported

HEADLINE = "Something went wrong in Berth. Your answers are kept, and you can go on."
UNOPENED = "Something went wrong in Berth, so it cannot open. What you answered before is kept."
NOWHERE = "A report could not be written. You can copy it and pass it on: it names no person, file or answer."


def whereabouts(reported: Reported) -> str:
    """Where the report is, in a sentence."""
    if reported.path is None:
        return NOWHERE
    return f"A report is in “{reported.path}”. It names no person, file or answer."


class FaultDialog(QMessageBox):
    """Shown beside the window, which can be used on."""

    def __init__(self, reported: Reported, parent: QWidget | None = None, headline: str = HEADLINE) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.NonModal)
        self.setIcon(QMessageBox.Icon.Warning)
        self.setWindowTitle("Berth")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(headline)
        self.setInformativeText(whereabouts(reported))
        self.copy = self.addButton("Copy the report", QMessageBox.ButtonRole.ActionRole)
        self.copy.clicked.disconnect()  # copying does not close it
        self.copy.clicked.connect(partial(_copy, reported.fault.report))
        if reported.path is not None:
            self.look = self.addButton("Show the file", QMessageBox.ButtonRole.ActionRole)
            self.look.clicked.disconnect()
            folder = QUrl.fromLocalFile(str(reported.path.parent))
            self.look.clicked.connect(partial(QDesktopServices.openUrl, folder))
        self.setDefaultButton(self.addButton(QMessageBox.StandardButton.Close))


def _copy(report: str) -> None:
    QGuiApplication.clipboard().setText(report)
