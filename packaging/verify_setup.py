"""Tests the setup on a minimal Debian: each command of the README works after at most one pasted line.

`python3 packaging/verify_setup.py [--suite trixie]` needs Linux, root and a network. It creates a root directory with
Python and nothing else, copies the files of the last commit into it, and runs the commands there. It prints one line
for each check, and a transcript to `build/setup-test/`.
"""

from __future__ import annotations

import argparse
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import minimal_chroot
from app_metadata import ROOT

BUILD = ROOT / "build" / "setup-test"
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
QUICK_TEST = ("python3", "run.py", "test", "tests/core/test_errors.py")
WINDOW = ("python3", "run.py")
DISPLAY = ":93"
WINDOW_S = 20
SETUP_S = 900
STILL_OPEN = 124
"""The status of `timeout` if the program runs until the end of the time."""


def main(arguments: Sequence[str]) -> int:
    """Run all checks; return 1 if one of them fails."""
    parser = argparse.ArgumentParser(prog="verify_setup.py")
    parser.add_argument("--suite", default=minimal_chroot.host_suite(), help="the Debian suite; default: this one")
    suite = parser.parse_args(arguments).suite
    if not sys.platform.startswith("linux") or os.geteuid():
        print("The setup test creates a root directory, so it needs Linux and root.", file=sys.stderr)
        return 1
    BUILD.mkdir(parents=True, exist_ok=True)
    root = BUILD / f"root-{suite}"
    create_root(root, suite)
    passed = True
    with (BUILD / f"transcript-{suite}.txt").open("w", encoding="utf-8") as transcript:
        for command, status, output, failure in run_commands(root):
            transcript.write(f"$ {command}\n{output}(status {status})\n\n")
            print(f"{'FAILED' if failure else 'ok':<7}{command}: {failure or f'status {status}'}", flush=True)
            passed = passed and not failure
    return int(not passed)


def create_root(root: Path, suite: str) -> None:
    """Create a root directory with Python and the files of the last commit."""
    shutil.rmtree(root, ignore_errors=True)
    command = ["mmdebstrap", "--quiet", "--variant=minbase", "--include=python3,ca-certificates", suite, str(root)]
    subprocess.run(command, check=True)
    if CERTIFICATES.is_file():  # those of this machine, for a network with its own
        shutil.copy(CERTIFICATES, root / CERTIFICATES.relative_to("/"))
    home = root / "berth"
    home.mkdir()
    archive = subprocess.run(["git", "archive", "HEAD"], cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout
    subprocess.run(["tar", "-x", "-C", str(home)], input=archive, check=True)


def run_commands(root: Path) -> Iterator[tuple[str, int, str, str]]:
    """Yield each command, its status, its output, and what is wrong with them."""
    status, output = run(root, WINDOW)
    wrong = "" if status == 1 and "no display" in output else "expected an error about the display"
    yield shlex.join(WINDOW), status, output, wrong or traces(output)

    status, output = run(root, QUICK_TEST)
    lines = output.splitlines()
    wrong = "" if status == 1 and len(lines) == 2 else "expected one sentence and one line to paste"
    yield shlex.join(QUICK_TEST), status, output, wrong or traces(output)

    pasted = lines[-1].strip() if lines else "false"
    status, output = run(root, ("sh", "-c", pasted))
    yield pasted, status, output, f"status {status}" if status else ""

    status, output = run(root, QUICK_TEST)
    yield shlex.join(QUICK_TEST), status, output, f"status {status}" if status else traces(output)

    with subprocess.Popen(["Xvfb", DISPLAY, "-screen", "0", "1280x800x24"], stderr=subprocess.DEVNULL) as server:
        status, output = run(root, ("timeout", str(WINDOW_S), *WINDOW), DISPLAY=DISPLAY)
        server.terminate()
    wrong = "" if status == STILL_OPEN else "expected a window that stays open"
    yield f"DISPLAY={DISPLAY} {shlex.join(WINDOW)}", status, output, wrong or traces(output)


def run(root: Path, command: Sequence[str], **variables: str) -> tuple[int, str]:
    """Run a command in the root directory; return its status, and its output and errors in the order printed."""
    steps = [f"mount -t proc none {shlex.quote(f'{root}/proc')}"]
    steps += [f"mount --bind /dev {shlex.quote(f'{root}/dev')}", f"mount -t tmpfs none {shlex.quote(f'{root}/tmp')}"]
    if "DISPLAY" in variables:
        sockets = shlex.quote(f"{root}/tmp/.X11-unix")
        steps += [f"mkdir {sockets}", f"mount --bind /tmp/.X11-unix {sockets}"]
    inside = f"cd /berth && exec {shlex.join(command)}"
    script = " && ".join([*steps, f"exec chroot {shlex.quote(str(root))} /bin/sh -c {shlex.quote(inside)}"])
    path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    fixed = {"PATH": path, "HOME": "/root", "LANG": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(
        ["unshare", "--mount", "--pid", "--fork", "--kill-child", "/bin/sh", "-c", script],
        env={**fixed, "PIP_CERT": str(CERTIFICATES), **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        timeout=SETUP_S,
        check=False,
    )
    return done.returncode, done.stdout


def traces(output: str) -> str:
    """Return what the user must not see in an output: a traceback, or Qt's text about plugins."""
    unwanted = ("Traceback", "Qt platform plugin", "qt.qpa", "Aborted")
    return ", ".join(f"the output contains “{text}”" for text in unwanted if text in output)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
