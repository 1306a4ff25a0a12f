"""Template button: chooses the slide template of an export."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton

_NO_TEMPLATE = "Slide template…"


class TemplateButton(QPushButton):
    """Holds the path of a template, or "". A click chooses a template; another click removes it."""

    def __init__(self) -> None:
        super().__init__(_NO_TEMPLATE)
        self.path = ""
        self.setToolTip("Slides use the layouts, fonts and colors of this .pptx or .potx file")
        self.clicked.connect(self._choose_template)

    def show_path(self, path: str) -> None:
        """Set the path of the template, "" for none."""
        self.path = path
        self.setText(f"“{Path(path).name}” ×" if path else _NO_TEMPLATE)
        self.setAccessibleName(f"Remove the template “{Path(path).name}”" if path else _NO_TEMPLATE)

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
