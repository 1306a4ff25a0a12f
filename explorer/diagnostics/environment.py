"""What Berth finds around it: displays and their scale, and places that it can write to."""

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
"""The least room that the window can be used in, in points; a screen counts by its own scale."""

_MIN_FREE_BYTES = 50_000_000  # bytes: a workshop's pictures
_HEADLESS_PLATFORMS = ("offscreen", "minimal")


def allow_missing_display() -> None:
    """Let Qt use the display that there is, and draw without one where there is none or it fails.

    Without this Qt would end the process over a display that it cannot open.
    """
    if sys.platform.startswith("linux"):
        by_session = {"WAYLAND_DISPLAY": "wayland", "DISPLAY": "xcb"}
        known = [platform for name, platform in by_session.items() if os.environ.get(name)]
        wished = os.environ.get("QT_QPA_PLATFORM")
        os.environ["QT_QPA_PLATFORM"] = ";".join([*([wished] if wished else known), "offscreen"])


def check_display() -> str:
    """The screens with their sizes and scales; ExplorerError where a window cannot open or has no room."""
    ensure_qt()
    if QGuiApplication.platformName() in _HEADLESS_PLATFORMS:
        promised = [name for name in ("WAYLAND_DISPLAY", "DISPLAY") if os.environ.get(name)]
        if promised and os.environ.get("QT_QPA_PLATFORM", "").partition(";")[0] not in _HEADLESS_PLATFORMS:
            raise ExplorerError(
                f"No window can open on the display that {promised[0]} names. Is it there? "
                "Often a library is missing: install libxcb-cursor0."
            )
        return "none here, so no window opens; everything that needs none works"
    screens = QGuiApplication.screens()
    for number, screen in enumerate(screens, 1):
        room = screen.availableGeometry()
        if room.width() < MIN_WINDOW_SIZE[0] or room.height() < MIN_WINDOW_SIZE[1]:
            raise ExplorerError(
                f"Screen {number} is too small for the window: {_describe_screen(screen)}, and "
                f"{MIN_WINDOW_SIZE[0]} × {MIN_WINDOW_SIZE[1]} are needed. Choose a smaller scale or a higher resolution."
            )
    return "; ".join(_describe_screen(screen) for screen in screens)


def _describe_screen(screen: QScreen) -> str:
    """A screen in pixels, its scale, and the room that this leaves."""
    room, scale = screen.geometry(), screen.devicePixelRatio()
    return (
        f"{room.width() * scale:.0f} × {room.height() * scale:.0f} pixels at {scale:.0%}, "
        f"which is {room.width()} × {room.height()} points"
    )


def check_writable(kept: Path | None) -> str:
    """Where Berth can write; ExplorerError when it cannot, or when the disk is all but full.

    `kept` is where it keeps drafts and settings, if anywhere.
    """
    if kept is None:
        raise ExplorerError("This system names no place for drafts and settings: set BERTH_HOME to a folder.")
    places = {
        "pictures": Path.home(),
        "drafts and settings": kept,
        "what is temporary": Path(QDir.tempPath()),
    }
    for use, folder in places.items():
        _check_folder(use, folder)
    return "; ".join(f"{use} in {folder}" for use, folder in places.items())


def _check_folder(use: str, folder: Path) -> None:
    there = next(path for path in (folder, *folder.parents) if path.exists())
    probe = there / f".berth-self-check-{os.getpid()}"
    try:
        write_atomically(probe, b"It can be written here.\n")
        free = shutil.disk_usage(there).free
    except (OSError, ExplorerError) as error:
        raise ExplorerError(
            f"There is no place for {use}: nothing can be written in “{there}”. Make room there, or allow it."
        ) from error
    finally:
        probe.unlink(missing_ok=True)
    if free < _MIN_FREE_BYTES:
        raise ExplorerError(f"The disk that holds “{there}” is almost full: only {free / 1e6:.0f} MB are free.")
