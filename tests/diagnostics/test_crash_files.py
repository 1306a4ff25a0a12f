"""Crash reports and traces are written to new private files, in whichever folder is writable."""

import os
import stat
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

import pytest

from explorer.diagnostics.crash_files import (
    MAX_REPORTS,
    enable_faulthandler,
    take_fault_logs,
    write_crash_report,
)

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 23, 9, 30)


def write_report(text, folder, now=NOW):
    path = write_crash_report(text, folder, now)
    assert path is not None
    return path


def test_a_report_is_written_to_the_folder(tmp_path):
    path = write_report("report", tmp_path / "faults")

    assert path == tmp_path / "faults" / "berth-fault-20261123-093000.txt"
    assert path.read_text(encoding="utf-8") == "report"


def test_two_reports_of_one_second_have_different_files(tmp_path):
    first, second = (write_report(text, tmp_path) for text in ("one", "two"))
    assert (first.read_text(), second.read_text()) == ("one", "two")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
def test_reports_and_traces_are_private_in_existing_folders_too(tmp_path):
    folder = tmp_path / "faults"
    folder.mkdir(mode=0o755)
    fault_log = enable_faulthandler(folder)
    assert fault_log is not None
    for path in (write_report("x", folder), fault_log.path):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    fault_log.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such links")
def test_a_report_is_not_written_through_a_symbolic_link(tmp_path):
    target = tmp_path / "target"
    (tmp_path / "berth-fault-20261123-093000.txt").symlink_to(target)
    assert write_report("x", tmp_path).name == "berth-fault-20261123-093000-2.txt"
    assert not target.exists()


@pytest.mark.parametrize("folder", [None, "a file"])
def test_without_a_writable_folder_a_report_is_written_to_the_temporary_folder(tmp_path, monkeypatch, folder):
    temporary = tmp_path / "temporary"
    monkeypatch.setattr("explorer.diagnostics.crash_files.tempfile.gettempdir", lambda: str(temporary))
    (tmp_path / "a file").write_text("")

    path = write_report("x", folder and tmp_path / folder)

    assert path.parent == temporary


def test_without_any_writable_folder_there_is_no_report(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setattr("explorer.diagnostics.crash_files.tempfile.gettempdir", lambda: str(tmp_path / "file"))

    assert write_crash_report("x", tmp_path / "file" / "deeper", NOW) is None


def test_the_oldest_reports_are_deleted(tmp_path):
    *_, newest = [write_report("x", tmp_path, NOW.replace(second=n)) for n in range(MAX_REPORTS + 3)]

    kept = sorted(tmp_path.iterdir())
    assert len(kept) == MAX_REPORTS
    assert kept[-1] == newest


CRASH = """
import ctypes, sys
from pathlib import Path
from explorer.diagnostics.crash_files import enable_faulthandler
enable_faulthandler(Path(sys.argv[1]))
ctypes.string_at(0)
"""


def test_the_trace_of_a_crashed_process_is_returned_once(tmp_path):
    command = [sys.executable, "-c", CRASH, str(tmp_path)]
    crashed = subprocess.run(command, check=False, cwd=ROOT, capture_output=True)

    assert crashed.returncode
    (trace,) = take_fault_logs(tmp_path)
    assert "Segmentation fault" in trace or "access violation" in trace
    assert take_fault_logs(tmp_path) == []


def test_a_normal_end_leaves_no_file(tmp_path):
    fault_log = enable_faulthandler(tmp_path)
    assert fault_log is not None
    assert take_fault_logs(tmp_path) == [], "the process is still running"
    fault_log.close()
    assert list(tmp_path.iterdir()) == []


def test_without_a_writable_folder_the_fault_handler_is_not_enabled(tmp_path):
    (tmp_path / "file").write_text("")
    assert enable_faulthandler(tmp_path / "file" / "deeper") is None


def test_the_empty_file_of_a_killed_process_is_deleted_after_a_week(tmp_path):
    fault_log = enable_faulthandler(tmp_path)
    assert fault_log is not None
    week = time.time() - 8 * 24 * 3600
    os.utime(fault_log.path, (week, week))

    assert take_fault_logs(tmp_path) == []
    assert not fault_log.path.exists()
    fault_log.close()
