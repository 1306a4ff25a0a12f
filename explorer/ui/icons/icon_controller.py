"""Which icons the diagrams show: looked for beside the window, and taken only when they are sound."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from explorer.core.errors import ExplorerError
from explorer.storage.icons.source import IconOrigin, IconSource, load_icon_source
from explorer.ui.workers.workers import LatestOnlyWorker

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from explorer.ui.icons.icons_dialog import IconsDialog

log = logging.getLogger(__name__)
_UNCHANGED = "The icons are as they were."


class IconController(QObject):
    """Keeps the source of the icons in use.

    `changed` tells the new one, `wished` what was asked for so that it is remembered (see `source_at`), and
    `failed` why icons that were asked for are not shown.
    """

    changed = Signal(object)
    preference_changed = Signal(str)
    failed = Signal(str)

    def __init__(
        self, source: IconSource, parent: QObject, load: Callable[[str], IconSource] = load_icon_source
    ) -> None:
        super().__init__(parent)
        self.source, self._load = source, load
        self._requested = ""
        self._worker = LatestOnlyWorker(self)
        self._worker.done.connect(self._use_source)
        self._worker.failed.connect(self._report_error)
        self._worker.crashed.connect(self._report_crash)

    def request(self, wish: str) -> None:
        """Look for other icons: `own`, a folder or a zip, or nothing for the usual ones."""
        self._requested = wish
        self._worker.request(partial(self._load, wish))

    def dialog(self, parent: QWidget) -> IconsDialog:
        """A dialog that shows what is in use and passes a wish on; it follows what becomes of it."""
        from explorer.ui.icons.icons_dialog import IconsDialog

        dialog = IconsDialog(parent)
        dialog.show_source(self.source)
        dialog.source_requested.connect(self.request)
        dialog.source_requested.connect(dialog.show_waiting)
        self.changed.connect(dialog.show_source)
        self.failed.connect(dialog.show_error)
        return dialog

    def close(self) -> None:
        """Look no further."""
        self._worker.close()

    def _use_source(self, source: IconSource) -> None:
        self.source = source
        self.changed.emit(source)
        self.preference_changed.emit(str(source.path) if source.origin is IconOrigin.PACKAGE else self._requested)

    def _report_error(self, error: ExplorerError) -> None:
        self.failed.emit(f"{error} {_UNCHANGED}")

    def _report_crash(self, error: Exception) -> None:
        log.error("The icons could not be read.", exc_info=error)
        self.failed.emit(f"The icons could not be read. {_UNCHANGED}")
