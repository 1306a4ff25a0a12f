"""Chooses the presentation that slides are put into, and shows which it is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton

_NO_TEMPLATE = "Slide template…"


class TemplateButton(QPushButton):
    """A button that holds the path of a template, or none; pressed again, it takes the template back."""

    def __init__(self) -> None:
        super().__init__(_NO_TEMPLATE)
        self.path = ""
        self.setToolTip("Slides take layouts, typeface and colours from this .pptx or .potx")
        self.clicked.connect(self._choose_template)

    def show_path(self, path: str) -> None:
        """Hold a template, or none."""
        self.path = path
        self.setText(f"“{Path(path).name}” ×" if path else _NO_TEMPLATE)
        self.setAccessibleName(f"Take the template “{Path(path).name}” back" if path else _NO_TEMPLATE)

    def _choose_template(self) -> None:
        if self.path:
            self.show_path("")
            return
        dialog = QFileDialog(self, "Slide template")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(["Presentations and templates (*.pptx *.potx)", "All files (*)"])
        dialog.fileSelected.connect(self.show_path)
        dialog.open()
