"""Proves that the built binary runs where nothing is installed: every word, every format, and a real window.

`run.py binary-test` runs it. It needs Linux and root; what it says line by line is what holds.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

import bare_root
import contents
import identity
import libraries
from bare_root import BareRoot
from identity import ROOT
from PySide6.QtGui import QImage

sys.path.insert(0, str(ROOT))

from explorer.export.formats import formats_of
from explorer.export.request.request import SubjectKind

PROGRAM = "/opt/berth/berth"
BUILD = ROOT / "build" / "binary"
SHOTS = ROOT / "build" / "proof"
BEGINNINGS = {"png": b"\x89PNG", "svg": b"<", "pdf": b"%PDF", "json": b"{", "pptx": b"PK", "drawio": b"<"}
STARTS_WITHIN_S = 60
KEYS = ("2", "1", "1", "Right", "2")
"""The answers that are given by keyboard, one question after the other; one is left open."""


class Failed(Exception):  # noqa: N818 - what does not hold
    """What was found instead."""


def main(arguments: Sequence[str]) -> int:
    """Prove everything, in turn; 1 when anything does not hold."""
    parser = argparse.ArgumentParser(prog="run.py binary-test")
    parser.add_argument("--suite", default=bare_root.own_suite(), help="the Debian to prove it on; default: this one")
    wished = parser.parse_args(arguments)
    if not sys.platform.startswith("linux") or os.geteuid():
        print("The proof makes a root of its own, so it needs Linux and root.", file=sys.stderr)
        return 1
    if missing := bare_root.lacking():
        print(f"The proof needs more: apt-get install -y {' '.join(missing)}", file=sys.stderr)
        return 1
    product = ROOT / "dist" / identity.release()
    root = BareRoot(BUILD / f"root-{wished.suite}", product)
    SHOTS.mkdir(parents=True, exist_ok=True)
    held = [told(name, prove, root) for name, prove in PROOFS.items()]
    return int(not all(held))


def told(name: str, prove: Callable[[BareRoot], str], root: BareRoot) -> bool:
    """Whether one thing holds, said in one line."""
    begun = perf_counter()
    try:
        found, holds = prove(root), True
    except (Failed, OSError, subprocess.SubprocessError) as fault:
        found, holds = str(fault), False
    print(f"{'ok' if holds else 'FAILED':<7}{name:<13}{found} ({perf_counter() - begun:.1f} s)", flush=True)
    return holds


# ------------------------------------------------------------------ what is proven


def a_bare_root(root: BareRoot) -> str:
    """There is a system with next to nothing in it."""
    suite = root.place.name.removeprefix("root-")
    if not (root.place / "home").is_dir():
        bare_root.build(root.place, suite)
    bare_root.make_home(root.place)
    if found := bare_root.strangers(root.place):
        raise Failed(f"the root holds {', '.join(found)}")
    return f"Debian {suite}: no Python, no layout program, no font, no shell, no network"


def libraries_asked_for(root: BareRoot) -> str:
    """How old a system may be."""
    code = [root.product / name for name in contents.files(root.product)]
    major, minor = libraries.glibc_floor(code)
    here = next(root.place.rglob("libc.so.6")).resolve()
    of_root = max(libraries.glibc_offered(here))
    return f"glibc {major}.{minor} or newer, by the symbols asked for; run here on {of_root[0]}.{of_root[1]}"


def version(root: BareRoot) -> str:
    """It says what it is."""
    said = _good(root, "--version")
    if identity.VERSION not in said:
        raise Failed(f"it says {said!r}")
    return "; ".join(" ".join(line.split()) for line in said.splitlines())


def self_check(root: BareRoot) -> str:
    """It finds nothing wrong with itself."""
    said = _good(root, "self-check", "--report", "/home/lead/report.txt").splitlines()
    (SHOTS / "self-check.txt").write_text("\n".join(said) + "\n", encoding="utf-8")
    good = [line for line in said if line.startswith("ok")]
    if len(good) < 8 or not (root.place / "home/lead/report.txt").exists():
        raise Failed("; ".join(said))
    return f"{len(good)} checks hold (build/proof/self-check.txt)"


def no_other_layout_program(root: BareRoot) -> str:
    """Only the layout program that comes along answers: without it the self-check fails, and says so."""
    done = replace(root, hidden_count=("_internal/graphviz-pure",)).run([PROGRAM, "self-check"])
    bad = [line for line in done.stdout.splitlines() if line.startswith("FAILED")]
    if done.returncode != 1 or not bad or "Traceback" in done.stderr:
        raise Failed(f"status {done.returncode}: {done.stdout}{done.stderr}")
    return f"with it taken away: “{bad[0]}”"


def recommend(root: BareRoot) -> str:
    """It decides."""
    said = _good(root, "recommend", "--answer", "gpu=yes", "--answer", "operations=least")
    return f"{len(said.splitlines())} lines"


def check(root: BareRoot) -> str:
    """It proves its packs."""
    return _good(root, "check").splitlines()[0]


def exports(root: BareRoot) -> str:
    """It writes every format there is, of a drawing and of the decision map."""
    written = []
    for kind, words in (
        (SubjectKind.ARCHITECTURE, ("export", "--answer", "gpu=yes")),
        (SubjectKind.DECISION_MAP, ("tree",)),
    ):
        for format_ in formats_of(kind):
            name = f"{words[0]}.{format_.extension}"
            _good(root, *words, f"/home/lead/{name}")
            written.append(f"{name} {_written(root, name):,}")
    return f"{', '.join(written)} bytes"


def window(root: BareRoot) -> str:
    """It opens a window on a real display, is answered by keyboard, and closes."""
    with _display() as display, _window(root, display) as (berth, found):
        shot = display.shot("window-opened.png", unlike=None)
        for number, key in enumerate(KEYS, 1):
            display.press(found, key)
            shot = display.shot(f"window-{number}.png", unlike=shot)
        display.press(found, "ctrl+q")
        status = berth.wait(20)
    if status:
        raise Failed(f"it ended with status {status}")
    return f"{len(KEYS)} keys answered it, each seen in the picture; the last is build/proof/{shot.name}"


PROOFS: dict[str, Callable[[BareRoot], str]] = {
    "bare root": a_bare_root,
    "libraries": libraries_asked_for,
    "version": version,
    "self-check": self_check,
    "layout": no_other_layout_program,
    "recommend": recommend,
    "check": check,
    "exports": exports,
    "window": window,
}


# ------------------------------------------------------------------ by which means


def _good(root: BareRoot, *words: str) -> str:
    """What it says to these words, where all went well."""
    done = root.run([PROGRAM, *words])
    if done.returncode:
        raise Failed(f"{words[0]} ended with status {done.returncode}: {done.stdout[-400:]}{done.stderr[-400:]}")
    return done.stdout.strip()


def _written(root: BareRoot, name: str) -> int:
    data = (root.place / "home" / "lead" / name).read_bytes()
    if not data.startswith(BEGINNINGS.get(Path(name).suffix.lstrip("."), b"")) or len(data) < 500:
        raise Failed(f"{name} is not what it should be: {data[:40]!r}")
    return len(data)


@contextlib.contextmanager
def _display() -> Iterator[Display]:
    """A display of its own that nobody sees, of the size of a small laptop's."""
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1366x768x24", "-nolisten", "tcp", "-ac"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as server:
        assert server.stdout is not None
        try:
            yield Display(f":{server.stdout.readline().strip()}")
        finally:
            server.terminate()


