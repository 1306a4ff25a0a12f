"""Unexpected errors are reported once in a file, from any thread, and the window stays open."""

import logging
import threading

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox

from explorer.ui.errors.error_dialog import HEADLINE, NO_REPORT_FILE, STARTUP_HEADLINE, ErrorDialog
from explorer.ui.errors.exception_handler import ActionLog, ExceptionHandler, ReportedError
from explorer.ui.workers.workers import LatestOnlyWorker

pytestmark = pytest.mark.qt_no_exception_capture


@pytest.fixture
def handler(qapp, tmp_path):
    handler = ExceptionHandler(tmp_path / "faults", lambda: {"Berth": "1.0"})
    handler.install()
    yield handler
    handler.uninstall()


def fail():
    raise LookupError("‘secret’ is missing")


def test_an_error_in_a_slot_is_reported_without_private_data(qtbot, handler):
    handler.action_log.add("export")

    with qtbot.waitSignal(handler.error_reported) as emitted:
        QTimer.singleShot(0, fail)

    (reported,) = emitted.args
    report = reported.path.read_text(encoding="utf-8")
    assert "LookupError: … is missing" in report
    assert "s before: export" in report
    assert "secret" not in report.replace('raise LookupError("‘secret’ is missing")', "")


def test_an_error_in_a_thread_is_reported(qtbot, handler):
    with qtbot.waitSignal(handler.error_reported) as emitted:
        threading.Thread(target=fail).start()
    assert emitted.args[0].path.exists()


def test_an_error_that_a_worker_logs_is_reported(qtbot, handler):
    worker = LatestOnlyWorker()
    worker.crashed.connect(
        lambda error: logging.getLogger("explorer.ui.diagram.diagram_controller").error("Failed.", exc_info=error)
    )
    with qtbot.waitSignal(handler.error_reported):
        worker.request(fail)
    worker.close()


def test_the_same_error_is_reported_once(qtbot, handler):
    emitted: list[ReportedError] = []
    handler.error_reported.connect(emitted.append)
    for _ in range(5):
        QTimer.singleShot(0, fail)
    QTimer.singleShot(0, lambda: 1 / 0)

    qtbot.waitUntil(lambda: len(emitted) == 2)
    assert [each.crash_report.signature.split()[0] for each in emitted] == ["LookupError", "ZeroDivisionError"]


def test_the_action_log_keeps_the_last_40_names():
    actions = ActionLog()
    for number in range(50):
        actions.add(f"action {number}")
    assert len(actions.entries) == 40
    assert actions.entries[-1].endswith("s before: action 49")


def report_an_error(qtbot, handler):
    with qtbot.waitSignal(handler.error_reported) as emitted:
        QTimer.singleShot(0, fail)
    return emitted.args[0]


@pytest.mark.parametrize("headline", [HEADLINE, STARTUP_HEADLINE], ids=["running", "at startup"])
def test_the_dialog_names_the_file_of_the_report_and_copies_it(qtbot, handler, headline):
    reported = report_an_error(qtbot, handler)
    dialog = ErrorDialog(reported, headline=headline)
    qtbot.addWidget(dialog)

    assert dialog.text() == headline
    assert str(reported.path) in dialog.informativeText()
    dialog.copy_button.click()
    assert QGuiApplication.clipboard().text() == reported.path.read_text(encoding="utf-8")


def test_without_a_file_the_report_can_be_copied(qtbot, handler, tmp_path, monkeypatch):
    monkeypatch.setattr("explorer.diagnostics.crash_files.tempfile.gettempdir", lambda: str(tmp_path / "file"))
    (tmp_path / "file").write_text("")
    (tmp_path / "faults").write_text("")

    dialog = ErrorDialog(report_an_error(qtbot, handler))
    qtbot.addWidget(dialog)

    assert dialog.informativeText() == NO_REPORT_FILE
    actions = [b for b in dialog.buttons() if dialog.buttonRole(b) == QMessageBox.ButtonRole.ActionRole]
    assert actions == [dialog.copy_button]
