"""The data folder is found on every system, is private, and nothing in it can block a start."""

import os
import stat
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths

from explorer.storage.user_data import (
    HOME_VARIABLE,
    MAX_SETTINGS_BYTES,
    SETTINGS_FILE,
    prepare_user_data,
    user_data_folder,
)

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes and no pipes")


@pytest.fixture(autouse=True)
def no_variable(monkeypatch):
    monkeypatch.delenv(HOME_VARIABLE, raising=False)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_variable_names_another_folder(monkeypatch, tmp_path):
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    assert user_data_folder() == tmp_path


@pytest.mark.parametrize("shared", [None, "/shared", "relative"])
def test_it_is_the_folder_that_qt_names(qapp, monkeypatch, shared):
    if shared is None:
        monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    else:
        monkeypatch.setenv("XDG_DATA_HOME", shared)
    before = qapp.applicationName()
    qapp.setApplicationName("Berth")
    location = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation)
    qapp.setApplicationName(before)
    assert user_data_folder() == Path(location)


@posix
def test_without_a_home_variable_it_is_that_of_the_account(monkeypatch):
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.delenv("HOME")
    import pwd

    folder = user_data_folder()
    assert folder is not None
    assert folder.is_relative_to(pwd.getpwuid(os.getuid()).pw_dir)


@posix
def test_with_an_empty_home_variable_there_is_none(monkeypatch):
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.setenv("HOME", "")
    assert user_data_folder() is None


@posix
def test_an_existing_installation_becomes_private(tmp_path):
    folder = tmp_path / "Berth"
    (folder / "drafts").mkdir(parents=True)
    for name in (SETTINGS_FILE, "drafts/a.draft"):
        (folder / name).write_text("private")
        (folder / name).chmod(0o644)
    for each in (folder, folder / "drafts"):
        each.chmod(0o755)

    prepare_user_data(folder)

    assert [mode(folder), mode(folder / "drafts")] == [0o700, 0o700]
    assert [mode(folder / name) for name in (SETTINGS_FILE, "drafts/a.draft")] == [0o600, 0o600]
    assert (folder / SETTINGS_FILE).read_text() == "private"


@posix
def test_new_settings_are_private_from_the_start(tmp_path):
    prepare_user_data(tmp_path / "new" / "Berth")
    assert mode(tmp_path / "new" / "Berth" / SETTINGS_FILE) == 0o600


@posix
@pytest.mark.parametrize("kind", ["pipe", "loop", "folder", "huge file"])
def test_unusable_settings_are_renamed_and_replaced(tmp_path, kind):
    settings = tmp_path / SETTINGS_FILE
    if kind == "pipe":
        os.mkfifo(settings)
    elif kind == "loop":
        settings.symlink_to(settings)
    elif kind == "folder":
        settings.mkdir()
    else:
        settings.write_bytes(b"[General]\nrecent=" + b"a, " * MAX_SETTINGS_BYTES)

    prepare_user_data(tmp_path)

    assert settings.is_file()
    assert settings.stat().st_size == 0
    assert {path.name for path in tmp_path.iterdir()} == {SETTINGS_FILE, f"{SETTINGS_FILE}.unusable"}


@posix
def test_modes_are_not_changed_through_a_symbolic_link(tmp_path):
    outside = tmp_path / "outside"
    outside.write_text("x")
    outside.chmod(0o644)
    folder = tmp_path / "Berth"
    folder.mkdir()
    (folder / "link").symlink_to(outside)
    prepare_user_data(folder)
    assert mode(outside) == 0o644


def test_a_folder_that_is_not_writable_raises_nothing(tmp_path):
    (tmp_path / "file").write_text("")
    prepare_user_data(tmp_path / "file" / "Berth")
