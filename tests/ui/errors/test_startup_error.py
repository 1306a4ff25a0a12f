"""Startup errors are printed on the terminal, or shown in a dialog if there is none."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from dataclasses import replace

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QMessageBox

from explorer.core.errors import ExplorerError, PackError, Problem
from explorer.storage.resources import install_dir
from explorer.ui.errors.startup_error import show_startup_error, startup_error_box

ERROR = ExplorerError("The session “/home/someone/projects/a-long-folder/team.berth” cannot be read.")
PROBLEM = Problem("rules.toml", 3, "nothing follows", "only")


class Terminal(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        """Return True."""
        return True


@pytest.mark.parametrize(("error_stream", "dialogs"), [(Terminal, 0), (io.StringIO, 1)], ids=["terminal", "none"])
def test_a_dialog_is_shown_only_without_a_terminal(qapp, monkeypatch, error_stream, dialogs):
    shown: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: shown.append(box.informativeText()))
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "xcb")
    for stream in ("stdin", "stdout"):
        monkeypatch.setattr(sys, stream, None)
    monkeypatch.setattr(sys, "stderr", stream := error_stream())

    show_startup_error(ERROR)
    assert shown == [str(ERROR)] * dialogs
    assert stream.getvalue() == f"berth: {ERROR}\n"


def test_the_dialog_is_wide_enough_for_a_path(qtbot):
    box = startup_error_box(ERROR)
    qtbot.addWidget(box)
    box.show()
    label = box.findChild(QLabel, "qt_msgbox_informativelabel")
    assert label is not None
    path = str(ERROR).split("“")[1].split("”")[0]
    assert label.width() > label.fontMetrics().horizontalAdvance(path)


def test_the_dialog_lists_the_problems_of_a_pack(qapp):
    problems = [PROBLEM, replace(PROBLEM, line=4)]
    text = startup_error_box(PackError(problems)).informativeText()
    assert "2 problems" in text
    assert text.splitlines()[1:] == [str(problem) for problem in problems]
    assert "1 problem:" in startup_error_box(PackError([PROBLEM])).informativeText()


DISPLAY_VARIABLES = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}


def start_app(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the application in a process without a display, after this code."""
    kept = {name: value for name, value in os.environ.items() if name not in DISPLAY_VARIABLES}
    script = f"import sys\nfrom explorer import app\n{code}\nsys.exit(app.main())"
    return subprocess.run(
        [sys.executable, "-c", script],
        env={**kept, **environment},
        cwd=install_dir(),
        timeout=60,
        check=False,
        encoding="utf-8",
        capture_output=True,
    )


def test_a_crash_at_startup_is_printed_with_the_file_of_its_report(tmp_path):
    result = start_app("app.open_main_window = lambda *_: 1 / 0", QT_QPA_PLATFORM="offscreen", BERTH_HOME=str(tmp_path))
    (report,) = (tmp_path / "faults").glob("*.txt")
    assert result.stderr.startswith("berth: ")
    assert str(report) in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert "ZeroDivisionError" in report.read_text("utf-8")
    assert (result.returncode, result.stdout) == (1, "")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a display")
def test_a_machine_without_a_display_gets_one_sentence():
    result = start_app("")
    assert "DISPLAY" in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert result.returncode == 1
