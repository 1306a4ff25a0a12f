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
from explorer.storage.file_names import file_name
from explorer.ui.shell.settings import Memory
from explorer.ui.workers.workers import InTurn, Latest

if TYPE_CHECKING:
    from explorer.export.formats import Format
    from explorer.export.request.request import Options
    from explorer.ui.export.clipboard import Copied
    from explorer.ui.export.export_dialog import ExportDialog
    from explorer.ui.export.export_preferences import Wishes
    from explorer.ui.export.export_source import Scene

log = logging.getLogger(__name__)
NOTHING = "There is no diagram yet; it can be exported as soon as it is drawn."


class Exporter(QObject):
    """Writes what is seen to files beside the window and says how that went.

    The options that it is given say what is so in the window: theme, icons and the day.
    """

    done = Signal(str)
    failed = Signal(str)

    def __init__(self, memory: Memory, parent: QWidget) -> None:
        super().__init__(parent)
        self._window, self._memory = parent, memory
        self._path: Path | None = None
        self._dragged: TemporaryDirectory[str] | None = None
        self._dialog: ExportDialog | None = None
        self._wished: Wishes | None = None
        self._writing, self._copying, self._telling = InTurn(self), Latest(self), Latest(self)
        self._writing.done.connect(self._report_done)
        self._copying.done.connect(self._put)
        self._telling.done.connect(self._put_text)
        for work, unforeseen in (
            (self._writing, "The diagram could not be exported; nothing was written."),
            (self._copying, "The diagram could not be copied; the clipboard is as it was."),
            (self._telling, "The description could not be copied; the clipboard is as it was."),
        ):
            work.failed.connect(self._report)
            work.crashed.connect(partial(self._report_crash, unforeseen))

    def ask(self, scene: Scene | None, options: Options) -> None:
        """Let the person choose how the view is to look and where it is to go."""
        if scene is None:
            self.failed.emit(NOTHING)
            return
        from explorer.ui.export.export_dialog import ExportDialog

        dialog = ExportDialog(scene, self._wishes(), options, self._drag_folder, self._window)
        dialog.wished.connect(partial(self._ask_file, scene, options))
        dialog.copy_wished.connect(partial(self._copy_wished, scene, options))
        dialog.finished.connect(self._let_go)
        self._dialog = dialog
        dialog.open()

    def again(self, scene: Scene | None, options: Options) -> None:
        """Write to the same file in the same way as before; ask the first time."""
        if self._path is None or scene is None:
            self.ask(scene, options)
        else:
            self._write(scene, options, self._wishes(), self._path)

    def copy(self, scene: Scene | None, options: Options) -> None:
        """Put the picture on the clipboard, in every form that other programs may take."""
        if scene is None:
            self.failed.emit(NOTHING)
            return
        self._copying.request(partial(_copied, scene, options))

    def copy_text(self, scene: Scene | None, options: Options) -> None:
        """Put the description of the picture on the clipboard."""
        if scene is None:
            self.failed.emit(NOTHING)
            return
        self._telling.request(lambda: scene.request(options).description.whole)

    def close(self) -> None:
        """Finish what is being written, and take away what was dragged."""
        if self._dialog is not None:
            self._dialog.reject()
        if self._dragged is not None:
            self._dragged.cleanup()
        for work in (self._writing, self._copying, self._telling):
            work.close()

    def _let_go(self) -> None:
        self._dialog = None

    def _drag_folder(self) -> Path:
        """Where files stand that are dragged out: programs may take them long after."""
        if self._dragged is None:
            self._dragged = TemporaryDirectory(prefix="berth-", ignore_cleanup_errors=True)
        return Path(self._dragged.name)

    # To a file

    def _wishes(self) -> Wishes:
        from explorer.ui.export.export_preferences import wishes_from

        if self._wished is None:
            self._wished = wishes_from(self._memory.export)
        return self._wished

    def _ask_file(self, scene: Scene, options: Options, wishes: Wishes) -> None:
        from explorer.export.formats import formats_of
        from explorer.ui.widgets.save_dialog import Saving

        self._remember(wishes)
        formats = formats_of(scene.kind)
        usual = next((format_ for format_ in formats if wishes.ending in format_.endings), formats[0])
        dialog = Saving(self._window, formats, usual, partial(self._write, scene, options, wishes)).dialog
        folder = self._memory.export_folder or Path.home()
        before = _without_ending(self._path.name, formats) if self._path else file_name(scene.title)
        dialog.selectFile(str(folder / f"{before}.{usual.ending}"))
        dialog.open()

    def _write(self, scene: Scene, options: Options, wishes: Wishes, path: Path) -> None:
        self._path = path
        self._memory.note_export_folder(path.parent)
        wanted = wishes.options(options.theme, options.icons, options.date)
        self._writing.request(partial(_written, scene, wanted, path))

    def _remember(self, wishes: Wishes) -> None:
        self._wished = wishes
        self._memory.note_export(wishes.as_text())

    # To the clipboard

    def _copy_wished(self, scene: Scene, options: Options, wishes: Wishes) -> None:
        self.copy(scene, wishes.options(options.theme, options.icons, options.date))

    def _put(self, ready: Copied) -> None:
        QGuiApplication.clipboard().setMimeData(ready.mime())
        self.done.emit("The diagram is on the clipboard.")

    def _put_text(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.done.emit("The description is on the clipboard.")

    # How it went

    def _report_done(self, path: Path) -> None:
        self.done.emit(f"Exported to {path}.")

    def _report(self, error: ExplorerError) -> None:
        self.failed.emit(str(error))

    def _report_crash(self, told: str, error: Exception) -> None:
        log.error(told, exc_info=error)
        self.failed.emit(told)


def _without_ending(name: str, formats: tuple[Format, ...]) -> str:
    """A file's name as far as it says nothing of its kind."""
    endings = sorted((f".{ending}" for one in formats for ending in one.endings), key=len, reverse=True)
    return next((name.removesuffix(ending) for ending in endings if name.endswith(ending)), name)


def _copied(scene: Scene, options: Options) -> Copied:
    from explorer.ui.export.clipboard import copied

    return copied(scene, options)


def _written(scene: Scene, options: Options, path: Path) -> Path:
    from explorer.export.formats import export_file

    export_file(path, scene.request(options))
    return path
