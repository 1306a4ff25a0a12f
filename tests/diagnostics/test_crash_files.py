"""Reports of faults reach a file wherever that is possible at all."""

import os
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


def written(words, folder, now=NOW):
    path = write_crash_report(words, folder, now)
    assert path is not None
    return path


def test_a_report_is_written_where_it_belongs(tmp_path):
    path = written("what happened", tmp_path / "faults")

    assert path == tmp_path / "faults" / "berth-fault-20261123-093000.txt"
    assert path.read_text(encoding="utf-8") == "what happened"


def test_two_in_one_second_have_a_file_each(tmp_path):
    first, second = (written(words, tmp_path) for words in ("one", "two"))
    assert (first.read_text(), second.read_text()) == ("one", "two")


@pytest.mark.parametrize("folder", [None, "a file"])
def test_where_there_is_no_such_folder_it_goes_among_passing_files(tmp_path, monkeypatch, folder):
    passing = tmp_path / "passing"
    monkeypatch.setattr("explorer.diagnostics.crash_files.tempfile.gettempdir", lambda: str(passing))
    (tmp_path / "a file").write_text("")

    path = written("x", folder and tmp_path / folder)

    assert path.parent == passing


def test_where_nothing_can_be_written_nothing_is_raised(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setattr("explorer.diagnostics.crash_files.tempfile.gettempdir", lambda: str(tmp_path / "file"))

    assert write_crash_report("x", tmp_path / "file" / "deeper", NOW) is None


def test_old_reports_make_room(tmp_path):
    *_, newest = [written("x", tmp_path, NOW.replace(second=n)) for n in range(MAX_REPORTS + 3)]

    kept = sorted(tmp_path.iterdir())
    assert len(kept) == MAX_REPORTS
    assert kept[-1] == newest


DYING = """
import ctypes, sys
from pathlib import Path
from explorer.diagnostics.crash_files import listen_for_last_words
listen_for_last_words(Path(sys.argv[1]))
ctypes.string_at(0)
"""


def test_a_process_that_dies_leaves_its_last_words_to_be_told_once(tmp_path):
    command = [sys.executable, "-c", DYING, str(tmp_path)]
    died = subprocess.run(command, check=False, cwd=ROOT, capture_output=True)

    assert died.returncode
    (words,) = take_fault_logs(tmp_path)
    assert "Segmentation fault" in words or "access violation" in words
    assert take_fault_logs(tmp_path) == []


def test_a_process_that_ends_in_peace_leaves_nothing(tmp_path):
    leaving = enable_faulthandler(tmp_path)
    assert leaving is not None
    assert take_fault_logs(tmp_path) == [], "it lives, and has said nothing"
    leaving.close()
    assert list(tmp_path.iterdir()) == []


def test_where_nothing_can_be_written_nobody_listens(tmp_path):
    (tmp_path / "file").write_text("")
    assert enable_faulthandler(tmp_path / "file" / "deeper") is None


def test_what_a_killed_process_left_empty_goes_after_a_week(tmp_path):
    leaving = enable_faulthandler(tmp_path)
    assert leaving is not None
    week = time.time() - 8 * 24 * 3600
    os.utime(leaving.path, (week, week))

    assert take_fault_logs(tmp_path) == []
    assert not leaving.path.exists()
    leaving.close()
