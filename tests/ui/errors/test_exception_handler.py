"""What nobody foresaw is reported once, in a file, whatever thread it comes from; the window stays up."""

import logging
import threading

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox

from explorer.ui.errors.error_dialog import HEADLINE, NO_REPORT_FILE, ErrorDialog
from explorer.ui.errors.exception_handler import ActionLog, ExceptionHandler, ReportedError
from explorer.ui.workers.workers import LatestOnlyWorker

ACTION = QMessageBox.ButtonRole.ActionRole

pytestmark = pytest.mark.qt_no_exception_capture


@pytest.fixture
def faults(qapp, tmp_path):
    faults = ExceptionHandler(tmp_path / "faults", lambda: {"Berth": "1.0"})
    faults.install()
    yield faults
    faults.uninstall()


def broken():
    raise LookupError("‘secret’ is missing")


def test_an_error_in_a_slot_is_reported_and_the_window_goes_on(qtbot, faults):
    faults.action_log.add("export")

    with qtbot.waitSignal(faults.error_reported) as told:
        QTimer.singleShot(0, broken)

    (reported,) = told.args
    report = reported.path.read_text(encoding="utf-8")
    assert "LookupError: … is missing" in report
    assert "s before: export" in report
    assert "secret" not in report.replace('raise LookupError("‘secret’ is missing")', "")


def test_an_error_in_a_thread_is_reported(qtbot, faults):
    with qtbot.waitSignal(faults.error_reported) as told:
        threading.Thread(target=broken).start()
    assert told.args[0].path.exists()


def test_work_that_fails_beside_the_window_is_reported(qtbot, faults):
    latest = LatestOnlyWorker()
    latest.crashed.connect(
        lambda error: logging.getLogger("explorer.ui.diagram.diagram_controller").error("It failed.", exc_info=error)
    )
    with qtbot.waitSignal(faults.error_reported):
        latest.request(broken)
    latest.close()


def test_the_same_fault_is_told_once(qtbot, faults):
    told: list[ReportedError] = []
    faults.error_reported.connect(told.append)
    for _ in range(5):
        QTimer.singleShot(0, broken)
    QTimer.singleShot(0, lambda: 1 / 0)

    qtbot.waitUntil(lambda: len(told) == 2)
    assert [each.crash_report.signature.split()[0] for each in told] == ["LookupError", "ZeroDivisionError"]


def test_what_a_person_does_leaves_a_trail_of_names_only():
    trail = ActionLog()
    for number in range(50):
        trail.add(f"step {number}")
    assert len(trail.entries) == 40
    assert trail.entries[-1].endswith("s before: step 49")


def reported(qtbot, faults):
    with qtbot.waitSignal(faults.error_reported) as told:
        QTimer.singleShot(0, broken)
    return told.args[0]


def test_a_person_is_told_in_one_sentence_where_the_report_is(qtbot, faults):
    met = reported(qtbot, faults)
    dialog = ErrorDialog(met)
    qtbot.addWidget(dialog)

    assert dialog.text() == HEADLINE
    assert dialog.informativeText() == f"A report is in “{met.path}”. It names no person, file or answer."
    dialog.copy_button.click()
    assert QGuiApplication.clipboard().text() == met.path.read_text(encoding="utf-8")


def test_where_no_file_can_be_written_the_report_can_be_copied(qtbot, faults, tmp_path, monkeypatch):
    monkeypatch.setattr("explorer.diagnostics.crash_files.tempfile.gettempdir", lambda: str(tmp_path / "file"))
    (tmp_path / "file").write_text("")
    (tmp_path / "faults").write_text("")

    dialog = ErrorDialog(reported(qtbot, faults))
    qtbot.addWidget(dialog)

    assert dialog.informativeText() == NO_REPORT_FILE
    assert [b.text() for b in dialog.buttons() if dialog.buttonRole(b) == QMessageBox.ButtonRole.ActionRole] == [
        "Copy the report"
    ]
