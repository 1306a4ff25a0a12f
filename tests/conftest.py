"""Settings of all tests: no display, the same random examples in every run, and markers."""

from __future__ import annotations

import gc
import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["BERTH_COMMAND"] = "berth"  # messages name this program, whatever starts the tests

import pytest
from hypothesis import HealthCheck, settings
from PySide6.QtGui import QGuiApplication

settings.register_profile(
    "ci",
    derandomize=True,
    deadline=None,
    max_examples=50,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("quick", parent=settings.get_profile("ci"), max_examples=5)
settings.register_profile("long", parent=settings.get_profile("ci"), derandomize=False, max_examples=2_000)
settings.load_profile(os.environ.get("BERTH_HYPOTHESIS", "ci"))


@pytest.fixture(autouse=True)
def _no_compiled_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests neither read nor write compiled packs in the user's folder."""
    monkeypatch.setattr("explorer.storage.packs.compiled_cache.user_data_folder", lambda: None)


_WINDOW_FIXTURES = {"qapp", "qtbot", "capfd"}
_WINDOW_FOLDERS = (
    "tests/journeys",
    "tests/packaging",
    "tests/cli",
    "tests/export/batch",
    "tests/packs",
    "tests/test_start.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that draw with Qt, start processes or search the shipped packs: a quick run leaves them out."""
    for item in items:
        path = item.path.relative_to(item.config.rootpath).as_posix()
        if path.startswith(_WINDOW_FOLDERS) or _WINDOW_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker("window")


def pytest_collection_finish() -> None:
    """Freeze imported objects: the collector would examine them again after every test, which takes long."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """Free the windows of a test in the main thread: the collector may free them in another one, where Qt crashes."""
    if "qapp" in getattr(item, "fixturenames", ()):
        QGuiApplication.clipboard().clear()  # its content would outlive Qt, which crashes
        gc.collect()
