"""Startup errors: shows why the window cannot open, on the terminal or in a dialog if there is none."""

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
"""Minimum width of the text in pixels: wide enough for most paths."""


def show_startup_error(error: ExplorerError) -> None:
    """Print the error on standard error; show a dialog too if there is no terminal."""
    log.error("Cannot open the window: %s.", type(error).__name__)
    if not _print_error(str(error)):
        startup_error_box(error).exec()


def show_startup_crash(reported: ReportedError) -> None:
    """Like `show_startup_error`, for an unexpected error with a crash report."""
    if not _print_error(f"{STARTUP_HEADLINE} {report_location(reported)}"):
        ErrorDialog(reported, headline=STARTUP_HEADLINE).exec()


def _print_error(text: str) -> bool:
    """Print a sentence on standard error; return whether that is enough, so that no dialog is needed."""
    if sys.stderr is not None:
        sys.stderr.write(f"berth: {text}\n")
    return has_terminal() or QGuiApplication.platformName() in ("offscreen", "minimal")


def has_terminal() -> bool:
    """Return whether a standard stream of this process is a terminal."""
    streams = (sys.stdin, sys.stdout, sys.stderr)
    return any(stream is not None and not stream.closed and stream.isatty() for stream in streams)


def startup_error_box(error: ExplorerError) -> QMessageBox:
    """Return the dialog for a startup error, with the theme of the system."""
    text = str(error)
    if isinstance(error, PackError):
        listed = [str(problem) for problem in error.problems[:_MAX_PROBLEMS]]
        count = len(error.problems)
        text = "\n".join([f"The pack has {'1 problem' if count == 1 else f'{count:,} problems'}:", *listed])
    box = QMessageBox(QMessageBox.Icon.Critical, "Berth", "Berth cannot open.")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(text)
    with suppress(ExplorerError):  # the theme itself may be what is missing
        _apply_system_theme(box)
    return box


def _apply_system_theme(box: QMessageBox) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    stylesheet.apply_base_style(app)
    dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    colors = stylesheet.WindowColors.from_mapping(theme_values("dark" if dark else "light")["window"])
    box.setPalette(stylesheet.make_palette(colors))
    width_rule = f"#qt_msgbox_informativelabel {{ min-width: {_TEXT_WIDTH}px; }}"
    box.setStyleSheet(f"{stylesheet.make_style_sheet(colors)}\n{width_rule}")
