"""What Berth finds around it: displays and their scale, and places that it can write to."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from PySide6.QtCore import QDir
from PySide6.QtGui import QGuiApplication, QScreen

from explorer.core.errors import ExplorerError
from explorer.export.request.build import ready
from explorer.storage.atomic_write import write_whole

SMALLEST = (880, 560)
"""The least room that the window can be used in, in points; a screen counts by its own scale."""

_ENOUGH = 50_000_000  # bytes: a workshop's pictures
_UNSEEN = ("offscreen", "minimal")


def allow_display() -> None:
    """Let Qt use the display that there is, and draw without one where there is none or it fails.

    Without this Qt would end the process over a display that it cannot open.
    """
    if sys.platform.startswith("linux"):
        by_session = {"WAYLAND_DISPLAY": "wayland", "DISPLAY": "xcb"}
        known = [platform for name, platform in by_session.items() if os.environ.get(name)]
        wished = os.environ.get("QT_QPA_PLATFORM")
        os.environ["QT_QPA_PLATFORM"] = ";".join([*([wished] if wished else known), "offscreen"])


def display() -> str:
    """The screens with their sizes and scales; ExplorerError where a window cannot open or has no room."""
    ready()
    if QGuiApplication.platformName() in _UNSEEN:
        promised = [name for name in ("WAYLAND_DISPLAY", "DISPLAY") if os.environ.get(name)]
        if promised and os.environ.get("QT_QPA_PLATFORM", "").partition(";")[0] not in _UNSEEN:
            raise ExplorerError(
                f"No window can open on the display that {promised[0]} names. Is it there? "
                "Often a library is missing: install libxcb-cursor0."
            )
        return "none here, so no window opens; everything that needs none works"
    screens = QGuiApplication.screens()
    for number, screen in enumerate(screens, 1):
        room = screen.availableGeometry()
        if room.width() < SMALLEST[0] or room.height() < SMALLEST[1]:
            raise ExplorerError(
                f"Screen {number} is too small for the window: {_told(screen)}, and "
                f"{SMALLEST[0]} × {SMALLEST[1]} are needed. Choose a smaller scale or a higher resolution."
            )
    return "; ".join(_told(screen) for screen in screens)


def _told(screen: QScreen) -> str:
    """A screen in pixels, its scale, and the room that this leaves."""
    room, scale = screen.geometry(), screen.devicePixelRatio()
    return (
        f"{room.width() * scale:.0f} × {room.height() * scale:.0f} pixels at {scale:.0%}, "
        f"which is {room.width()} × {room.height()} points"
    )


def writing(kept: Path | None) -> str:
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
        _try(use, folder)
    return "; ".join(f"{use} in {folder}" for use, folder in places.items())


def _try(use: str, folder: Path) -> None:
    there = next(path for path in (folder, *folder.parents) if path.exists())
    probe = there / f".berth-self-check-{os.getpid()}"
    try:
        write_whole(probe, b"It can be written here.\n")
        free = shutil.disk_usage(there).free
    except (OSError, ExplorerError) as error:
        raise ExplorerError(
            f"There is no place for {use}: nothing can be written in “{there}”. Make room there, or allow it."
        ) from error
    finally:
        probe.unlink(missing_ok=True)
    if free < _ENOUGH:
        raise ExplorerError(
            f"The disk that holds “{there}” is almost full: only {free / 1e6:.0f} MB are free."
        )
