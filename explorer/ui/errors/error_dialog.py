"""Says in one sentence that something went wrong, and where the report is."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from explorer.ui.errors.exception_handler import ReportedError

HEADLINE = "Something went wrong in Berth. Your answers are kept, and you can go on."
STARTUP_HEADLINE = "Something went wrong in Berth, so it cannot open. What you answered before is kept."
NO_REPORT_FILE = "A report could not be written. You can copy it and pass it on: it names no person, file or answer."


def report_location(reported: ReportedError) -> str:
    """Where the report is, in a sentence."""
    if reported.path is None:
        return NO_REPORT_FILE
    return f"A report is in “{reported.path}”. It names no person, file or answer."


class ErrorDialog(QMessageBox):
    """Shown beside the window, which can be used on."""

    def __init__(self, reported: ReportedError, parent: QWidget | None = None, headline: str = HEADLINE) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.NonModal)
        self.setIcon(QMessageBox.Icon.Warning)
        self.setWindowTitle("Berth")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(headline)
        self.setInformativeText(report_location(reported))
        self.copy_button = self.addButton("Copy the report", QMessageBox.ButtonRole.ActionRole)
        self.copy_button.clicked.disconnect()  # copying does not close it
        self.copy_button.clicked.connect(partial(_copy_report, reported.crash_report.text))
        if reported.path is not None:
            self.show_file_button = self.addButton("Show the file", QMessageBox.ButtonRole.ActionRole)
            self.show_file_button.clicked.disconnect()
            folder = QUrl.fromLocalFile(str(reported.path.parent))
            self.show_file_button.clicked.connect(partial(QDesktopServices.openUrl, folder))
        self.setDefaultButton(self.addButton(QMessageBox.StandardButton.Close))


def _copy_report(report: str) -> None:
    QGuiApplication.clipboard().setText(report)
