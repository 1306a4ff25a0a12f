"""Tests the binary in a minimal chroot: every command, every export format and a real window.

`run.py binary-test` runs it. It needs Linux and root, and prints one line for each check.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

import app_metadata
import bundle_contents
import minimal_chroot
import system_libraries
from app_metadata import ROOT
from minimal_chroot import MinimalChroot
from PySide6.QtGui import QImage

sys.path.insert(0, str(ROOT))

from explorer.export.formats import formats_of
from explorer.export.request.request import SubjectKind

PROGRAM = "/opt/berth/berth"
BUILD = ROOT / "build" / "binary"
REPORT_FOLDER = ROOT / "build" / "binary-test"
SIGNATURES = {"png": b"\x89PNG", "svg": b"<", "pdf": b"%PDF", "json": b"{", "pptx": b"PK", "drawio": b"<"}
START_TIMEOUT_S = 60
KEYS = ("2", "1", "1", "Right", "2")
"""The keys that answer one question after the other; one question is left open."""


class CheckError(Exception):
    """What a check found instead of the expected result."""


def main(arguments: Sequence[str]) -> int:
    """Run all checks; return 1 if one of them fails."""
    parser = argparse.ArgumentParser(prog="run.py binary-test")
    parser.add_argument(
        "--suite",
        default=minimal_chroot.host_suite(),
        help="the Debian suite of the chroot; default: that of this machine",
    )
    options = parser.parse_args(arguments)
    if not sys.platform.startswith("linux") or os.geteuid():
        print("The binary test creates a chroot, so it needs Linux and root.", file=sys.stderr)
        return 1
    if missing := minimal_chroot.missing_packages():
        print(f"The binary test needs more packages: apt-get install -y {' '.join(missing)}", file=sys.stderr)
        return 1
    release_folder = ROOT / "dist" / app_metadata.release_name()
    root = MinimalChroot(BUILD / f"root-{options.suite}", release_folder)
    REPORT_FOLDER.mkdir(parents=True, exist_ok=True)
    results = [run_check(name, check, root) for name, check in CHECKS.items()]
    return int(not all(results))


def run_check(name: str, check: Callable[[MinimalChroot], str], root: MinimalChroot) -> bool:
    """Run one check, print its result in one line, and return whether it passed."""
    start = perf_counter()
    try:
        result, passed = check(root), True
    except (CheckError, OSError, subprocess.SubprocessError) as error:
        result, passed = str(error), False
    print(f"{'ok' if passed else 'FAILED':<7}{name:<13}{result} ({perf_counter() - start:.1f} s)", flush=True)
    return passed


# ------------------------------------------------------------------ checks


def create_root(root: MinimalChroot) -> str:
    """Create the chroot and verify that it contains nothing else."""
    suite = root.path.name.removeprefix("root-")
    if not (root.path / "home").is_dir():
        minimal_chroot.create_chroot(root.path, suite)
    minimal_chroot.create_home(root.path)
    if found := minimal_chroot.forbidden_files(root.path):
        raise CheckError(f"the chroot contains {', '.join(found)}")
    return f"Debian {suite}: no Python, no layout program, no font, no shell, no network"


def required_libraries(root: MinimalChroot) -> str:
    """Report the required glibc version."""
    code = [root.release_folder / name for name in bundle_contents.bundle_files(root.release_folder)]
    major, minor = system_libraries.required_glibc(code)
    here = next(root.path.rglob("libc.so.6")).resolve()
    provided = max(system_libraries.provided_glibc_versions(here))
    return f"glibc {major}.{minor} or newer, by its symbols; tested here on {provided[0]}.{provided[1]}"


def version(root: MinimalChroot) -> str:
    """`--version` prints the version."""
    output = _run(root, "--version")
    if app_metadata.VERSION not in output:
        raise CheckError(f"the output is {output!r}")
    return "; ".join(" ".join(line.split()) for line in output.splitlines())


def bill_of_materials(root: MinimalChroot) -> str:
    """The bill of materials names the commit, Qt and the libraries inside the wheels."""
    document = json.loads((root.release_folder / "berth.cdx.json").read_text("utf-8"))
    names = {component["name"] for component in document["components"]}
    if missing := {"Qt", "ICU", "libxml2", "libxslt", "graphviz-pure", "Python"} - names:
        raise CheckError(f"it lacks {', '.join(sorted(missing))}")
    properties = document["metadata"]["component"].get("properties", [])
    if not any(each["name"] == "berth:commit" for each in properties):
        raise CheckError("it does not name the commit")
    return f"{len(names)} parts, with Qt, ICU, libxml2 and the commit"


def self_check(root: MinimalChroot) -> str:
    """`self-check` passes and writes a report."""
    output = _run(root, "self-check", "--report", "/home/user/report.txt").splitlines()
    (REPORT_FOLDER / "self-check.txt").write_text("\n".join(output) + "\n", encoding="utf-8")
    passed = [line for line in output if line.startswith("ok")]
    if len(passed) < 8 or not (root.path / "home/user/report.txt").exists():
        raise CheckError("; ".join(output))
    return f"{len(passed)} checks passed (build/binary-test/self-check.txt)"


def bundled_layout_program(root: MinimalChroot) -> str:
    """Only the bundled layout program is used: without it, `self-check` reports a failure."""
    done = replace(root, hidden_files=("_internal/graphviz-pure",)).run([PROGRAM, "self-check"])
    failed = [line for line in done.stdout.splitlines() if line.startswith("FAILED")]
    if done.returncode != 1 or not failed or "Traceback" in done.stderr:
        raise CheckError(f"status {done.returncode}: {done.stdout}{done.stderr}")
    return f"without it: “{failed[0]}”"


def recommend(root: MinimalChroot) -> str:
    """`recommend` prints an outcome."""
    output = _run(root, "recommend", "--answer", "gpu=yes", "--answer", "operations=least")
    return f"{len(output.splitlines())} lines"


def check(root: MinimalChroot) -> str:
    """`check` proves the shipped packs."""
    return _run(root, "check").splitlines()[0]


def exports(root: MinimalChroot) -> str:
    """`export` and `tree` write every format."""
    written = []
    for kind, arguments in (
        (SubjectKind.ARCHITECTURE, ("export", "--answer", "gpu=yes")),
        (SubjectKind.DECISION_MAP, ("tree",)),
    ):
        for format_ in formats_of(kind):
            name = f"{arguments[0]}.{format_.extension}"
            _run(root, *arguments, f"/home/user/{name}")
            written.append(f"{name} {_check_file(root, name):,}")
    return f"{', '.join(written)} bytes"


def window(root: MinimalChroot) -> str:
    """The window opens on a real display, accepts answers by keyboard, and closes."""
    with _display() as display, _window(root, display) as (berth, found):
        shot = display.screenshot("window-opened.png", unlike=None)
        for number, key in enumerate(KEYS, 1):
            display.press(found, key)
            shot = display.screenshot(f"window-{number}.png", unlike=shot)
        display.press(found, "ctrl+q")
        status = berth.wait(20)
    if status:
        raise CheckError(f"the program exited with status {status}")
    return f"{len(KEYS)} keys changed the window; last screenshot: build/binary-test/{shot.name}"


CHECKS: dict[str, Callable[[MinimalChroot], str]] = {
    "chroot": create_root,
    "libraries": required_libraries,
    "version": version,
    "materials": bill_of_materials,
    "self-check": self_check,
    "layout": bundled_layout_program,
    "recommend": recommend,
    "check": check,
    "exports": exports,
    "window": window,
}


# ------------------------------------------------------------------ helpers


def _run(root: MinimalChroot, *arguments: str) -> str:
    """Run the program and return its output; fail if it does not exit with 0."""
    done = root.run([PROGRAM, *arguments])
    if done.returncode:
        raise CheckError(
            f"{arguments[0]} exited with status {done.returncode}: {done.stdout[-400:]}{done.stderr[-400:]}"
        )
    return done.stdout.strip()


def _check_file(root: MinimalChroot, name: str) -> int:
    data = (root.path / "home" / "user" / name).read_bytes()
    if not data.startswith(SIGNATURES.get(Path(name).suffix.lstrip("."), b"")) or len(data) < 500:
        raise CheckError(f"{name} has an unexpected content: {data[:40]!r}")
    return len(data)


@contextlib.contextmanager
def _display() -> Iterator[Display]:
    """Start a virtual display in the size of a small laptop."""
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1366x768x24", "-nolisten", "tcp", "-ac"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as server:
        assert server.stdout is not None
        try:
            yield Display(f":{server.stdout.readline().strip()}")
        finally:
            server.terminate()


@contextlib.contextmanager
def _window(root: MinimalChroot, display: Display) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """Start the program and yield it with the id of its window."""
    with (REPORT_FOLDER / "window.log").open("wb") as log:
        environment = root.environment({"DISPLAY": display.name, "QT_QPA_PLATFORM": "xcb"})
        berth = subprocess.Popen(root.command([PROGRAM]), env=environment, stdout=log, stderr=log)
        try:
            found = display.window(app_metadata.NAME)
            if not found:
                raise CheckError(f"no window opened: {(REPORT_FOLDER / 'window.log').read_text()[-400:]}")
            yield berth, found
        finally:
            berth.kill()
            berth.wait()


@dataclass(frozen=True)
class Display:
    """An X display with keyboard input and screenshots."""

    name: str

    def window(self, title: str) -> str:
        """Wait for the window with this title and return its id; "" if none opens."""
        search = ["timeout", str(START_TIMEOUT_S), "xdotool", "search", "--sync", "--onlyvisible"]
        return next(iter(self._execute([*search, "--name", title]).split()), "")

    def press(self, window: str, key: str) -> None:
        """Press a key or key combination in a window."""
        self._execute(["xdotool", "windowfocus", "--sync", window, "key", "--delay", "60", key])

    def screenshot(self, name: str, unlike: Path | None) -> Path:
        """Take a screenshot once the display is stable and clearly differs from the previous screenshot."""
        file, last = REPORT_FOLDER / name, b""
        for _ in range(90):
            self._execute(["import", "-window", "root", "-define", "png:exclude-chunks=date,time", str(file)])
            now = file.read_bytes()
            if now == last and (_differ(unlike, file) if unlike else _color_count(file) > 20):
                return file
            last = now
        raise CheckError(f"{name}: the window did not change or did not become stable")

    def _execute(self, command: Sequence[str]) -> str:
        environment = {**os.environ, "DISPLAY": self.name}
        return subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=False).stdout


def _differ(before: Path, after: Path) -> bool:
    """Return whether two screenshots differ in more than 1 % of the sampled pixels."""
    old, new = QImage(str(before)), QImage(str(after))
    samples = [(x, y) for x in range(0, old.width(), 4) for y in range(0, old.height(), 4)]
    return sum(old.pixel(x, y) != new.pixel(x, y) for x, y in samples) > len(samples) / 100


def _color_count(file: Path) -> int:
    image = QImage(str(file))
    return len({image.pixel(x, y) for x in range(0, image.width(), 5) for y in range(0, image.height(), 5)})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
