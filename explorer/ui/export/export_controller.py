"""What is in view goes to a file or the clipboard; how and where to is remembered."""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from explorer.core.errors import ExplorerError
from explorer.storage.file_names import safe_file_name
from explorer.ui.shell.settings import Settings
from explorer.ui.workers.workers import LatestOnlyWorker, QueuedWorker

if TYPE_CHECKING:
    from explorer.export.formats import Format
    from explorer.export.request.request import Options
    from explorer.ui.export.clipboard import ClipboardData
    from explorer.ui.export.export_dialog import ExportDialog
    from explorer.ui.export.export_preferences import ExportPreferences
    from explorer.ui.export.export_source import ExportSource

log = logging.getLogger(__name__)
NO_DIAGRAM = "There is no diagram yet; it can be exported as soon as it is drawn."


class ExportController(QObject):
    """Writes what is seen to files beside the window and says how that went.

    The options that it is given say what is so in the window: theme, icons and the day.
    """

    done = Signal(str)
    failed = Signal(str)

    def __init__(self, memory: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self._window, self._settings = parent, memory
        self._path: Path | None = None
        self._drag_directory: TemporaryDirectory[str] | None = None
        self._dialog: ExportDialog | None = None
        self._preferences: ExportPreferences | None = None
        self._file_worker, self._copy_worker, self._copy_text_worker = (
            QueuedWorker(self),
            LatestOnlyWorker(self),
            LatestOnlyWorker(self),
        )
        self._file_worker.done.connect(self._report_done)
        self._copy_worker.done.connect(self._set_clipboard)
        self._copy_text_worker.done.connect(self._set_clipboard_text)
        for work, unforeseen in (
            (self._file_worker, "The diagram could not be exported; nothing was written."),
            (self._copy_worker, "The diagram could not be copied; the clipboard is as it was."),
            (self._copy_text_worker, "The description could not be copied; the clipboard is as it was."),
        ):
            work.failed.connect(self._report_error)
            work.crashed.connect(partial(self._report_crash, unforeseen))

    def show_dialog(self, scene: ExportSource | None, options: Options) -> None:
        """Let the person choose how the view is to look and where it is to go."""
        if scene is None:
            self.failed.emit(NO_DIAGRAM)
            return
        from explorer.ui.export.export_dialog import ExportDialog

        dialog = ExportDialog(scene, self._load_preferences(), options, self._drag_path, self._window)
        dialog.export_requested.connect(partial(self._choose_file, scene, options))
        dialog.copy_requested.connect(partial(self._copy_with_preferences, scene, options))
        dialog.finished.connect(self._forget_dialog)
        self._dialog = dialog
        dialog.open()

    def export_again(self, scene: ExportSource | None, options: Options) -> None:
        """Write to the same file in the same way as before; ask the first time."""
        if self._path is None or scene is None:
            self.show_dialog(scene, options)
        else:
            self._write_to(scene, options, self._load_preferences(), self._path)

    def copy(self, scene: ExportSource | None, options: Options) -> None:
        """Put the picture on the clipboard, in every form that other programs may take."""
        if scene is None:
            self.failed.emit(NO_DIAGRAM)
            return
        self._copy_worker.request(partial(_get_clipboard_data, scene, options))

    def copy_text(self, scene: ExportSource | None, options: Options) -> None:
        """Put the description of the picture on the clipboard."""
        if scene is None:
            self.failed.emit(NO_DIAGRAM)
            return
        self._copy_text_worker.request(lambda: scene.request(options).description.full_text)

    def close(self) -> None:
        """Finish what is being written, and take away what was dragged."""
        if self._dialog is not None:
            self._dialog.reject()
        if self._drag_directory is not None:
            self._drag_directory.cleanup()
        for work in (self._file_worker, self._copy_worker, self._copy_text_worker):
            work.close()

    def _forget_dialog(self) -> None:
        self._dialog = None

    def _drag_path(self) -> Path:
        """Where files stand that are dragged out: programs may take them long after."""
        if self._drag_directory is None:
            self._drag_directory = TemporaryDirectory(prefix="berth-", ignore_cleanup_errors=True)
        return Path(self._drag_directory.name)

    # To a file

    def _load_preferences(self) -> ExportPreferences:
        from explorer.ui.export.export_preferences import parse_preferences

        if self._preferences is None:
            self._preferences = parse_preferences(self._settings.export_preferences)
        return self._preferences

    def _choose_file(self, scene: ExportSource, options: Options, wishes: ExportPreferences) -> None:
        from explorer.export.formats import formats_of
        from explorer.ui.widgets.save_dialog import SaveDialog

        self._save_preferences(wishes)
        formats = formats_of(scene.kind)
        usual = next((format_ for format_ in formats if wishes.ending in format_.extensions), formats[0])
        dialog = SaveDialog(self._window, formats, usual, partial(self._write_to, scene, options, wishes)).dialog
        folder = self._settings.export_folder or Path.home()
        before = _remove_extension(self._path.name, formats) if self._path else safe_file_name(scene.title)
        dialog.selectFile(str(folder / f"{before}.{usual.extension}"))
        dialog.open()

    def _write_to(self, scene: ExportSource, options: Options, wishes: ExportPreferences, path: Path) -> None:
        self._path = path
        self._settings.set_export_folder(path.parent)
        wanted = wishes.options(options.theme, options.icons, options.date)
        self._file_worker.request(partial(_write_file, scene, wanted, path))

    def _save_preferences(self, wishes: ExportPreferences) -> None:
        self._preferences = wishes
        self._settings.set_export_preferences(wishes.to_json())

    # To the clipboard

    def _copy_with_preferences(self, scene: ExportSource, options: Options, wishes: ExportPreferences) -> None:
        self.copy(scene, wishes.options(options.theme, options.icons, options.date))

    def _set_clipboard(self, ready: ClipboardData) -> None:
        QGuiApplication.clipboard().setMimeData(ready.mime_data())
        self.done.emit("The diagram is on the clipboard.")

    def _set_clipboard_text(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.done.emit("The description is on the clipboard.")

    # How it went

    def _report_done(self, path: Path) -> None:
        self.done.emit(f"Exported to {path}.")

    def _report_error(self, error: ExplorerError) -> None:
        self.failed.emit(str(error))

    def _report_crash(self, told: str, error: Exception) -> None:
        log.error(told, exc_info=error)
        self.failed.emit(told)


def _remove_extension(name: str, formats: tuple[Format, ...]) -> str:
    """A file's name as far as it says nothing of its kind."""
    endings = sorted((f".{ending}" for one in formats for ending in one.extensions), key=len, reverse=True)
    return next((name.removesuffix(ending) for ending in endings if name.endswith(ending)), name)


def _get_clipboard_data(scene: ExportSource, options: Options) -> ClipboardData:
    from explorer.ui.export.clipboard import clipboard_data

    return clipboard_data(scene, options)


def _write_file(scene: ExportSource, options: Options, path: Path) -> Path:
    from explorer.export.formats import export_file

    export_file(path, scene.request(options))
    return path
