"""Which icons the diagrams show: looked for beside the window, and taken only when they are sound."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from explorer.core.errors import ExplorerError
from explorer.storage.icons.source import IconSource, Origin, source_at
from explorer.ui.workers.workers import Latest

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from explorer.ui.icons.icons_dialog import IconsDialog

log = logging.getLogger(__name__)
_AS_BEFORE = "The icons are as they were."


class IconChoice(QObject):
    """Keeps the source of the icons in use.

    `changed` tells the new one, `wished` what was asked for so that it is remembered (see `source_at`), and
    `failed` why icons that were asked for are not shown.
    """

    changed = Signal(object)
    wished = Signal(str)
    failed = Signal(str)

    def __init__(
        self, source: IconSource, parent: QObject, load: Callable[[str], IconSource] = source_at
    ) -> None:
        super().__init__(parent)
        self.source, self._load = source, load
        self._wish = ""
        self._latest = Latest(self)
        self._latest.done.connect(self._take)
        self._latest.failed.connect(self._report)
        self._latest.crashed.connect(self._report_crash)

    def wish(self, wish: str) -> None:
        """Look for other icons: `own`, a folder or a zip, or nothing for the usual ones."""
        self._wish = wish
        self._latest.request(partial(self._load, wish))

    def dialog(self, parent: QWidget) -> IconsDialog:
        """A dialog that shows what is in use and passes a wish on; it follows what becomes of it."""
        from explorer.ui.icons.icons_dialog import IconsDialog  # noqa: PLC0415 (rarely asked for)

        dialog = IconsDialog(parent)
        dialog.show_source(self.source)
        dialog.wished.connect(self.wish)
        dialog.wished.connect(dialog.show_waiting)
        self.changed.connect(dialog.show_source)
        self.failed.connect(dialog.show_fault)
        return dialog

    def close(self) -> None:
        """Look no further."""
        self._latest.close()

    def _take(self, source: IconSource) -> None:
        self.source = source
        self.changed.emit(source)
        self.wished.emit(str(source.path) if source.origin is Origin.PACKAGE else self._wish)

    def _report(self, error: ExplorerError) -> None:
        self.failed.emit(f"{error} {_AS_BEFORE}")

    def _report_crash(self, error: Exception) -> None:
        log.error("The icons could not be read.", exc_info=error)
        self.failed.emit(f"The icons could not be read. {_AS_BEFORE}")
