"""What Berth remembers comes back at the next start; nothing that lies there keeps it from starting."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QSize

from explorer.ui.shell.settings import Settings
from explorer.ui.theme.theme_manager import ThemePreference


def test_it_remembers_files_theme_and_window(tmp_path):
    memory = Settings(tmp_path)
    for number in range(12):
        memory.add_recent_file(tmp_path / f"{number}.berth")
    memory.add_recent_file(tmp_path / "5.berth")
    memory.set_theme(ThemePreference.DARK)
    memory.set_window_size(QSize(1280, 800), True)

    again = Settings(tmp_path)

    assert [path.stem for path in again.recent_files] == ["5", "11", "10", "9", "8", "7", "6", "4", "3", "2"]
    assert again.theme is ThemePreference.DARK
    assert (again.window_size, again.maximized) == (QSize(1280, 800), True)


def test_one_file_and_a_strange_name_are_remembered_too(tmp_path):
    memory = Settings(tmp_path)
    memory.add_recent_file(tmp_path / "Zürich, “a=b;c”.berth")
    assert Settings(tmp_path).recent_files == memory.recent_files


def test_without_a_folder_it_remembers_until_the_end(tmp_path):
    memory = Settings()
    memory.add_recent_file(tmp_path / "a.berth")
    memory.set_window_size(QSize(10, 10), False)
    assert [path.name for path in memory.recent_files] == ["a.berth"]
    assert (memory.window_size, memory.autosave_folder, memory.lock_folder) == (None, None, None)


def test_a_folder_that_cannot_be_written_is_no_fault(tmp_path):
    (tmp_path / "file").write_text("in the way")
    memory = Settings(tmp_path / "file")
    memory.set_theme(ThemePreference.DARK)
    memory.add_recent_file(tmp_path / "a.berth")
    assert len(memory.recent_files) == 1


@pytest.mark.parametrize("window", ["x", "0x0", "99999x1", "-1x5", "1x", "1x2x3", "²x²", "999999x1"])
def test_a_size_that_is_none_is_not_believed(tmp_path, window):
    (tmp_path / "settings.ini").write_text(f"[General]\nwindow={window}\n", "utf-8")
    assert Settings(tmp_path).window_size is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=120), st.sampled_from(["", "recent=", "theme=", "window=", "maximised="]))
def test_damaged_settings_are_as_good_as_none(tmp_path, noise, key):
    (tmp_path / "settings.ini").write_bytes(b"[General]\n" + key.encode() + noise)
    memory = Settings(tmp_path)
    assert memory.theme in ThemePreference
    assert memory.window_size is None or not memory.window_size.isEmpty()
    assert isinstance(memory.maximized, bool)
    assert all(str(path) for path in memory.recent_files)


@pytest.mark.parametrize("name", ["gone", "x" * 300, "a\0b"], ids=["gone", "no name", "no path"])
def test_a_folder_that_cannot_be_looked_into_is_forgotten(tmp_path, name):
    memory = Settings(tmp_path)
    memory.set_export_folder(tmp_path / name)
    assert memory.export_folder is None
