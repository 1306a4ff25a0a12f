"""A child process stays within its limits, and no process is left when the parent ends, even by SIGKILL."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from threading import Event

import pytest

from explorer.layout.graphviz.bounded_process import OutputTooLargeError, ProcessTimeoutError, run_bounded

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="tests POSIX process groups")

PYTHON = sys.executable
TICK = Event()
ROOT = Path(__file__).parents[3]

PARENT = """
import os, sys
opened = [os.open(os.devnull, os.O_RDONLY) for _ in range(40)]  # so that the pipe has a number of two digits
from explorer.layout.graphviz.bounded_process import run_bounded
run_bounded([sys.executable, "-c", sys.argv[1]], "", timeout_s=120, max_output_bytes=1000)
"""
SLEEPS = "import os, pathlib, time; pathlib.Path({path!r}).write_text(str(os.getpid())); time.sleep(120)"


def run(code: str, text: str = "", timeout_s: float = 60, max_output_bytes: int = 1_000_000) -> tuple[int, str, str]:
    result = run_bounded([PYTHON, "-c", code], text, timeout_s=timeout_s, max_output_bytes=max_output_bytes)
    return result.status, result.output, result.errors


def wait_until(is_true) -> bool:
    for _ in range(600):
        if is_true():
            return True
        TICK.wait(0.05)
    return False


def is_running(pid: int) -> bool:
    """Whether a process exists and is not a zombie."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    return bool(state.strip()) and not state.startswith("Z")


def child_pid(path: Path) -> int:
    assert wait_until(lambda: path.exists() and path.read_text() != ""), "the child did not start"
    return int(path.read_text())


def test_input_output_errors_and_status_are_passed_on():
    code = "import sys; print(sys.stdin.read().upper()); print('note', file=sys.stderr); sys.exit(3)"
    assert run(code, "text") == (3, "TEXT\n", "note\n")


def test_a_program_starts_without_a_watchdog_if_the_system_has_no_shell(monkeypatch, tmp_path):
    monkeypatch.setattr("explorer.layout.graphviz.bounded_process._SHELL", str(tmp_path / "sh"))
    assert run("print('started')") == (0, "started\n", "")


def test_a_program_that_ignores_its_input_is_no_error():
    assert run("print('done')", "x" * 5_000_000) == (0, "done\n", "")


def test_output_over_the_limit_is_an_error():
    with pytest.raises(OutputTooLargeError):
        run("print('x' * 2000)", max_output_bytes=1000)


def test_error_messages_over_the_limit_are_cut():
    status, output, errors = run("import sys; sys.stderr.write('x' * 5_000_000); print('done')")
    assert (status, output) == (0, "done\n")
    assert 0 < len(errors) < 100_000


def test_a_program_that_hangs_is_killed(tmp_path):
    path = tmp_path / "pid"
    with pytest.raises(ProcessTimeoutError):
        run(SLEEPS.format(path=str(path)), timeout_s=2)
    if path.exists():  # the machine may be too busy to start it in time
        assert wait_until(lambda: not is_running(child_pid(path)))


def test_a_program_that_closes_its_output_and_hangs_is_killed():
    with pytest.raises(ProcessTimeoutError):
        run("import os, time; os.close(1); os.close(2); time.sleep(120)", timeout_s=1)


def test_the_children_of_a_killed_program_are_killed(tmp_path):
    path = tmp_path / "pid"
    grandchild = SLEEPS.format(path=str(path))
    with pytest.raises(ProcessTimeoutError):
        run(f"import subprocess, sys; subprocess.run([sys.executable, '-c', {grandchild!r}])", timeout_s=2)
    if path.exists():
        assert wait_until(lambda: not is_running(child_pid(path)))


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_the_program_ends_with_its_parent(tmp_path, ending):
    path = tmp_path / "pid"
    code = SLEEPS.format(path=str(path))
    parent = subprocess.Popen([PYTHON, "-c", PARENT, code], cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        pid = child_pid(path)
        assert is_running(pid)
        parent.send_signal(ending)
        parent.wait()
        assert wait_until(lambda: not is_running(pid))
    finally:
        parent.kill()
        parent.wait()
