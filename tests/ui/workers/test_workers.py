"""Slow work is done beside the window; the newest request wins, and none outlives its owner."""

from functools import partial
from threading import Event, current_thread

import pytest

from explorer.core.errors import ExplorerError
from explorer.ui.workers.workers import LatestOnlyWorker, QueuedWorker


@pytest.fixture
def latest(qapp):
    latest = LatestOnlyWorker()
    yield latest
    assert latest.wait_until_idle(), "a worker outlived its test"


def test_work_is_done_in_another_thread_and_told_in_this_one(latest, qtbot):
    told_in = []
    latest.done.connect(lambda _: told_in.append(current_thread()))

    with qtbot.waitSignal(latest.done) as done:
        latest.request(current_thread)

    assert done.args[0] is not current_thread()
    assert told_in == [current_thread()]


def test_only_the_newest_request_is_answered(latest, qtbot):
    gate = Event()
    answers: list[object] = []
    latest.done.connect(answers.append)

    latest.request(lambda: (gate.wait(5), "stale")[1])
    latest.request(lambda: "fresh")
    with qtbot.waitSignal(latest.done):
        gate.set()
    assert latest.wait_until_idle()
    with qtbot.waitSignal(latest.done):
        latest.request(lambda: "freshest")

    assert answers == ["fresh", "freshest"]


def test_a_request_that_hangs_does_not_hold_up_the_next(latest, qtbot):
    gate = Event()
    latest.request(lambda: gate.wait(5))

    with qtbot.waitSignal(latest.done) as done:
        latest.request(lambda: "fresh")

    assert done.args == ["fresh"]
    gate.set()


def test_a_fault_that_can_be_told_is_told_as_such(latest, qtbot):
    def fail():
        raise ExplorerError("There is no room.")

    with qtbot.waitSignal(latest.failed) as failed:
        latest.request(fail)

    assert str(failed.args[0]) == "There is no room."


def test_a_fault_of_ours_is_told_apart_from_that(latest, qtbot):
    with qtbot.waitSignal(latest.crashed) as crashed:
        latest.request(lambda: 1 // 0)

    assert isinstance(crashed.args[0], ZeroDivisionError)


def test_what_has_been_dropped_is_never_told(latest, qtbot):
    gate = Event()
    with qtbot.assertNotEmitted(latest.done):
        latest.request(lambda: gate.wait(5))
        latest.cancel()
        gate.set()
        assert latest.wait_until_idle()


def test_closing_waits_for_what_is_under_way(latest):
    started, ended = Event(), Event()

    def work():
        started.set()
        ended.set()

    latest.request(work)
    started.wait(5)

    assert latest.close()
    assert ended.is_set()


def test_what_must_come_in_turn_is_all_done_and_told_in_that_order(qtbot):
    gate = Event()
    told: list[object] = []
    in_turn = QueuedWorker()
    in_turn.done.connect(told.append)

    in_turn.request(lambda: (gate.wait(5), "first")[1])
    for word in ("second", "third"):
        in_turn.request(partial(str, word))
    gate.set()

    qtbot.waitUntil(lambda: told == ["first", "second", "third"])
    assert in_turn.close()


def test_closing_finishes_what_must_come_in_turn(qapp):
    gate, done = Event(), []
    in_turn = QueuedWorker()
    in_turn.request(lambda: gate.wait(5))
    in_turn.request(lambda: done.append("second"))

    gate.set()

    assert in_turn.close()
    assert done == ["second"]
