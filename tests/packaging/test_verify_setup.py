"""The test of the setup accepts one sentence with one line to paste, and nothing that Python or Qt prints."""

import contextlib
from pathlib import Path

import pytest
import verify_setup

SENTENCE = "Berth cannot start because this system lacks ensurepip. Paste this line, then start again:\n"
GOOD = [(1, "there is no display\n"), (1, f"{SENTENCE}  apt-get install x\n"), (0, ""), (0, "6 passed\n"), (124, "")]


@pytest.fixture
def failures(monkeypatch):
    """Return which of the five commands fail, for these results of them; the list also gets each command."""

    def failures(results):
        remaining = iter(results)
        monkeypatch.setattr(verify_setup, "run", lambda *_, **__: next(remaining))
        server = contextlib.nullcontext(type("Server", (), {"terminate": lambda self: None})())
        monkeypatch.setattr("subprocess.Popen", lambda *_, **__: server)
        return [command for command, _, _, failure in verify_setup.run_commands(Path()) if failure]

    return failures


def test_one_pasted_line_is_accepted(failures):
    assert failures(GOOD) == []


@pytest.mark.parametrize(
    ("number", "result", "failed"),
    [
        (0, (1, "there is no display\nTraceback (most recent call last)\n"), "python3 run.py"),
        (
            1,
            (1, f"{SENTENCE}  apt-get install x\n  apt-get install y\n"),
            "python3 run.py test tests/core/test_errors.py",
        ),
        (2, (100, "E: Unable to locate package x\n"), "apt-get install x"),
        (3, (1, "1 failed\n"), "python3 run.py test tests/core/test_errors.py"),
        (4, (134, "qt.qpa.plugin: Could not load\n"), "DISPLAY=:93 python3 run.py"),
    ],
)
def test_a_second_line_a_traceback_or_a_text_of_qt_fails(failures, number, result, failed):
    results = [*GOOD[:number], result, *GOOD[number + 1 :]]
    assert failed in failures(results)
