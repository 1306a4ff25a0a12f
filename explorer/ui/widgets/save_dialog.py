"""Save dialog: asks for a file to write, adds the suffix, and asks before it replaces a file."""

from __future__ import annotations

import sys
from collections.abc import Callable
from itertools import chain
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from explorer.export.formats import Format


class SaveDialog(QObject):
    """Passes the chosen file to `on_accepted`, with its suffix, once it may be written.

    `dialog` must be a plain QFileDialog: only then does Qt use the file dialog of the system.
    """

    def __init__(
        self, parent: QWidget, formats: tuple[Format, ...], default: Format, on_accepted: Callable[[Path], None]
    ) -> None:
        self.dialog = dialog = QFileDialog(parent, "Export")
        super().__init__(dialog)
        self._window, self._on_accepted = parent, on_accepted
        self._suffixes = {
            f"{format_.name} ({' '.join(f'*.{ending}' for ending in format_.extensions)})": format_.extensions
            for format_ in formats
        }
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setNameFilters(list(self._suffixes))
        dialog.selectNameFilter(list(self._suffixes)[formats.index(default)])
        dialog.fileSelected.connect(self._on_file_selected)

    def _on_file_selected(self, name: str) -> None:
        path = self._with_suffix(Path(name))
        already_asked = sys.platform == "darwin" and str(path) == name  # the dialog of macOS always asks
        if already_asked or not path.exists():
            self._on_accepted(path)
        else:
            _OverwriteDialog(self._window, path, self._on_accepted).open()

    def _with_suffix(self, path: Path) -> Path:
        """Return the path, with the suffix of the selected format if it has none of a known format."""
        if path.suffix.lower().lstrip(".") in chain.from_iterable(self._suffixes.values()):
            return path
        return path.with_name(f"{path.name}.{self._suffixes[self.dialog.selectedNameFilter()][0]}")


class _OverwriteDialog(QMessageBox):
    """Asks before replacing a file."""

    def __init__(self, parent: QWidget, path: Path, on_accepted: Callable[[Path], None]) -> None:
        super().__init__(parent)
        self._path, self._on_accepted = path, on_accepted
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setIcon(QMessageBox.Icon.Question)
        self.setWindowTitle("Export")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(f"“{path.name}” already exists.")
        self.setInformativeText("Replace the file?")
        self.addButton("Replace file", QMessageBox.ButtonRole.AcceptRole)
        self.addButton(QMessageBox.StandardButton.Cancel)
        self.accepted.connect(self._accept)

    def _accept(self) -> None:
        self._on_accepted(self._path)
