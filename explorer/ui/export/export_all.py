"""Everything at once: what is in view as every kind of file, in a folder or in a zip."""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from explorer.core.errors import ExplorerError
from explorer.storage.file_names import safe_file_name, slug
from explorer.ui.export.export_controller import NO_DIAGRAM
from explorer.ui.workers.workers import QueuedWorker

if TYPE_CHECKING:
    from explorer.export.request.request import Options
    from explorer.ui.export.export_source import ExportSource

log = logging.getLogger(__name__)

_ZIP, _FOLDER = "Zip archive (*.zip)", "New folder (*)"


class BundleExporter(QObject):
    """Writes every kind of file beside the window and says how that went."""

    done = Signal(str)
    failed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._worker = QueuedWorker(self)
        self._worker.done.connect(self._report_done)
        self._worker.failed.connect(self._report_error)
        self._worker.crashed.connect(self._report_crash)

    def choose_target(self, scene: ExportSource | None, options: Options) -> None:
        """Let the person choose a zip or a new folder, and write everything there."""

        if scene is None:
            self.failed.emit(NO_DIAGRAM)
            return
        dialog = QFileDialog(self._window, "Export every kind of file")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setNameFilters([_ZIP, _FOLDER])
        dialog.setDefaultSuffix("zip")
        dialog.filterSelected.connect(lambda kind: dialog.setDefaultSuffix("zip" if kind == _ZIP else ""))
        dialog.selectFile(str(Path.home() / f"{safe_file_name(scene.title)}.zip"))
        dialog.fileSelected.connect(lambda chosen: self.write(scene, options, Path(chosen)))
        dialog.open()

    def write(self, scene: ExportSource, options: Options, target: Path) -> None:
        """Write everything into a `.zip` or a new folder."""
        self._worker.request(partial(_write_bundle, scene, options, target))

    def close(self) -> None:
        """Finish what is being written."""
        self._worker.close()

    def _report_done(self, told: str) -> None:
        self.done.emit(told)

    def _report_error(self, error: ExplorerError) -> None:
        self.failed.emit(str(error))

    def _report_crash(self, error: Exception) -> None:
        log.error("The export of everything failed.", exc_info=error)
        self.failed.emit("Not every kind of file could be exported; a zip was not written at all.")


def _write_bundle(scene: ExportSource, options: Options, target: Path) -> str:
    from explorer.export.batch.bundle import write_all_formats

    names = write_all_formats(scene.request(options), target, slug(scene.title))
    return f"Exported {len(names)} kinds of file to {target}."
