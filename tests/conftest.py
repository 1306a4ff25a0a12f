"""What holds for every test: no display, and the same examples each time."""

from __future__ import annotations

import gc
import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["BERTH_COMMAND"] = "berth"  # whatever starts the tests, sentences name this

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
settings.register_profile("long", parent=settings.get_profile("ci"), derandomize=False, max_examples=2_000)
settings.load_profile(os.environ.get("BERTH_HYPOTHESIS", "ci"))


@pytest.fixture(autouse=True)
def _no_compiled_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests neither read nor write compiled packs in the user's folder."""
    monkeypatch.setattr("explorer.storage.packs.compiled_cache.user_data_folder", lambda: None)


def pytest_collection_finish() -> None:
    """What is imported by now stays: looking through it again after every story would take long."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """Free a story's windows here: the collector frees them in any thread, where Qt may crash over it."""
    if "qapp" in getattr(item, "fixturenames", ()):
        QGuiApplication.clipboard().clear()  # else it outlives Qt, and crashes over what is on it
        gc.collect()
