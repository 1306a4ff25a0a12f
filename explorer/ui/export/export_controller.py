"""Export controller: writes the current view to a file or copies it to the clipboard, with saved preferences."""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from explorer.core.errors import ExplorerError
from explorer.storage.file_names import safe_file_name
from explorer.ui.shell.messages import Messages
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
NO_DIAGRAM = "There is no diagram to export yet. Wait until the diagram is drawn."


class ExportController(QObject):
    """Exports in a worker and reports the result as a message.

    The `options` of each method carry the state of the window: its theme, its icons and today's date.
    """

    def __init__(self, settings: Settings, messages: Messages, window: QWidget) -> None:
        super().__init__(window)
        self._window, self._settings, self._messages = window, settings, messages
        self._path: Path | None = None
        self._drag_directory: TemporaryDirectory[str] | None = None
        self._dialog: ExportDialog | None = None
        self._preferences: ExportPreferences | None = None
        self._file_worker = QueuedWorker(self)
        self._copy_worker, self._copy_text_worker = LatestOnlyWorker(self), LatestOnlyWorker(self)
        self._file_worker.done.connect(self._report_done)
        self._copy_worker.done.connect(self._set_clipboard)
        self._copy_text_worker.done.connect(self._set_clipboard_text)
        for worker, crash_text in (
            (self._file_worker, "Could not export the diagram. No file was written."),
            (self._copy_worker, "Could not copy the diagram. The clipboard is unchanged."),
            (self._copy_text_worker, "Could not copy the description. The clipboard is unchanged."),
        ):
            worker.failed.connect(self._report_error)
            worker.crashed.connect(partial(self._report_crash, crash_text))

    def show_dialog(self, source: ExportSource | None, options: Options) -> None:
        """Ask the user for the format and the appearance, then for the file."""
        if source is None:
            self._messages.error.emit(NO_DIAGRAM)
            return
        from explorer.ui.export.export_dialog import ExportDialog

        dialog = ExportDialog(source, self._load_preferences(), options, self._drag_path, self._window)
        dialog.export_requested.connect(partial(self._choose_file, source, options))
        dialog.copy_requested.connect(partial(self._copy_with_preferences, source, options))
        dialog.finished.connect(self._forget_dialog)
        self._dialog = dialog
        dialog.open()

    def export_again(self, source: ExportSource | None, options: Options) -> None:
        """Overwrite the last file with the same preferences; without a last file, show the dialog."""
        if self._path is None or source is None:
            self.show_dialog(source, options)
        else:
            self._write_to(source, options, self._load_preferences(), self._path)

    def copy(self, source: ExportSource | None, options: Options) -> None:
        """Copy the picture to the clipboard as PNG, SVG and text."""
        if source is None:
            self._messages.error.emit(NO_DIAGRAM)
            return
        self._copy_worker.request(partial(_get_clipboard_data, source, options))

    def copy_text(self, source: ExportSource | None, options: Options) -> None:
        """Copy the description of the picture to the clipboard."""
        if source is None:
            self._messages.error.emit(NO_DIAGRAM)
            return
        self._copy_text_worker.request(lambda: source.request(options).description.full_text)

    def close(self) -> None:
        """Finish the files in the queue and delete the temporary files of drags."""
        if self._dialog is not None:
            self._dialog.reject()
        if self._drag_directory is not None:
            self._drag_directory.cleanup()
        for worker in (self._file_worker, self._copy_worker, self._copy_text_worker):
            worker.close()

    def _forget_dialog(self) -> None:
        self._dialog = None

    def _drag_path(self) -> Path:
        """The folder of dragged files. It lives as long as the window: programs may read the files late."""
        if self._drag_directory is None:
            self._drag_directory = TemporaryDirectory(prefix="berth-", ignore_cleanup_errors=True)
        return Path(self._drag_directory.name)

    # File

    def _load_preferences(self) -> ExportPreferences:
        from explorer.ui.export.export_preferences import parse_preferences

        if self._preferences is None:
            self._preferences = parse_preferences(self._settings.export_preferences)
        return self._preferences

    def _choose_file(self, source: ExportSource, options: Options, preferences: ExportPreferences) -> None:
        from explorer.export.formats import formats_of
        from explorer.ui.widgets.save_dialog import SaveDialog

        self._save_preferences(preferences)
        formats = formats_of(source.kind)
        selected = next((format_ for format_ in formats if preferences.ending in format_.extensions), formats[0])
        write = partial(self._write_to, source, options, preferences)
        dialog = SaveDialog(self._window, formats, selected, write).dialog
        folder = self._settings.export_folder or Path.home()
        name = _remove_extension(self._path.name, formats) if self._path else safe_file_name(source.title)
        dialog.selectFile(str(folder / f"{name}.{selected.extension}"))
        dialog.open()

    def _write_to(self, source: ExportSource, options: Options, preferences: ExportPreferences, path: Path) -> None:
        self._path = path
        self._settings.set_export_folder(path.parent)
        file_options = preferences.options(options.theme, options.icons, options.date)
        self._file_worker.request(partial(_write_file, source, file_options, path))

    def _save_preferences(self, preferences: ExportPreferences) -> None:
        self._preferences = preferences
        self._settings.set_export_preferences(preferences.to_json())

    # Clipboard

    def _copy_with_preferences(self, source: ExportSource, options: Options, preferences: ExportPreferences) -> None:
        self.copy(source, preferences.options(options.theme, options.icons, options.date))

    def _set_clipboard(self, data: ClipboardData) -> None:
        QGuiApplication.clipboard().setMimeData(data.mime_data())
        self._messages.info.emit("Copied the diagram to the clipboard.")

    def _set_clipboard_text(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._messages.info.emit("Copied the description to the clipboard.")

    # Result

    def _report_done(self, path: Path) -> None:
        self._messages.info.emit(f"Exported to {path}.")

    def _report_error(self, error: ExplorerError) -> None:
        self._messages.error.emit(str(error))

    def _report_crash(self, text: str, error: Exception) -> None:
        log.error(text, exc_info=error)
        self._messages.error.emit(text)


def _remove_extension(name: str, formats: tuple[Format, ...]) -> str:
    """A file name without the extension of any of these formats."""
    extensions = sorted((f".{ending}" for format_ in formats for ending in format_.extensions), key=len, reverse=True)
    return next((name.removesuffix(extension) for extension in extensions if name.endswith(extension)), name)


def _get_clipboard_data(source: ExportSource, options: Options) -> ClipboardData:
    from explorer.ui.export.clipboard import clipboard_data

    return clipboard_data(source, options)


def _write_file(source: ExportSource, options: Options, path: Path) -> Path:
    from explorer.export.formats import export_file

    export_file(path, source.request(options))
    return path
