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
from explorer.ui.errors.error_dialog import STARTUP_HEADLINE, ErrorDialog, report_location
from explorer.ui.errors.exception_handler import ReportedError
from explorer.ui.theme import stylesheet

log = logging.getLogger(__name__)

_MAX_PROBLEMS = 12
_TEXT_WIDTH = 560
"""Pixels that the words have, so that a path is seldom broken."""


def show_startup_error(error: ExplorerError) -> None:
    """Write the sentence, and show it in a box that waits only where no terminal shows it."""
    log.error("The window cannot open: %s.", type(error).__name__)
    if not _print_error(str(error)):
        startup_error_box(error).exec()


def show_startup_crash(reported: ReportedError) -> None:
    """The same where nobody foresaw why, with where the report is."""
    if not _print_error(f"{STARTUP_HEADLINE} {report_location(reported)}"):
        ErrorDialog(reported, headline=STARTUP_HEADLINE).exec()


def _print_error(words: str) -> bool:
    """Write a sentence on the terminal; whether somebody reads it there, or no box could be seen."""
    if sys.stderr is not None:
        sys.stderr.write(f"berth: {words}\n")
    return has_terminal() or QGuiApplication.platformName() in ("offscreen", "minimal")


def has_terminal() -> bool:
    """Whether a terminal is among what this process reads from and writes to."""
    streams = (sys.stdin, sys.stdout, sys.stderr)
    return any(stream is not None and not stream.closed and stream.isatty() for stream in streams)


def startup_error_box(error: ExplorerError) -> QMessageBox:
    """The box, in the colours of the system and as wide as paths need to be read."""
    text = str(error)
    if isinstance(error, PackError):
        shown = [str(problem) for problem in error.problems[:_MAX_PROBLEMS]]
        count = len(error.problems)
        text = "\n".join([f"The pack has {'one fault' if count == 1 else f'{count:,} faults'}:", *shown])
    box = QMessageBox(QMessageBox.Icon.Critical, "Berth", "Berth cannot open.")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(text)
    with suppress(ExplorerError):  # where the colours are what is missing, it goes without
        _apply_system_theme(box)
    return box


def _apply_system_theme(box: QMessageBox) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    stylesheet.apply_base_style(app)
    dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    colours = stylesheet.WindowColors.from_mapping(theme_values("dark" if dark else "light")["window"])
    box.setPalette(stylesheet.make_palette(colours))
    wide = f"#qt_msgbox_informativelabel {{ min-width: {_TEXT_WIDTH}px; }}"
    box.setStyleSheet(f"{stylesheet.make_style_sheet(colours)}\n{wide}")
