"""A layout program that is missing, hangs, crashes or writes garbage leads to one error that says why."""

import shutil
import sys
from pathlib import Path

import pytest

from explorer.layout.graphviz import process
from explorer.layout.graphviz.process import Graphviz, LayoutError, find_graphviz

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the programs are POSIX scripts")


def script(folder: Path, body: str) -> Path:
    program = folder / "fake-layout"
    program.write_text(f"#!{sys.executable}\n{body}\n", encoding="utf-8")
    program.chmod(0o755)
    return program


def failure(program: Path, timeout_s: float = 60) -> str:
    with pytest.raises(LayoutError) as caught:
        Graphviz(program, timeout_s).run("digraph { a }")
    return str(caught.value)


@pytest.fixture
def no_program_found(monkeypatch, tmp_path):
    """An installation without a layout program beside its Python."""
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    monkeypatch.setattr(shutil, "which", {}.get)
    find_graphviz.cache_clear()
    yield
    find_graphviz.cache_clear()


@pytest.mark.graphviz
def test_the_installed_program_returns_a_drawing():
    drawing = find_graphviz().run("digraph { n0 }")
    assert [node["name"] for node in drawing["objects"]] == ["n0"]


def test_the_error_for_a_missing_program_names_its_path(tmp_path):
    program = tmp_path / "nothing-here"
    message = failure(program)
    assert str(program) in message
    assert "No such file" in message


def test_the_error_for_a_file_that_is_not_executable_says_so(tmp_path):
    program = tmp_path / "text"
    program.write_text("not a program")
    message = failure(program)
    assert str(program) in message
    assert "Permission denied" in message


def test_a_program_that_hangs_is_stopped_at_the_time_limit(tmp_path):
    program = script(tmp_path, "import time; time.sleep(60)")
    message = failure(program, timeout_s=0.2)
    assert program.name in message
    assert "0.2 seconds" in message


def test_the_default_time_limit_reports_a_hang_within_three_seconds():
    assert Graphviz(Path("dot")).timeout_s < 3


def test_a_program_with_too_much_output_is_stopped(monkeypatch, tmp_path):
    monkeypatch.setattr(process, "MAX_OUTPUT_BYTES", 2_000_000)
    program = script(tmp_path, "import sys\nwhile True: sys.stdout.write('x' * 65536)")
    assert "exceeds 2 MB" in failure(program)


def test_deeply_nested_json_is_not_a_drawing(tmp_path):
    program = script(tmp_path, "print('[' * 200_000 + ']' * 200_000)")
    assert "without a drawing" in failure(program)


def test_the_error_for_a_crash_quotes_the_first_line_of_the_message(tmp_path):
    program = script(tmp_path, "import sys; sys.exit('no ink\\nno paper')")
    message = failure(program)
    assert "status 1" in message
    assert message.endswith("no ink")


def test_the_error_for_a_crash_without_a_message_names_the_status(tmp_path):
    assert "status 3" in failure(script(tmp_path, "import os; os._exit(3)"))


@pytest.mark.parametrize("output", ["'no JSON'", "'[1, 2]'", "'null'"])
def test_output_that_is_not_a_json_object_is_not_a_drawing(tmp_path, output):
    assert "drawing" in failure(script(tmp_path, f"print({output})"))


def test_bytes_that_are_not_text_are_not_a_drawing(tmp_path):
    program = script(tmp_path, "import sys; sys.stdout.buffer.write(bytes(range(128, 256)))")
    assert "without a drawing" in failure(program)


def test_a_drawing_with_an_error_status_is_accepted(tmp_path):
    program = script(tmp_path, "print('{\"bb\": \"0,0,1,1\"}'); import sys; sys.exit('trouble in init_rank')")
    assert Graphviz(program).run("digraph {}") == {"bb": "0,0,1,1"}


@pytest.mark.usefixtures("no_program_found")
def test_the_error_for_an_incomplete_installation_says_how_to_repair_it():
    with pytest.raises(LayoutError) as caught:
        find_graphviz()
    assert "graphviz-pure" in str(caught.value)
    assert "run.py setup" in str(caught.value)


@pytest.mark.usefixtures("no_program_found")
def test_the_dot_program_of_the_system_is_the_fallback(monkeypatch):
    monkeypatch.setattr(shutil, "which", {"dot": "/somewhere/dot"}.get)
    assert find_graphviz() == Graphviz(Path("/somewhere/dot"))
