"""The real program, as a process of its own, where something it counts on is missing, damaged or full."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

PLAY = """
import faulthandler, json, sys
faulthandler.dump_traceback_later(60, exit=True)
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from explorer import app

exec(sys.argv[1])
real, told = app.begin, {}

def begin(*arguments):
    window = real(*arguments)
    turn = QTimer(window, interval=20)
    turn.timeout.connect(lambda: play(window))
    turn.start()
    QTimer.singleShot(20_000, lambda: leave(window))
    return window

def play(window):
    picture = window.diagram_controller.picture
    if "opened" not in told:
        if picture is None and not window.notice_bar.message:
            return
        told["opened"] = picture is not None
        told["said"] = [window.notice_bar.message]
        window.walk_panel.answered.emit("gpu", "yes")
    elif not window.diagram_controller.is_pending:
        leave(window)

def leave(window):
    screen = window.screen().availableGeometry()
    told["said"].append(window.notice_bar.message)
    told["answers"] = dict(window.session.workspace.answers)
    told["fits"] = window.width() <= screen.width() and window.height() <= screen.height()
    told["ratio"] = window.devicePixelRatioF()
    told["items"] = len(window.canvas.drawn_items())
    window.close()
    QApplication.quit()

app.begin = begin
status = app.main()
print(json.dumps({**told, "status": status}))
"""


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


def played(home, *, first="", root=ROOT, drop=(), **environment):
    """What somebody sees who opens Berth there, says that a GPU is needed, and closes it."""
    kept = {key: value for key, value in os.environ.items() if key not in (*drop, "BERTH_HOME")}
    settings = {**kept, "QT_QPA_PLATFORM": "offscreen", "BERTH_HOME": str(home), **environment}
    done = subprocess.run(
        [sys.executable, "-c", PLAY, first],
        cwd=root,
        env=settings,
        timeout=90,
        check=False,
        encoding="utf-8",
        capture_output=True,
    )
    assert "Traceback" not in done.stderr, done.stderr
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def worked(told):
    assert told["opened"]
    assert told["answers"] == {"gpu": "yes"}
    assert told["items"] > 10
    assert told["status"] == 0
    return True


def test_nothing_is_said_where_nothing_is_wrong(home):
    told = played(home)
    assert worked(told)
    assert told["said"] == ["", ""]


def test_a_home_that_cannot_be_written_keeps_nobody_from_working(tmp_path):
    (tmp_path / "file").write_text("")
    assert worked(played(tmp_path / "file" / "home"))


def test_without_a_home_or_any_named_place_it_works(tmp_path):
    names = [name for name in os.environ if name.startswith("XDG_")]
    assert worked(played("", drop=[*names, "HOME"]))


def test_a_plain_locale_is_enough(home):
    drop = [name for name in os.environ if name.startswith("LC_") or name == "LANG"]
    assert worked(played(home, drop=drop, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0"))


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        b"\0" * 4096,
        b"[General]\nwindow=999999999x-3\ntheme=@Variant(\\0\\0\nrecent=@ByteArray(",
        b"\xff\xfe{",
    ],
)
def test_damaged_settings_are_passed_over(home, damaged):
    home.mkdir()
    (home / "settings.ini").write_bytes(damaged)
    assert worked(played(home))


@pytest.mark.skipif(sys.platform == "win32", reason="file sizes cannot be limited there")
def test_a_full_disk_is_said_and_the_answer_stands(home):
    full = """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
"""
    told = played(home, first=full)
    assert worked(told)
    assert "cannot be kept" in told["said"][1]


@pytest.fixture
def copy(tmp_path):
    """The program in another place, to be damaged there."""
    place = tmp_path / "copy"
    for part in ("explorer", "data", "resources"):
        shutil.copytree(ROOT / part, place / part, ignore=shutil.ignore_patterns("__pycache__"))
    return place


def test_a_missing_glyph_leaves_a_place_in_the_diagram(home, copy):
    for glyph in (copy / "resources" / "glyphs").glob("ec*.svg"):
        glyph.unlink()
    assert worked(played(home, root=copy))


def test_missing_fonts_are_said_before_any_window_opens(home, copy):
    shutil.rmtree(copy / "resources" / "fonts")
    code = "from explorer import app; app.show_startup_error = lambda error: print(error); print(app.main())"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=copy,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "BERTH_HOME": str(home)},
        timeout=60,
        check=False,
        encoding="utf-8",
        capture_output=True,
    )
    assert "Traceback" not in done.stderr
    sentence, status = done.stdout.splitlines()[-2:]
    assert "font" in sentence
    assert sentence.endswith(".")
    assert status == "1"


@pytest.mark.parametrize(("width", "height", "ratio"), [(1024, 640, 1), (3840, 2160, 2)], ids=["small", "4K at 200 %"])
def test_it_fits_the_screen(home, tmp_path, width, height, ratio):
    screen = {"name": "one", "x": 0, "y": 0, "width": width, "height": height}
    screens = tmp_path / "screens.json"
    screens.write_text(json.dumps({"screens": [screen]}), encoding="utf-8")

    told = played(home, QT_QPA_PLATFORM=f"offscreen:configfile={screens}", QT_SCALE_FACTOR=str(ratio))

    assert worked(told)
    assert told["fits"]
    assert told["ratio"] == ratio


BROKEN = {
    "killed": "#!/bin/sh\nkill -9 $$\n",
    "hung": "#!/bin/sh\nsleep 60\n",
    "garbage": "#!/bin/sh\necho '{]'\n",
}


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-ins are shell scripts")
@pytest.mark.parametrize("how", BROKEN)
def test_a_layout_program_that_fails_is_said_and_the_window_stays(home, tmp_path, how):
    program = tmp_path / "dot"
    program.write_text(BROKEN[how])
    program.chmod(0o755)
    broken = f"""
from pathlib import Path
from explorer.layout.graphviz.process import Graphviz
app.Installed = lambda: Graphviz(Path({str(program)!r}), patience_s=1)
"""
    told = played(home, first=broken)

    assert not told["opened"]
    assert told["said"][0].endswith(".")
    assert told["answers"] == {"gpu": "yes"}
    assert told["status"] == 0
