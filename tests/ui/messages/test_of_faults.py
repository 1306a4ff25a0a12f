"""What is said of what nobody foresaw, and of what keeps the window from opening, word for word."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from explorer.core.errors import ExplorerError, PackError
from explorer.diagnostics.crash_report import CrashReport
from explorer.storage.resources import install_dir
from explorer.ui.errors.error_dialog import STARTUP_HEADLINE, ErrorDialog
from explorer.ui.errors.exception_handler import ReportedError
from explorer.ui.errors.startup_error import startup_error_box
from tests.ui.messages.hearing import FAULT


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ExplorerError("There is no such file."), "There is no such file."),
        (PackError([FAULT]), "The pack has one fault:\nrules.toml:3: nothing follows, expected only"),
        (
            PackError([FAULT, replace(FAULT, line=4)]),
            "The pack has 2 faults:\n"
            "rules.toml:3: nothing follows, expected only\n"
            "rules.toml:4: nothing follows, expected only",
        ),
    ],
)
def test_of_what_keeps_the_window_from_opening(qapp, error, words):
    box = startup_error_box(error)
    assert (box.text(), box.informativeText()) == ("Berth cannot open.", words)


@pytest.mark.parametrize(
    ("dialog", "words"),
    [
        (ErrorDialog, "Something went wrong in Berth. Your answers are kept, and you can go on."),
        (
            partial(ErrorDialog, is_headline=STARTUP_HEADLINE),
            "Something went wrong in Berth, so it cannot open. What you answered before is kept.",
        ),
    ],
)
@pytest.mark.parametrize(
    ("path", "whereabouts"),
    [
        (Path("r.txt"), "A report is in “r.txt”. It names no person, file or answer."),
        (
            None,
            "A report could not be written. You can copy it and pass it on: it names no person, file or answer.",
        ),
    ],
)
def test_of_what_nobody_foresaw(qtbot, dialog, words, path, whereabouts):
    shown = dialog(ReportedError(CrashReport("LookupError at a.py:1", "the whole report"), path))
    qtbot.addWidget(shown)
    assert (shown.text(), shown.informativeText()) == (words, whereabouts)


DISPLAYS = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
BREAKING = "app.begin = lambda *_: 1 / 0"


def started(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Berth as it starts, with something done to it before."""
    kept = {name: value for name, value in os.environ.items() if name not in DISPLAYS}
    whole = f"import sys\nfrom explorer import app\n{code}\nsys.exit(app.main())"
    return subprocess.run(
        [sys.executable, "-c", whole],
        env={**kept, **environment},
        cwd=install_dir(),
        timeout=60,
        check=False,
        encoding="utf-8",
        capture_output=True,
    )


def test_of_a_window_that_cannot_open_for_what_nobody_foresaw(tmp_path):
    done = started(BREAKING, QT_QPA_PLATFORM="offscreen", BERTH_HOME=str(tmp_path))
    (report,) = (tmp_path / "faults").glob("*.txt")
    assert done.stderr == (
        "berth: Something went wrong in Berth, so it cannot open. What you answered before is kept. "
        f"A report is in “{report}”. It names no person, file or answer.\n"
    )
    assert report.read_text("utf-8").splitlines()[0] == (
        "Crash report of Berth. It contains no names, files or answers."
    )
    assert (done.returncode, done.stdout) == (1, "")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there always is a display")
def test_of_a_machine_without_a_display():
    done = started("")
    assert done.stderr == (
        "berth: there is no display to open a window on. "
        "Set DISPLAY, or use the commands recommend and export, which need none.\n"
    )
    assert done.returncode == 1
