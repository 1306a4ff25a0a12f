"""Workers run functions in threads; the newest request wins, and no work outlives its owner."""

from functools import partial
from threading import Event, current_thread

import pytest

from explorer.core.errors import ExplorerError
from explorer.ui.workers.workers import LatestOnlyWorker, QueuedWorker


@pytest.fixture
def worker(qapp):
    worker = LatestOnlyWorker()
    yield worker
    assert worker.wait_until_idle(), "work outlived its test"


def test_work_runs_in_another_thread_and_its_result_arrives_in_this_one(worker, qtbot):
    delivered_in = []
    worker.done.connect(lambda _: delivered_in.append(current_thread()))

    with qtbot.waitSignal(worker.done) as done:
        worker.request(current_thread)

    assert done.args[0] is not current_thread()
    assert delivered_in == [current_thread()]


def test_only_the_newest_request_is_answered(worker, qtbot):
    gate = Event()
    answers: list[object] = []
    worker.done.connect(answers.append)

    worker.request(lambda: (gate.wait(5), "stale")[1])
    worker.request(lambda: "fresh")
    with qtbot.waitSignal(worker.done):
        gate.set()
    assert worker.wait_until_idle()
    with qtbot.waitSignal(worker.done):
        worker.request(lambda: "freshest")

    assert answers == ["fresh", "freshest"]


def test_a_request_that_hangs_does_not_block_the_next_one(worker, qtbot):
    gate = Event()
    worker.request(lambda: gate.wait(5))

    with qtbot.waitSignal(worker.done) as done:
        worker.request(lambda: "fresh")

    assert done.args == ["fresh"]
    gate.set()


def test_an_explorer_error_is_emitted_as_a_failure(worker, qtbot):
    def fail():
        raise ExplorerError("The disk is full.")

    with qtbot.waitSignal(worker.failed) as failed:
        worker.request(fail)

    assert str(failed.args[0]) == "The disk is full."


def test_any_other_error_is_emitted_as_a_crash(worker, qtbot):
    with qtbot.waitSignal(worker.crashed) as crashed:
        worker.request(lambda: 1 // 0)

    assert isinstance(crashed.args[0], ZeroDivisionError)


def test_the_result_of_a_canceled_request_is_discarded(worker, qtbot):
    gate = Event()
    with qtbot.assertNotEmitted(worker.done):
        worker.request(lambda: gate.wait(5))
        worker.cancel()
        gate.set()
        assert worker.wait_until_idle()


def test_closing_waits_for_running_work(worker):
    started, ended = Event(), Event()

    def work():
        started.set()
        ended.set()

    worker.request(work)
    started.wait(5)

    assert worker.close()
    assert ended.is_set()


def test_a_queued_worker_answers_every_request_in_order(qtbot):
    gate = Event()
    results: list[object] = []
    queue = QueuedWorker()
    queue.done.connect(results.append)

    queue.request(lambda: (gate.wait(5), "first")[1])
    for word in ("second", "third"):
        queue.request(partial(str, word))
    gate.set()

    qtbot.waitUntil(lambda: results == ["first", "second", "third"])
    assert queue.close()


def test_closing_a_queued_worker_finishes_all_requests(qapp):
    gate, done = Event(), []
    queue = QueuedWorker()
    queue.request(lambda: gate.wait(5))
    queue.request(lambda: done.append("second"))

    gate.set()

    assert queue.close()
    assert done == ["second"]
