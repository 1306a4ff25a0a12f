"""The real program in a process, in an environment where something is missing, damaged or full."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

SCRIPT = """
import faulthandler, json, sys
faulthandler.dump_traceback_later(60, exit=True)
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from explorer import app

exec(sys.argv[1])
open_window, seen = app.open_main_window, {}

def open_and_use(*arguments):
    window = open_window(*arguments)
    timer = QTimer(window, interval=20)
    timer.timeout.connect(lambda: use(window))
    timer.start()
    QTimer.singleShot(20_000, lambda: leave(window))
    return window

def use(window):
    picture = window.diagram_controller.picture
    if "opened" not in seen:
        if picture is None and not window.notice_bar.message:
            return
        seen["opened"] = picture is not None
        seen["messages"] = [window.notice_bar.message]
        window.walk_panel.answered.emit("gpu", "yes")
    elif not window.diagram_controller.is_pending:
        leave(window)

def leave(window):
    screen = window.screen().availableGeometry()
    seen["messages"].append(window.notice_bar.message)
    seen["answers"] = dict(window.session.workspace.answers)
    seen["fits"] = window.width() <= screen.width() and window.height() <= screen.height()
    seen["ratio"] = window.devicePixelRatioF()
    seen["items"] = len(window.canvas.drawn_items())
    window.close()
    QApplication.quit()

app.open_main_window = open_and_use
status = app.main()
print(json.dumps({**seen, "status": status}))
"""


@pytest.fixture
def settings_folder(tmp_path):
    return tmp_path / "settings"


def run_berth(folder, *, before="", root=ROOT, drop=(), **environment):
    """Open Berth, answer that a GPU is needed, close it, and return what was seen. `before` is code to run first."""
    inherited = {key: value for key, value in os.environ.items() if key not in (*drop, "BERTH_HOME")}
    variables = {**inherited, "QT_QPA_PLATFORM": "offscreen", "BERTH_HOME": str(folder), **environment}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, before],
        cwd=root,
        env=variables,
        timeout=90,
        check=False,
        encoding="utf-8",
        capture_output=True,
    )
    assert "Traceback" not in done.stderr, done.stderr
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def works(seen):
    assert seen["opened"]
    assert seen["answers"] == {"gpu": "yes"}
    assert seen["items"] > 10
    assert seen["status"] == 0
    return True


def test_a_normal_environment_causes_no_message(settings_folder):
    seen = run_berth(settings_folder)
    assert works(seen)
    assert seen["messages"] == ["", ""]


def test_a_settings_folder_that_is_not_writable_does_not_prevent_work(tmp_path):
    (tmp_path / "file").write_text("")
    assert works(run_berth(tmp_path / "file" / "settings"))


def test_berth_works_without_home_and_xdg_variables(tmp_path):
    names = [name for name in os.environ if name.startswith("XDG_")]
    assert works(run_berth("", drop=[*names, "HOME"]))


def test_berth_works_in_the_c_locale(settings_folder):
    drop = [name for name in os.environ if name.startswith("LC_") or name == "LANG"]
    assert works(run_berth(settings_folder, drop=drop, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0"))


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        b"\0" * 4096,
        b"[General]\nwindow=999999999x-3\ntheme=@Variant(\\0\\0\nrecent=@ByteArray(",
        b"\xff\xfe{",
    ],
)
def test_damaged_settings_are_ignored(settings_folder, damaged):
    settings_folder.mkdir()
    (settings_folder / "settings.ini").write_bytes(damaged)
    assert works(run_berth(settings_folder))


@pytest.mark.skipif(sys.platform == "win32", reason="file sizes cannot be limited there")
def test_a_full_disk_is_reported_and_the_answer_is_kept(settings_folder):
    limit_file_size = """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
"""
    seen = run_berth(settings_folder, before=limit_file_size)
    assert works(seen)
    assert "Autosave" in seen["messages"][1]


@pytest.fixture
def copy(tmp_path):
    """A copy of the program that a test can damage."""
    folder = tmp_path / "copy"
    for part in ("explorer", "data", "resources"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def test_a_missing_glyph_leaves_a_gap_in_the_diagram(settings_folder, copy):
    for glyph in (copy / "resources" / "glyphs").glob("ec*.svg"):
        glyph.unlink()
    assert works(run_berth(settings_folder, root=copy))


def test_missing_fonts_are_reported_before_a_window_opens(settings_folder, copy):
    shutil.rmtree(copy / "resources" / "fonts")
    code = "from explorer import app; app.show_startup_error = lambda error: print(error); print(app.main())"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=copy,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "BERTH_HOME": str(settings_folder)},
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
def test_the_window_fits_the_screen(settings_folder, tmp_path, width, height, ratio):
    screen = {"name": "one", "x": 0, "y": 0, "width": width, "height": height}
    screens = tmp_path / "screens.json"
    screens.write_text(json.dumps({"screens": [screen]}), encoding="utf-8")

    seen = run_berth(settings_folder, QT_QPA_PLATFORM=f"offscreen:configfile={screens}", QT_SCALE_FACTOR=str(ratio))

    assert works(seen)
    assert seen["fits"]
    assert seen["ratio"] == ratio


BROKEN_PROGRAMS = {
    "killed": "#!/bin/sh\nkill -9 $$\n",
    "hung": "#!/bin/sh\nsleep 60\n",
    "garbage": "#!/bin/sh\necho '{]'\n",
}


@pytest.mark.skipif(sys.platform == "win32", reason="the broken programs are shell scripts")
@pytest.mark.parametrize("kind", BROKEN_PROGRAMS)
def test_a_failing_layout_program_is_reported_and_the_window_stays_open(settings_folder, tmp_path, kind):
    program = tmp_path / "dot"
    program.write_text(BROKEN_PROGRAMS[kind])
    program.chmod(0o755)
    use_broken_program = f"""
from pathlib import Path
from explorer.export.request import engine
from explorer.layout.graphviz.process import Graphviz
engine.InstalledGraphviz = lambda: Graphviz(Path({str(program)!r}), timeout_s=1)
"""
    seen = run_berth(settings_folder, before=use_broken_program)

    assert not seen["opened"]
    assert seen["messages"][0].endswith(".")
    assert seen["answers"] == {"gpu": "yes"}
    assert seen["status"] == 0
