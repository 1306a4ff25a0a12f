"""The window opens whatever is in the data folder; unusable files are kept."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from explorer.storage.resources import install_dir

START = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from explorer import app

run = QApplication.exec

def run_briefly(*_):
    QTimer.singleShot(200, lambda: (print("open", flush=True), QApplication.quit()))
    return run()

QApplication.exec = run_briefly
sys.exit(app.main())
"""
PACK = {"id": "aws-containers", "version": "1.0.0"}


def autosave(path: object, answers: object = None) -> str:
    session = {"berth": 1, "pack": PACK, "answers": answers or {"gpu": "yes"}}
    return json.dumps({"origin": {"path": path, "print": "x"}, "session": session}) + "\n"


@pytest.fixture
def home(tmp_path):
    for folder in ("drafts", "open", "faults"):
        (tmp_path / folder).mkdir()
    return tmp_path


def start(home: Path) -> tuple[int, str, str]:
    """Open the window for a moment; return exit status, output and errors, without a notice of the test platform."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "BERTH_HOME": str(home)}
    done = subprocess.run(
        [sys.executable, "-c", START],
        env=environment,
        cwd=install_dir(),
        timeout=60,
        check=False,
        encoding="utf-8",
        capture_output=True,
    )
    errors = [line for line in done.stderr.splitlines() if not line.startswith("This plugin does not support")]
    return done.returncode, done.stdout, "\n".join(errors)


def file(path: str, text: str):
    return lambda home: (home / path).write_text(text)


def pipe(path: str):
    return lambda home: os.mkfifo(home / path)


def loop(path: str):
    return lambda home: (home / path).symlink_to(home / path)


def folder(path: str):
    return lambda home: (home / path).mkdir()


def replaced(path: str, put):
    def replace(home):
        (home / path).rmdir()
        put(home / path)

    return replace


DAMAGE = {
    "an autosave of another format": file("drafts/a.draft", "\xff\x00\n"),
    "an empty autosave": file("drafts/a.draft", ""),
    "an autosave of an unknown pack": file("drafts/a.draft", '{"session": {"berth": 1, "pack": {"id": "gone"}}}\n'),
    "an autosave with NUL in its path": file("drafts/a.draft", autosave("/a\0b")),
    "an autosave with a lone surrogate in its path": file("drafts/a.draft", autosave("/\ud800")),
    "an autosave with a long path": file("drafts/a.draft", autosave("/" + "x" * 9_000)),
    "an autosave with a path of another type": file("drafts/a.draft", autosave({"a": 1})),
    "an autosave of a folder": file("drafts/a.draft", autosave("/")),
    "an autosave of a device": file("drafts/a.draft", autosave("/dev/zero")),
    "an autosave with wrong answers": file("drafts/a.draft", autosave(None, {"gpu": [], "\ud800": {}})),
    "a pipe as autosave": pipe("drafts/a.draft"),
    "a loop as autosave": loop("drafts/a.draft"),
    "a folder as autosave": folder("drafts/a.draft"),
    "a file as autosave folder": replaced("drafts", lambda path: path.write_text("")),
    "a loop as autosave folder": replaced("drafts", lambda path: path.symlink_to(path)),
    "a file as lock folder": replaced("open", lambda path: path.write_text("")),
    "a file as crash report folder": replaced("faults", lambda path: path.write_text("")),
    "an autosave with 60,000 unknown answers": file(
        "drafts/a.draft", autosave(None, {f"unknown_{number}": "z" * 60 for number in range(60_000)})
    ),
    "an icon folder of an unknown user": file("settings.ini", "[General]\nicons=~nosuchuser/x\n"),
    "huge settings": file("settings.ini", "[General]\nrecent=" + "a, " * 16_000_000),
    "a pipe as settings": pipe("settings.ini"),
    "a loop as settings": loop("settings.ini"),
    "a folder as settings": folder("settings.ini"),
    "damaged settings": file("settings.ini", "[General\nrecent=@Invalid(\x01\ntheme=@ByteArray(\n"),
    "a pipe as the lock of an autosave": lambda home: (
        pipe("drafts/a.lock")(home),
        file("drafts/a.draft", autosave(None))(home),
    ),
    "a folder as the lock of an autosave": folder("drafts/a.lock"),
    "a pipe as crash trace": pipe("faults/last-words-1-1.txt"),
    "a loop as crash trace": loop("faults/last-words-1-1.txt"),
}


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes and loops")
@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_the_window_opens_and_the_file_is_kept(home, damage):
    damage(home)
    before = {path.name for path in home.rglob("*.draft")}

    assert start(home) == (0, "open\n", "")
    assert before <= {path.name for path in home.rglob("*")}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no loops")
def test_a_loop_as_the_path_of_an_autosave_opens_its_session(home):
    loop("link.berth")(home)
    (home / "drafts" / "a.draft").write_text(autosave(str(home / "link.berth")))
    assert start(home) == (0, "open\n", "")
    assert (home / "drafts" / "a.draft").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
def test_a_start_deletes_no_unsaved_session_and_makes_the_folder_private(home):
    for number in range(60):
        path = home / "drafts" / f"{number}.draft"
        path.write_text(autosave(None))
        os.utime(path, (number * 86_400, number * 86_400))

    assert start(home) == (0, "open\n", "")

    assert len(list((home / "drafts").glob("*.draft"))) >= 60
    open_to_others = [path for path in home.rglob("*") if path.stat().st_mode & 0o077]
    assert [path for path in open_to_others if path.suffix != ".lock"] == []
