"""A problem of the environment is an error that names the folder or the screen, and what to do."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from explorer.core.errors import ExplorerError
from explorer.diagnostics import environment
from explorer.storage.atomic_write import FileWriteError

pytestmark = pytest.mark.usefixtures("qapp")


def test_without_a_data_folder_the_variable_to_set_is_named():
    with pytest.raises(ExplorerError, match="Set BERTH_HOME"):
        environment.check_writable(None)


def test_a_full_disk_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=2_000_000))
    with pytest.raises(ExplorerError, match="2 MB") as caught:
        environment.check_writable(tmp_path)
    assert f"“{tmp_path}”" in str(caught.value)


def test_a_folder_that_is_not_writable_is_named(tmp_path, monkeypatch):
    def fail(path: Path, _data: bytes) -> None:
        raise FileWriteError(str(path))

    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setattr(environment, "write_atomically", fail)
    with pytest.raises(ExplorerError, match="exports") as caught:
        environment.check_writable(tmp_path)
    assert f"“{tmp_path}”" in str(caught.value)


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="this system has no folder that rejects files")
def test_a_home_folder_that_rejects_files_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", "/proc")
    with pytest.raises(ExplorerError, match="“/proc”"):
        environment.check_writable(tmp_path)


def test_a_screen_that_is_too_small_is_described(monkeypatch):
    monkeypatch.setattr(environment, "_HEADLESS_PLATFORMS", ())
    monkeypatch.setattr(environment, "MIN_WINDOW_SIZE", (9_000, 5_000))
    with pytest.raises(ExplorerError, match="9000 × 5000 points") as caught:
        environment.check_display()
    assert "800 × 800 pixels at 100%" in str(caught.value)


def test_a_display_that_cannot_be_opened_is_named(monkeypatch):
    for name, value in (("WAYLAND_DISPLAY", ""), ("DISPLAY", ":9"), ("QT_QPA_PLATFORM", "")):
        monkeypatch.setenv(name, value)
    with pytest.raises(ExplorerError, match="DISPLAY"):
        environment.check_display()
