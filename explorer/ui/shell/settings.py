"""Settings: recent files, theme, icons, export preferences and window size, kept between starts.

Settings are texts and numbers, each validated when it is read. The window state of Qt (`saveState`) is not stored:
`restoreState` crashes on damaged data.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QSettings, QSize

from explorer.storage.sessions.autosave import DEFAULT_RETENTION_DAYS
from explorer.ui.theme.theme_manager import ThemePreference

_MAX_RECENT = 10
_MAX_SIDE = 16_000


class Settings:
    """Reads and writes settings in a folder. Without a writable folder, settings last until the window closes."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._store = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat) if folder else None
        self._recent: list[Path] = [Path(path) for path in self._read_texts("recent")][:_MAX_RECENT]

    @property
    def autosave_folder(self) -> Path | None:
        """The folder of the autosave files."""
        return self._folder / "drafts" if self._folder else None

    @property
    def lock_folder(self) -> Path | None:
        """The folder of the lock files of open sessions."""
        return self._folder / "open" if self._folder else None

    @property
    def crash_report_folder(self) -> Path | None:
        """The folder of the crash reports."""
        return self._folder / "faults" if self._folder else None

    @property
    def recent_files(self) -> tuple[Path, ...]:
        """The session files that were opened or saved, newest first."""
        return tuple(self._recent)

    def add_recent_file(self, path: Path) -> None:
        """Move a file to the front of the recent files."""
        path = path.absolute()
        self._recent = [path, *(other for other in self._recent if other != path)][:_MAX_RECENT]
        self._write("recent", [str(each) for each in self._recent])

    @property
    def retention_days(self) -> int:
        """How many days unsaved sessions are kept; 0 keeps them without limit."""
        stored = self._read_text("keep-unsaved-days")
        is_number = stored.isascii() and stored.isdigit() and len(stored) < 6
        return int(stored) if is_number else DEFAULT_RETENTION_DAYS

    def set_retention_days(self, days: int) -> None:
        """Store how many days unsaved sessions are kept."""
        self._write("keep-unsaved-days", str(days))

    @property
    def theme(self) -> ThemePreference:
        """The theme preference of the user."""
        known = {preference.value: preference for preference in ThemePreference}
        return known.get(self._read_text("theme"), ThemePreference.SYSTEM)

    def set_theme(self, preference: ThemePreference) -> None:
        """Store the theme preference."""
        self._write("theme", preference.value)

    @property
    def icons(self) -> str:
        """The icon source of the user: a path, `own`, or an empty text for the default."""
        return self._read_text("icons")

    def set_icons(self, source: str) -> None:
        """Store the icon source."""
        self._write("icons", source)

    @property
    def export_preferences(self) -> str:
        """The options of the last export, as JSON."""
        return self._read_text("export")

    def set_export_preferences(self, preferences: str) -> None:
        """Store the options of an export, as JSON."""
        self._write("export", preferences)

    @property
    def export_folder(self) -> Path | None:
        """The folder of the last export; None if it no longer exists."""
        folder = self._read_text("export-folder")
        with suppress(OSError, ValueError):  # an unmounted network drive, or no permission
            return Path(folder) if folder and Path(folder).is_dir() else None
        return None

    def set_export_folder(self, folder: Path) -> None:
        """Store the folder of an export."""
        self._write("export-folder", str(folder.absolute()))

    @property
    def window_size(self) -> QSize | None:
        """The size of the window when it was closed; None if it is unknown or invalid."""
        sides = self._read_text("window").split("x")
        if len(sides) != 2 or not all(side.isascii() and side.isdigit() and len(side) < 6 for side in sides):
            return None
        width, height = map(int, sides)
        return QSize(width, height) if 0 < width <= _MAX_SIDE and 0 < height <= _MAX_SIDE else None

    @property
    def maximized(self) -> bool:
        """Whether the window was maximized when it was closed."""
        return self._read_text("maximised") == "yes"

    def set_window_size(self, size: QSize, maximized: bool) -> None:
        """Store the size of the window when it is not maximized, and whether it is."""
        self._write("window", f"{size.width()}x{size.height()}")
        self._write("maximised", "yes" if maximized else "no")

    def _read_text(self, key: str) -> str:
        value = self._store.value(key) if self._store else None
        return value if isinstance(value, str) else ""

    def _read_texts(self, key: str) -> list[str]:
        value = self._store.value(key) if self._store else None
        values = value if isinstance(value, list) else [value]
        return [each for each in values if isinstance(each, str) and each and "\0" not in each]

    def _write(self, key: str, value: object) -> None:
        if self._store:
            self._store.setValue(key, value)
