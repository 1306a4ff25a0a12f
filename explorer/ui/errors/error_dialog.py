"""Error dialog: tells the user about an unexpected error and where the crash report is."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from explorer.ui.errors.exception_handler import ReportedError

HEADLINE = "An unexpected error occurred. Your answers are kept, and you can continue."
STARTUP_HEADLINE = "Berth cannot open because of an unexpected error. Your earlier answers are kept."
NO_REPORT_FILE = "Could not write a crash report. You can copy it instead. It contains no names, files or answers."


def report_location(reported: ReportedError) -> str:
    """Return one sentence that names the file of the report, or says that there is none."""
    if reported.path is None:
        return NO_REPORT_FILE
    return f"The crash report is in “{reported.path}”. It contains no names, files or answers."


class ErrorDialog(QMessageBox):
    """A dialog that does not block the window."""

    def __init__(self, reported: ReportedError, parent: QWidget | None = None, headline: str = HEADLINE) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.NonModal)
        self.setIcon(QMessageBox.Icon.Warning)
        self.setWindowTitle("Berth")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(headline)
        self.setInformativeText(report_location(reported))
        self.copy_button = self.addButton("Copy report", QMessageBox.ButtonRole.ActionRole)
        self.copy_button.clicked.disconnect()  # so that the dialog stays open
        self.copy_button.clicked.connect(partial(_copy_report, reported.crash_report.text))
        if reported.path is not None:
            self.show_file_button = self.addButton("Show file", QMessageBox.ButtonRole.ActionRole)
            self.show_file_button.clicked.disconnect()
            folder = QUrl.fromLocalFile(str(reported.path.parent))
            self.show_file_button.clicked.connect(partial(QDesktopServices.openUrl, folder))
        self.setDefaultButton(self.addButton(QMessageBox.StandardButton.Close))


def _copy_report(report: str) -> None:
    QGuiApplication.clipboard().setText(report)
