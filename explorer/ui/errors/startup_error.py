"""Says what keeps the window from opening: on the terminal, or in a box where nobody reads one."""

from __future__ import annotations

import logging
import sys
from contextlib import suppress

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox

from explorer.core.errors import ExplorerError, PackError
from explorer.storage.resources import theme_values
from explorer.ui.errors.error_dialog import UNOPENED, FaultDialog, whereabouts
from explorer.ui.errors.exception_handler import Reported
from explorer.ui.theme import stylesheet

log = logging.getLogger(__name__)

_MOST_FAULTS = 12
_PATHS_FIT = 560
"""Pixels that the words have, so that a path is seldom broken."""


def tell_unopened(error: ExplorerError) -> None:
    """Write the sentence, and show it in a box that waits only where no terminal shows it."""
    log.error("The window cannot open: %s.", type(error).__name__)
    if not _written(str(error)):
        unopened(error).exec()


def tell_unforeseen(reported: Reported) -> None:
    """The same where nobody foresaw why, with where the report is."""
    if not _written(f"{UNOPENED} {whereabouts(reported)}"):
        FaultDialog(reported, headline=UNOPENED).exec()


def _written(words: str) -> bool:
    """Write a sentence on the terminal; whether somebody reads it there, or no box could be seen."""
    if sys.stderr is not None:
        sys.stderr.write(f"berth: {words}\n")
    return from_terminal() or QGuiApplication.platformName() in ("offscreen", "minimal")


def from_terminal() -> bool:
    """Whether a terminal is among what this process reads from and writes to."""
    streams = (sys.stdin, sys.stdout, sys.stderr)
    return any(stream is not None and not stream.closed and stream.isatty() for stream in streams)


def unopened(error: ExplorerError) -> QMessageBox:
    """The box, in the colours of the system and as wide as paths need to be read."""
    text = str(error)
    if isinstance(error, PackError):
        shown = [str(problem) for problem in error.problems[:_MOST_FAULTS]]
        count = len(error.problems)
        text = "\n".join([f"The pack has {'one fault' if count == 1 else f'{count:,} faults'}:", *shown])
    box = QMessageBox(QMessageBox.Icon.Critical, "Berth", "Berth cannot open.")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(text)
    with suppress(ExplorerError):  # where the colours are what is missing, it goes without
        _dress(box)
    return box


def _dress(box: QMessageBox) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    stylesheet.prepare(app)
    dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    colours = stylesheet.WindowColours.from_mapping(theme_values("dark" if dark else "light")["window"])
    box.setPalette(stylesheet.palette(colours))
    wide = f"#qt_msgbox_informativelabel {{ min-width: {_PATHS_FIT}px; }}"
    box.setStyleSheet(f"{stylesheet.style_sheet(colours)}\n{wide}")
