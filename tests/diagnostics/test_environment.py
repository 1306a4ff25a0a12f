"""The environment check names the folder, screen or display that Berth cannot use."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from explorer.core.errors import ExplorerError
from explorer.diagnostics import environment
from explorer.storage.atomic_write import FileWriteError

pytestmark = pytest.mark.usefixtures("qapp")


def test_an_unknown_data_folder_names_the_variable_that_sets_it():
    with pytest.raises(ExplorerError, match="BERTH_HOME"):
        environment.check_writable(None)


def test_a_full_disk_is_reported_with_its_free_space(tmp_path, monkeypatch):
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=2_000_000))
    with pytest.raises(ExplorerError, match="2 MB") as raised:
        environment.check_writable(tmp_path)
    assert str(tmp_path) in str(raised.value)


def test_a_folder_without_write_access_is_named(tmp_path, monkeypatch):
    def refuse(path: Path, _data: bytes) -> None:
        raise FileWriteError(f"“{path}” cannot be written.")

    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setattr(environment, "write_atomically", refuse)
    with pytest.raises(ExplorerError) as raised:
        environment.check_writable(tmp_path)
    assert str(tmp_path) in str(raised.value)


def test_a_screen_that_is_too_small_is_reported_with_both_sizes(monkeypatch):
    monkeypatch.setattr(environment, "_HEADLESS_PLATFORMS", ())
    monkeypatch.setattr(environment, "MIN_WINDOW_SIZE", (9_000, 5_000))
    with pytest.raises(ExplorerError, match=r"800 × 800.*9000 × 5000"):
        environment.check_display()


def test_a_display_that_cannot_be_opened_is_named(monkeypatch):
    for name, value in (("WAYLAND_DISPLAY", ""), ("DISPLAY", ":9"), ("QT_QPA_PLATFORM", "")):
        monkeypatch.setenv(name, value)
    with pytest.raises(ExplorerError, match=r"\bDISPLAY\b"):
        environment.check_display()
