"""Bundle export: writes the current view in every format, into a zip file or a new folder."""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from explorer.core.errors import ExplorerError
from explorer.storage.file_names import safe_file_name, slug
from explorer.ui.export.export_controller import NO_DIAGRAM
from explorer.ui.shell.messages import Messages
from explorer.ui.workers.workers import QueuedWorker

if TYPE_CHECKING:
    from explorer.export.request.request import Options
    from explorer.ui.export.export_source import ExportSource

log = logging.getLogger(__name__)

_ZIP, _FOLDER = "Zip archive (*.zip)", "New folder (*)"


class BundleExporter(QObject):
    """Writes all formats in a worker and reports the result as a message."""

    def __init__(self, messages: Messages, window: QWidget) -> None:
        super().__init__(window)
        self._window, self._messages = window, messages
        self._worker = QueuedWorker(self)
        self._worker.done.connect(self._report_done)
        self._worker.failed.connect(self._report_error)
        self._worker.crashed.connect(self._report_crash)

    def choose_target(self, source: ExportSource | None, options: Options) -> None:
        """Ask the user for a zip file or a new folder, and write all formats there."""
        if source is None:
            self._messages.error.emit(NO_DIAGRAM)
            return
        dialog = QFileDialog(self._window, "Export all formats")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setNameFilters([_ZIP, _FOLDER])
        dialog.setDefaultSuffix("zip")
        dialog.filterSelected.connect(lambda kind: dialog.setDefaultSuffix("zip" if kind == _ZIP else ""))
        dialog.selectFile(str(Path.home() / f"{safe_file_name(source.title)}.zip"))
        dialog.fileSelected.connect(lambda chosen: self.write(source, options, Path(chosen)))
        dialog.open()

    def write(self, source: ExportSource, options: Options, target: Path) -> None:
        """Write all formats into a `.zip` file or a new folder."""
        self._worker.request(partial(_write_bundle, source, options, target))

    def close(self) -> None:
        """Finish the exports in the queue."""
        self._worker.close()

    def _report_done(self, text: str) -> None:
        self._messages.info.emit(text)

    def _report_error(self, error: ExplorerError) -> None:
        self._messages.error.emit(str(error))

    def _report_crash(self, error: Exception) -> None:
        log.error("The export of all formats failed.", exc_info=error)
        self._messages.error.emit("Could not export all formats. No zip file was written.")


def _write_bundle(source: ExportSource, options: Options, target: Path) -> str:
    from explorer.export.batch.bundle import write_all_formats

    names = write_all_formats(source.request(options), target, slug(source.title))
    return f"Exported {len(names)} formats to {target}."
