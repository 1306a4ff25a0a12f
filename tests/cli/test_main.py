"""A command ends with its exit status, and with one line for an unexpected error."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from explorer.cli import answers
from explorer.cli.value_types import CAPTION_PARTS
from explorer.export.formats import formats_of
from explorer.export.request.request import SubjectKind
from tests.cli.commands import ROOT, berth, error_of, run_process
from tests.storage.tiny import write_tiny

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def tiny(tmp_path):
    return write_tiny(tmp_path)


def test_an_unexpected_error_is_one_line_and_is_logged(capsys, monkeypatch, caplog):
    monkeypatch.setattr(answers, "load_pack", lambda _: 1 / 0)
    assert "“berth --debug …”" in error_of(capsys, "recommend", status=1)
    assert "ZeroDivisionError" in caplog.text


def test_an_interruption_prints_nothing(capsys, monkeypatch):
    def interrupt(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(answers, "load_pack", interrupt)
    assert berth(capsys, "recommend") == (130, "", "")


def test_without_standard_output_a_command_fails(capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    assert berth(capsys, "recommend")[0] == 1


# ------------------------------------------------------------------------------------ in a process


def test_debug_writes_a_log_into_the_current_folder(tmp_path):
    done = run_process("--debug", "recommend", "--format", "json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)
    assert f"“{tmp_path / 'berth.log'}”" in done.stderr
    assert (tmp_path / "berth.log").read_text(encoding="utf-8")


def test_the_log_has_the_steps_of_an_export_and_nothing_private(tmp_path):
    options = ("--answer", "gpu=yes", "--around", "credit")
    assert run_process("--debug", "export", "mine.png", *options, cwd=tmp_path).returncode == 0
    log = (tmp_path / "berth.log").read_text("utf-8")
    for step in (
        r"explorer\.cli\.main: .* export .* out, answer, around",
        r"explorer\.storage\.packs\.loader: .*\d+ questions.*\d+ rules.*\d+ ms",
        r"1 answers in \d+ ms",
        r"\d+ nodes and \d+ edges in \d+ ms",
        r"explorer\.export\..*: .*png.*\d+ bytes.*\d+ ms",
    ):
        assert re.search(step, log), step
    assert "mine" not in log
    assert "gpu" not in log


def test_an_export_needs_no_display(tmp_path):
    done = run_process("export", str(tmp_path / "x.png"), "--size", "320x180", "--around", "title,credit")
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "x.png").stat().st_size > 1_000


@pytest.mark.parametrize("parts", [",".join(CAPTION_PARTS), *CAPTION_PARTS])
def test_a_caption_can_be_the_first_use_of_qt(tmp_path, parts):
    done = run_process("export", str(tmp_path / "x.svg"), "--around", parts)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.slow
def test_worker_processes_write_every_format(tmp_path):
    (file := tmp_path / "two.toml").write_text(
        '[[scenario]]\nname = "a"\nanswers = {}\n[[scenario]]\nname = "b"\nanswers = { gpu = "yes" }\n'
    )
    options = ("--scenarios", str(file), "--formats", "all", "--jobs", "2", "--around", ",".join(CAPTION_PARTS))
    done = run_process("export", str(tmp_path / "out"), *options)
    assert (done.returncode, done.stderr.count("\n")) == (0, 2)
    written = {path.name.split(".", 1)[1] for path in (tmp_path / "out").glob("1-a.*")}
    assert written == {format_.extension for format_ in formats_of(SubjectKind.ARCHITECTURE)}


@pytest.mark.parametrize("arguments", [["--pack", "nosuch"], ["nosuch.berth"], ["berth:foo"]])
def test_a_window_that_cannot_open_prints_one_line_and_ends(arguments, tmp_path):
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "BERTH_HOME": str(tmp_path)}
    done = run_process(*arguments, env=environment)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert done.stderr.startswith("berth: ")


def test_an_export_ignores_a_platform_that_cannot_start(tmp_path):
    code = "import os, sys; os.environ['QT_QPA_PLATFORM'] = 'xcb'; from explorer.cli.main import main; "
    done = run_process(code=f"{code}sys.exit(main(['export', {str(tmp_path / 'x.png')!r}]))")
    if sys.platform.startswith("linux"):
        assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(("arguments", "status"), [(["recommend", "--answer", "x=y"], 1), (["nonsense"], 2)])
def test_the_process_ends_with_the_exit_status(arguments, status):
    done = run_process(*arguments)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (status, "", 1)


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["export", "--help"], ["recommend"], ["recommend", "--format", "json"], ["check", "{tiny}"]],
)
def test_qt_is_loaded_only_to_draw(tiny, arguments):
    arguments = [argument.format(tiny=tiny) for argument in arguments]
    code = (
        "import sys; from explorer.cli.main import main; "
        f"status = main({arguments!r}); print(status, 'PySide6' in sys.modules)"
    )
    done = run_process(code=code)
    assert done.stdout.splitlines()[-1] in {"0 False", "1 False"}
    assert done.stderr == ""


def test_a_reader_that_closes_the_pipe_is_not_an_error():
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = run_process("recommend", "--format", "json", stdout=writer)
    finally:
        os.close(writer)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no such device")
def test_a_full_disk_is_reported():
    with Path("/dev/full").open("w") as full:
        done = run_process("recommend", stdout=full)
    assert done.returncode == 1
    assert "No space left" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="a shell closes its outputs in another way there")
def test_a_closed_output_is_reported():
    command = f'"{sys.executable}" main.py recommend >&-'
    done = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert "standard output" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-16"])
def test_a_terminal_without_unicode_gets_text_and_valid_json(encoding):
    code = f"""
import io, json, sys
from explorer.cli.main import main
raw = io.BytesIO()
out, sys.stdout = sys.stdout, io.TextIOWrapper(raw, encoding={encoding!r})
status = [main(["recommend"]), main(["recommend", "--format", "json"])]
sys.stdout.flush()
text = raw.getvalue().decode({encoding!r})
sys.stdout = out
print(status, json.loads(text[text.index("{{"):])["status"])
"""
    done = run_process(code=code)
    assert (done.stdout, done.stderr) == ("[0, 0] decided\n", "")
