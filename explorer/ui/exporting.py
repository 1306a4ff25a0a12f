"""What is in view goes to a file or the clipboard; the file that was chosen last is remembered."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Callable
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from explorer.core.problems import ExplorerError
from explorer.ui.tasks import Latest

if TYPE_CHECKING:
    from explorer.export.formats import Format
    from explorer.export.request import Options
    from explorer.ui.scene import Scene

log = logging.getLogger(__name__)
NOTHING = "There is no diagram yet; it can be exported as soon as it is drawn."


class Exporter(QObject):
    """Writes what is seen to files beside the window and says how that went."""

    done = Signal(str)
    failed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._path: Path | None = None
        self._writing = Latest(self)
        self._writing.done.connect(self._report_done)
        self._copying = Latest(self)
        self._copying.done.connect(self._put)
        for work in (self._writing, self._copying):
            work.failed.connect(self._report)
            work.crashed.connect(self._report_crash)

    def ask(self, scene: Scene | None, options: Options) -> None:
        """Let the person choose a file and write the view there."""
        if scene is None:
            self.failed.emit(NOTHING)
            return
        from explorer.export.formats import formats_of

        formats = formats_of(scene.kind)
        dialog = _FileDialog(
            self._window, formats, partial(self._confirm, partial(self._write, scene, options))
        )
        usual = f"{_file_name(scene.title)}.{formats[0].ending}"
        dialog.selectFile(str(self._path or Path.home() / usual))
        dialog.open()

    def again(self, scene: Scene | None, options: Options) -> None:
        """Write to the same file as before; ask for one the first time."""
        if self._path is None or scene is None:
            self.ask(scene, options)
        else:
            self._write(scene, options, self._path)

    def copy(self, scene: Scene | None, options: Options) -> None:
        """Put the picture on the clipboard."""
        if scene is None:
            self.failed.emit(NOTHING)
            return
        self._copying.request(partial(_copied, scene, options))

    def close(self) -> None:
        """Finish what is being written."""
        self._writing.close()
        self._copying.close()

    def _confirm(self, write: Callable[[Path], None], chosen: str, path: Path) -> None:
        """Ask before another file is replaced, by the name that it will have."""
        asked_already = sys.platform == "darwin" and str(path) == chosen  # its dialog always asks
        if asked_already or path == self._path or not path.exists():
            write(path)
            return
        box = _Replacing(self._window, path, partial(write, path))
        box.open()

    def _write(self, scene: Scene, options: Options, path: Path) -> None:
        self._path = path
        self._writing.request(partial(_written, scene, options, path))

    def _put(self, png: bytes) -> None:
        QGuiApplication.clipboard().setImage(QImage.fromData(png))
        self.done.emit("The diagram is on the clipboard.")

    def _report_done(self, path: Path) -> None:
        self.done.emit(f"Exported to {path}.")

    def _report(self, error: ExplorerError) -> None:
        self.failed.emit(str(error))

    def _report_crash(self, error: Exception) -> None:
        log.error("The export failed.", exc_info=error)
        self.failed.emit(f"The diagram could not be exported: {error}")


def _copied(scene: Scene, options: Options) -> bytes:
    from explorer.export.formats import FORMATS, exported

    return exported(scene.request(options), FORMATS[0])


def _written(scene: Scene, options: Options, path: Path) -> Path:
    from explorer.export.formats import export_file

    export_file(path, scene.request(options))
    return path


def _file_name(title: str) -> str:
    """A title without what a file's name cannot hold."""
    return re.sub(r'[<>:"/\\|?*\x00-\x1f]+', " ", title).strip(" .") or "diagram"


class _FileDialog(QFileDialog):
    """Asks for the name of a file; whether one may be replaced is asked once its ending is known."""

    def __init__(
        self, parent: QWidget, formats: tuple[Format, ...], take: Callable[[str, Path], None]
    ) -> None:
        super().__init__(parent, "Export the diagram")
        self._take = take
        self._endings = {
            f"{format_.name} ({' '.join(f'*.{ending}' for ending in format_.endings)})": format_.endings
            for format_ in formats
        }
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self.setOption(QFileDialog.Option.DontConfirmOverwrite)
        self.setFileMode(QFileDialog.FileMode.AnyFile)
        self.setNameFilters(list(self._endings))
        self.fileSelected.connect(self._hand_over)

    def _hand_over(self, chosen: str) -> None:
        self._take(chosen, self._with_ending(Path(chosen)))

    def _with_ending(self, path: Path) -> Path:
        """The file that was chosen, with the ending of the chosen format where it was typed without one."""
        if path.suffix.lower().lstrip(".") in chain.from_iterable(self._endings.values()):
            return path
        return path.with_name(f"{path.name}.{self._endings[self.selectedNameFilter()][0]}")


class _Replacing(QMessageBox):
    """Asks whether a file may be replaced."""

    def __init__(self, parent: QWidget, path: Path, replace: Callable[[], None]) -> None:
        super().__init__(parent)
        self._replace = replace
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setIcon(QMessageBox.Icon.Question)
        self.setWindowTitle("Export the diagram")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(f"“{path.name}” is there already.")
        self.setInformativeText("Replace it?")
        self.addButton("Replace", QMessageBox.ButtonRole.AcceptRole)
        self.addButton(QMessageBox.StandardButton.Cancel)
        self.accepted.connect(self._agreed)

    def _agreed(self) -> None:
        self._replace()
