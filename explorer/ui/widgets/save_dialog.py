"""Asks for the name of a file to write, and whether one may be replaced, by the name that it will have."""

from __future__ import annotations

import sys
from collections.abc import Callable
from itertools import chain
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from explorer.export.formats import Format


class SaveDialog(QObject):
    """Hands over the file that was chosen, with its ending, once it is clear that it may be written.

    The dialog is Qt's own class, which alone gives way to the dialog of the system where there is one.
    """

    def __init__(
        self, parent: QWidget, formats: tuple[Format, ...], usual: Format, take: Callable[[Path], None]
    ) -> None:
        self.dialog = dialog = QFileDialog(parent, "Export")
        super().__init__(dialog)
        self._window, self._on_accepted = parent, take
        self._suffixes = {
            f"{format_.name} ({' '.join(f'*.{ending}' for ending in format_.extensions)})": format_.extensions
            for format_ in formats
        }
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setNameFilters(list(self._suffixes))
        dialog.selectNameFilter(list(self._suffixes)[formats.index(usual)])
        dialog.fileSelected.connect(self._on_file_selected)

    def _on_file_selected(self, name: str) -> None:
        path = self._with_suffix(Path(name))
        asked_already = sys.platform == "darwin" and str(path) == name  # its dialog always asks
        if asked_already or not path.exists():
            self._on_accepted(path)
        else:
            _OverwriteDialog(self._window, path, self._on_accepted).open()

    def _with_suffix(self, path: Path) -> Path:
        """The file that was chosen, with the ending of the chosen format where it was typed without one."""
        if path.suffix.lower().lstrip(".") in chain.from_iterable(self._suffixes.values()):
            return path
        return path.with_name(f"{path.name}.{self._suffixes[self.dialog.selectedNameFilter()][0]}")


class _OverwriteDialog(QMessageBox):
    """Asks whether a file may be replaced."""

    def __init__(self, parent: QWidget, path: Path, take: Callable[[Path], None]) -> None:
        super().__init__(parent)
        self._path, self._on_accepted = path, take
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setIcon(QMessageBox.Icon.Question)
        self.setWindowTitle("Export")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(f"“{path.name}” is there already.")
        self.setInformativeText("Replace it?")
        self.addButton("Replace", QMessageBox.ButtonRole.AcceptRole)
        self.addButton(QMessageBox.StandardButton.Cancel)
        self.accepted.connect(self._accept)

    def _accept(self) -> None:
        self._on_accepted(self._path)
