"""What Berth remembers between starts: files opened lately, the theme, the icons, and the size of the window.

Only plain words and numbers are kept, each checked when it is read. The state of a window as Qt packs it is
not: a damaged one crashes the program that restores it, and it says nothing that the sizes do not.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QSettings, QSize

from explorer.ui.theme.theme_manager import ThemePreference

_MAX_RECENT = 10
_MAX_SIDE = 16_000


class Settings:
    """Remembers in a folder; without one, or where nothing can be written, only until the end."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._store = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat) if folder else None
        self._recent: list[Path] = [Path(path) for path in self._read_texts("recent")][:_MAX_RECENT]

    @property
    def autosave_folder(self) -> Path | None:
        """The folder for what is not saved yet."""
        return self._folder / "drafts" if self._folder else None

    @property
    def lock_folder(self) -> Path | None:
        """The folder for the signs that a file is open."""
        return self._folder / "open" if self._folder else None

    @property
    def crash_report_folder(self) -> Path | None:
        """The folder for reports of faults."""
        return self._folder / "faults" if self._folder else None

    @property
    def recent_files(self) -> tuple[Path, ...]:
        """The session files that were opened or saved lately, the latest first."""
        return tuple(self._recent)

    def add_recent_file(self, path: Path) -> None:
        """A file was opened or saved."""
        path = path.absolute()
        self._recent = [path, *(other for other in self._recent if other != path)][:_MAX_RECENT]
        self._write("recent", [str(each) for each in self._recent])

    @property
    def theme(self) -> ThemePreference:
        """The theme that was chosen last."""
        known = {wish.value: wish for wish in ThemePreference}
        return known.get(self._read_text("theme"), ThemePreference.SYSTEM)

    def set_theme(self, wish: ThemePreference) -> None:
        """A theme was chosen."""
        self._write("theme", wish.value)

    @property
    def icons(self) -> str:
        """The icons that were chosen last, as `source_at` takes them."""
        return self._read_text("icons")

    def set_icons(self, wish: str) -> None:
        """Icons were chosen, and are in use."""
        self._write("icons", wish)

    @property
    def export_preferences(self) -> str:
        """How the last export was wished, as it was noted."""
        return self._read_text("export")

    def set_export_preferences(self, wishes: str) -> None:
        """An export was wished in this way."""
        self._write("export", wishes)

    @property
    def export_folder(self) -> Path | None:
        """Where the last export went, if that is still there."""
        known = self._read_text("export-folder")
        with suppress(OSError, ValueError):  # a share that is not connected, a folder that is closed by now
            return Path(known) if known and Path(known).is_dir() else None
        return None

    def set_export_folder(self, folder: Path) -> None:
        """An export went there."""
        self._write("export-folder", str(folder.absolute()))

    @property
    def window_size(self) -> QSize | None:
        """How large the window was; None where that is not known."""
        sides = self._read_text("window").split("x")
        if len(sides) != 2 or not all(side.isascii() and side.isdigit() and len(side) < 6 for side in sides):
            return None
        width, height = map(int, sides)
        return QSize(width, height) if 0 < width <= _MAX_SIDE and 0 < height <= _MAX_SIDE else None

    @property
    def maximized(self) -> bool:
        """Whether the window filled the screen."""
        return self._read_text("maximised") == "yes"

    def set_window_size(self, size: QSize, maximised: bool) -> None:
        """The window is closed at this size, the one it has when it does not fill the screen."""
        self._write("window", f"{size.width()}x{size.height()}")
        self._write("maximised", "yes" if maximised else "no")

    def _read_text(self, key: str) -> str:
        value = self._store.value(key) if self._store else None
        return value if isinstance(value, str) else ""

    def _read_texts(self, key: str) -> list[str]:
        value = self._store.value(key) if self._store else None
        found = value if isinstance(value, list) else [value]
        return [each for each in found if isinstance(each, str) and each and "\0" not in each]

    def _write(self, key: str, value: object) -> None:
        if self._store:
            self._store.setValue(key, value)
