"""A debounced function runs once after a burst of calls."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject

from explorer.ui.workers.debounce import Debounce

LONG_MS = 60_000


@pytest.fixture
def parent(qapp):
    return QObject()


def test_a_burst_of_triggers_runs_the_function_once(qtbot, parent):
    runs: list[str] = []
    debounce = Debounce(1, lambda: runs.append("run"), parent)
    for _ in range(5):
        debounce.trigger()
    assert debounce.is_pending
    qtbot.waitUntil(lambda: not debounce.is_pending)
    assert runs == ["run"]


def test_a_canceled_function_does_not_run(parent):
    runs: list[str] = []
    debounce = Debounce(LONG_MS, lambda: runs.append("run"), parent)
    debounce.trigger()
    debounce.cancel()
    debounce.flush()
    assert (runs, debounce.is_pending) == ([], False)


def test_flush_runs_a_pending_function_at_once_and_only_once(parent):
    runs: list[str] = []
    debounce = Debounce(LONG_MS, lambda: runs.append("run"), parent)
    debounce.flush()
    assert runs == []
    debounce.trigger()
    debounce.flush()
    debounce.flush()
    assert runs == ["run"]


def test_a_delay_of_one_trigger_leaves_the_usual_delay_as_it_is(qtbot, parent):
    runs: list[str] = []
    debounce = Debounce(LONG_MS, lambda: runs.append("run"), parent)
    debounce.trigger(0)
    qtbot.waitUntil(lambda: runs == ["run"])
    debounce.trigger()
    assert debounce.is_pending
