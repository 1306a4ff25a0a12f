"""Settings are restored at the next start; damaged settings never prevent a start."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QSize

from explorer.ui.shell.settings import Settings
from explorer.ui.theme.theme_manager import ThemePreference


def test_recent_files_theme_and_window_size_are_restored(tmp_path):
    stored = Settings(tmp_path)
    for number in range(12):
        stored.add_recent_file(tmp_path / f"{number}.berth")
    stored.add_recent_file(tmp_path / "5.berth")
    stored.set_theme(ThemePreference.DARK)
    stored.set_window_size(QSize(1280, 800), True)

    restored = Settings(tmp_path)

    assert [path.stem for path in restored.recent_files] == ["5", "11", "10", "9", "8", "7", "6", "4", "3", "2"]
    assert restored.theme is ThemePreference.DARK
    assert (restored.window_size, restored.maximized) == (QSize(1280, 800), True)


def test_one_recent_file_with_special_characters_is_restored(tmp_path):
    stored = Settings(tmp_path)
    stored.add_recent_file(tmp_path / "Zürich, “a=b;c”.berth")
    assert Settings(tmp_path).recent_files == stored.recent_files


def test_without_a_folder_settings_last_until_the_window_closes(tmp_path):
    stored = Settings()
    stored.add_recent_file(tmp_path / "a.berth")
    stored.set_window_size(QSize(10, 10), False)
    assert [path.name for path in stored.recent_files] == ["a.berth"]
    assert (stored.window_size, stored.autosave_folder, stored.lock_folder) == (None, None, None)


def test_a_folder_that_is_not_writable_raises_no_error(tmp_path):
    (tmp_path / "file").write_text("in the way")
    stored = Settings(tmp_path / "file")
    stored.set_theme(ThemePreference.DARK)
    stored.add_recent_file(tmp_path / "a.berth")
    assert len(stored.recent_files) == 1


@pytest.mark.parametrize("window", ["x", "0x0", "99999x1", "-1x5", "1x", "1x2x3", "²x²", "999999x1"])
def test_an_invalid_window_size_is_ignored(tmp_path, window):
    (tmp_path / "settings.ini").write_text(f"[General]\nwindow={window}\n", "utf-8")
    assert Settings(tmp_path).window_size is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=120), st.sampled_from(["", "recent=", "theme=", "window=", "maximised="]))
def test_damaged_settings_are_ignored(tmp_path, noise, key):
    (tmp_path / "settings.ini").write_bytes(b"[General]\n" + key.encode() + noise)
    stored = Settings(tmp_path)
    assert stored.theme in ThemePreference
    assert stored.window_size is None or not stored.window_size.isEmpty()
    assert isinstance(stored.maximized, bool)
    assert all(str(path) for path in stored.recent_files)


@pytest.mark.parametrize("name", ["gone", "x" * 300, "a\0b"], ids=["missing", "name too long", "null character"])
def test_an_export_folder_that_cannot_be_read_is_ignored(tmp_path, name):
    stored = Settings(tmp_path)
    stored.set_export_folder(tmp_path / name)
    assert stored.export_folder is None


@pytest.mark.parametrize(("stored", "days"), [("", 90), ("30", 30), ("0", 0), ("x", 90), ("-5", 90), ("9999999", 90)])
def test_the_retention_is_90_days_unless_a_valid_number_is_stored(tmp_path, stored, days):
    (tmp_path / "settings.ini").write_text(f"[General]\nkeep-unsaved-days={stored}\n", "utf-8")
    assert Settings(tmp_path).retention_days == days