@contextlib.contextmanager
def _window(root: BareRoot, display: Display) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """The program with its window open, and the window's number."""
    with (SHOTS / "window.log").open("wb") as log:
        told = root.environment({"DISPLAY": display.name, "QT_QPA_PLATFORM": "xcb"})
        berth = subprocess.Popen(root.command([PROGRAM]), env=told, stdout=log, stderr=log)
        try:
            found = display.window(identity.NAME)
            if not found:
                raise Failed(f"no window came up: {(SHOTS / 'window.log').read_text()[-400:]}")
            yield berth, found
        finally:
            berth.kill()
            berth.wait()


@dataclass(frozen=True)
class Display:
    """A display by its name, with a keyboard and a camera."""

    name: str

    def window(self, title: str) -> str:
        """The number of the window with this title, waited for; "" when none comes up."""
        search = ["timeout", str(STARTS_WITHIN_S), "xdotool", "search", "--sync", "--onlyvisible"]
        return next(iter(self._do([*search, "--name", title]).split()), "")

    def press(self, window: str, key: str) -> None:
        """Press a key, or several at once, in a window."""
        self._do(["xdotool", "windowfocus", "--sync", window, "key", "--delay", "60", key])

    def shot(self, name: str, unlike: Path | None) -> Path:
        """A picture of it all that differs from the one before by more than a cursor, and is at rest."""
        file, last = SHOTS / name, b""
        for _ in range(90):
            self._do(["import", "-window", "root", "-define", "png:exclude-chunks=date,time", str(file)])
            now = file.read_bytes()
            if now == last and (_differ(unlike, file) if unlike else _colours(file) > 20):
                return file
            last = now
        raise Failed(f"{name} came to nothing, or never to rest")

    def _do(self, command: Sequence[str]) -> str:
        told = {**os.environ, "DISPLAY": self.name}
        return subprocess.run(command, env=told, capture_output=True, encoding="utf-8", check=False).stdout


def _differ(before: Path, after: Path) -> bool:
    """Whether two pictures differ in at least one place of a hundred."""
    old, new = QImage(str(before)), QImage(str(after))
    places = [(x, y) for x in range(0, old.width(), 4) for y in range(0, old.height(), 4)]
    return sum(old.pixel(x, y) != new.pixel(x, y) for x, y in places) > len(places) / 100


def _colours(file: Path) -> int:
    image = QImage(str(file))
    return len({image.pixel(x, y) for x in range(0, image.width(), 5) for y in range(0, image.height(), 5)})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
