"""Icon controller: loads the icon source that the user chooses in a worker, and uses it only if it is valid."""

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
_UNCHANGED = "The icons are unchanged."


class IconController(QObject):
    """Owns the icon source in use.

    `changed` sends the new source. `preference_changed` sends the preference to save, which
    `load_icon_source` accepts. `failed` says why a requested source is not used.
    """

    changed = Signal(IconSource)
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

    def request(self, preference: str) -> None:
        """Load other icons: `own` for Berth's glyphs, a folder, a zip file, or "" for the default source."""
        self._requested = preference
        self._worker.request(partial(self._load, preference))

    def dialog(self, parent: QWidget) -> IconsDialog:
        """A dialog to choose the source. It shows the source in use and the result of each request."""
        from explorer.ui.icons.icons_dialog import IconsDialog

        dialog = IconsDialog(parent)
        dialog.show_source(self.source)
        dialog.source_requested.connect(self.request)
        dialog.source_requested.connect(dialog.show_waiting)
        self.changed.connect(dialog.show_source)
        self.failed.connect(dialog.show_error)
        return dialog

    def close(self) -> None:
        """Wait for the worker."""
        self._worker.close()

    def _use_source(self, source: IconSource) -> None:
        self.source = source
        self.changed.emit(source)
        self.preference_changed.emit(str(source.path) if source.origin is IconOrigin.PACKAGE else self._requested)

    def _report_error(self, error: ExplorerError) -> None:
        self.failed.emit(f"{error} {_UNCHANGED}")

    def _report_crash(self, error: Exception) -> None:
        log.error("Could not read the icons.", exc_info=error)
        self.failed.emit(f"Could not read the icons. {_UNCHANGED}")
