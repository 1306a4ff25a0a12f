"""Checks the environment: display, scaling, writable folders."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from PySide6.QtCore import QDir
from PySide6.QtGui import QGuiApplication, QScreen

from explorer.core.errors import ExplorerError
from explorer.export.request.engine import ensure_qt
from explorer.storage.atomic_write import write_atomically

MIN_WINDOW_SIZE = (880, 560)
"""The minimum size of the window in points, which depend on the scale of the screen."""

_MIN_FREE_BYTES = 50_000_000  # enough for the exports of a workshop
_HEADLESS_PLATFORMS = ("offscreen", "minimal")


def allow_missing_display() -> None:
    """Let Qt draw without a display if there is none, or if it cannot be opened.

    Otherwise Qt ends the process.
    """
    if sys.platform.startswith("linux"):
        by_session = {"WAYLAND_DISPLAY": "wayland", "DISPLAY": "xcb"}
        platforms = [platform for name, platform in by_session.items() if os.environ.get(name)]
        chosen = os.environ.get("QT_QPA_PLATFORM")
        os.environ["QT_QPA_PLATFORM"] = ";".join([*([chosen] if chosen else platforms), "offscreen"])


def check_display() -> str:
    """Return the screens with size and scale; raises ExplorerError if the window cannot open or does not fit."""
    ensure_qt()
    if QGuiApplication.platformName() in _HEADLESS_PLATFORMS:
        variables = [name for name in ("WAYLAND_DISPLAY", "DISPLAY") if os.environ.get(name)]
        if variables and os.environ.get("QT_QPA_PLATFORM", "").partition(";")[0] not in _HEADLESS_PLATFORMS:
            raise ExplorerError(
                f"Cannot open a window on the display that {variables[0]} names. Check that the display exists. "
                "If it does, a library can be missing: install libxcb-cursor0."
            )
        return "there is none: the window cannot open; commands work"
    screens = QGuiApplication.screens()
    for number, screen in enumerate(screens, 1):
        area = screen.availableGeometry()
        if area.width() < MIN_WINDOW_SIZE[0] or area.height() < MIN_WINDOW_SIZE[1]:
            raise ExplorerError(
                f"Screen {number} is too small for the window: {_describe_screen(screen)}. The window needs "
                f"{MIN_WINDOW_SIZE[0]} × {MIN_WINDOW_SIZE[1]} points. Choose a smaller scale or a higher resolution."
            )
    return "; ".join(_describe_screen(screen) for screen in screens)


def _describe_screen(screen: QScreen) -> str:
    """Return a screen's size in pixels, its scale, and its size in points."""
    size, scale = screen.geometry(), screen.devicePixelRatio()
    return (
        f"{size.width() * scale:.0f} × {size.height() * scale:.0f} pixels at {scale:.0%}, "
        f"{size.width()} × {size.height()} points"
    )


def check_writable(data_folder: Path | None) -> str:
    """Return the folders that Berth writes to; raises ExplorerError if one is not writable or the disk is almost full.

    `data_folder` is the folder of autosaves and settings; None if the system has none.
    """
    if data_folder is None:
        raise ExplorerError("There is no folder for autosaves and settings. Set BERTH_HOME to a folder.")
    folders = {
        "exports": Path.home(),
        "autosaves and settings": data_folder,
        "temporary files": Path(QDir.tempPath()),
    }
    for use, folder in folders.items():
        _check_folder(use, folder)
    return "; ".join(f"{use} in {folder}" for use, folder in folders.items())


def _check_folder(use: str, folder: Path) -> None:
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    probe = existing / f".berth-self-check-{os.getpid()}"
    try:
        write_atomically(probe, b"Test file of Berth's self-check.\n")
        free = shutil.disk_usage(existing).free
    except (OSError, ExplorerError) as error:
        raise ExplorerError(
            f"Cannot write {use} to “{existing}”. Free some space, or give yourself write permission."
        ) from error
    finally:
        probe.unlink(missing_ok=True)
    if free < _MIN_FREE_BYTES:
        raise ExplorerError(f"The disk of “{existing}” is almost full: {free / 1e6:.0f} MB are free. Free some space.")
