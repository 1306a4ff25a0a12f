"""What Berth remembers between starts: files opened lately, the theme, the icons, and the size of the window.

Only plain words and numbers are kept, each checked when it is read. The state of a window as Qt packs it is
not: a damaged one crashes the program that restores it, and it says nothing that the sizes do not.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QSettings, QSize, QStandardPaths

from explorer.ui.theme.theme_manager import Wish

HOME = "BERTH_HOME"
"""Names another folder to remember in, such as one beside the program on a stick."""

_MOST_RECENT = 10
_LARGEST = 16_000


def usual_folder() -> Path | None:
    """Where this person's programs keep such things; None where the system names no place."""
    chosen = os.environ.get(HOME)
    place = chosen or QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation)
    return Path(place).absolute() if place else None


class Memory:
    """Remembers in a folder; without one, or where nothing can be written, only until the end."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._settings = (
            QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat) if folder else None
        )
        self._recent: list[Path] = [Path(path) for path in self._texts("recent")][:_MOST_RECENT]

    @property
    def drafts(self) -> Path | None:
        """The folder for what is not saved yet."""
        return self._folder / "drafts" if self._folder else None

    @property
    def locks(self) -> Path | None:
        """The folder for the signs that a file is open."""
        return self._folder / "open" if self._folder else None

    @property
    def reports(self) -> Path | None:
        """The folder for reports of faults."""
        return self._folder / "faults" if self._folder else None

    @property
    def recent(self) -> tuple[Path, ...]:
        """The session files that were opened or saved lately, the latest first."""
        return tuple(self._recent)

    def note_recent(self, path: Path) -> None:
        """A file was opened or saved."""
        path = path.absolute()
        self._recent = [path, *(other for other in self._recent if other != path)][:_MOST_RECENT]
        self._put("recent", [str(each) for each in self._recent])

    @property
    def theme(self) -> Wish:
        """The theme that was chosen last."""
        known = {wish.value: wish for wish in Wish}
        return known.get(self._text("theme"), Wish.SYSTEM)

    def note_theme(self, wish: Wish) -> None:
        """A theme was chosen."""
        self._put("theme", wish.value)

    @property
    def icons(self) -> str:
        """The icons that were chosen last, as `source_at` takes them."""
        return self._text("icons")

    def note_icons(self, wish: str) -> None:
        """Icons were chosen, and are in use."""
        self._put("icons", wish)

    @property
    def export(self) -> str:
        """How the last export was wished, as it was noted."""
        return self._text("export")

    def note_export(self, wishes: str) -> None:
        """An export was wished in this way."""
        self._put("export", wishes)

    @property
    def export_folder(self) -> Path | None:
        """Where the last export went, if that is still there."""
        known = self._text("export-folder")
        with suppress(OSError, ValueError):  # a share that is not connected, a folder that is closed by now
            return Path(known) if known and Path(known).is_dir() else None
        return None

    def note_export_folder(self, folder: Path) -> None:
        """An export went there."""
        self._put("export-folder", str(folder.absolute()))

    @property
    def window(self) -> QSize | None:
        """How large the window was; None where that is not known."""
        sides = self._text("window").split("x")
        if len(sides) != 2 or not all(side.isascii() and side.isdigit() and len(side) < 6 for side in sides):
            return None
        width, height = map(int, sides)
        return QSize(width, height) if 0 < width <= _LARGEST and 0 < height <= _LARGEST else None

    @property
    def maximised(self) -> bool:
        """Whether the window filled the screen."""
        return self._text("maximised") == "yes"

    def note_window(self, size: QSize, maximised: bool) -> None:
        """The window is closed at this size, the one it has when it does not fill the screen."""
        self._put("window", f"{size.width()}x{size.height()}")
        self._put("maximised", "yes" if maximised else "no")

    def _text(self, key: str) -> str:
        value = self._settings.value(key) if self._settings else None
        return value if isinstance(value, str) else ""

    def _texts(self, key: str) -> list[str]:
        value = self._settings.value(key) if self._settings else None
        found = value if isinstance(value, list) else [value]
        return [each for each in found if isinstance(each, str) and each and "\0" not in each]

    def _put(self, key: str, value: object) -> None:
        if self._settings:
            self._settings.setValue(key, value)
