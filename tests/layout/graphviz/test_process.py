"""The layout program may be missing, hang, crash or talk nonsense: each is one clear sentence."""

import shutil
import sys
from pathlib import Path

import pytest

from explorer.layout.graphviz.process import Graphviz, LayoutError, find_graphviz

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="scripts with a first line are for POSIX")


def script(folder: Path, body: str) -> Path:
    program = folder / "layouter"
    program.write_text(f"#!{sys.executable}\n{body}\n", encoding="utf-8")
    program.chmod(0o755)
    return program


def failure(program: Path, patience_s: float = 10) -> str:
    with pytest.raises(LayoutError) as caught:
        Graphviz(program, patience_s).run("digraph { a }")
    return str(caught.value)


@pytest.mark.graphviz
def test_the_program_of_the_installation_answers():
    answer = find_graphviz().run("digraph { n0 }")
    assert [node["name"] for node in answer["objects"]] == ["n0"]


def test_a_missing_program_is_named(tmp_path):
    program = tmp_path / "nothing-here"
    assert failure(program) == (
        f"The diagram could not be laid out: {program} cannot be started (No such file or directory)."
    )


def test_a_file_that_is_no_program_is_named(tmp_path):
    program = tmp_path / "text"
    program.write_text("not a program")
    assert failure(program) == (f"The diagram could not be laid out: {program} cannot be started (Permission denied).")


def test_a_hung_program_is_given_up(tmp_path):
    program = script(tmp_path, "import time; time.sleep(60)")
    assert failure(program, patience_s=0.2) == (
        "The diagram could not be laid out: layouter gave no answer within 0.2 seconds."
    )


def test_a_crash_tells_what_the_program_said(tmp_path):
    program = script(tmp_path, "import sys; sys.exit('no ink\\nno paper')")
    assert failure(program) == (
        "The diagram could not be laid out: layouter stopped with status 1 and no drawing. It said: no ink"
    )


def test_a_silent_crash_tells_its_status(tmp_path):
    program = script(tmp_path, "import os; os._exit(3)")
    assert failure(program) == ("The diagram could not be laid out: layouter stopped with status 3 and no drawing.")


@pytest.mark.parametrize(
    ("output", "told"),
    [
        (
            "'no JSON'",
            "The diagram could not be laid out: layouter stopped with status 0 and no drawing.",
        ),
        ("'[1, 2]'", "The diagram could not be laid out: layouter answered nonsense."),
        ("'null'", "The diagram could not be laid out: layouter answered nonsense."),
    ],
)
def test_garbage_is_no_drawing(tmp_path, output, told):
    assert failure(script(tmp_path, f"print({output})")) == told


def test_bytes_that_are_no_text_are_no_drawing(tmp_path):
    program = script(tmp_path, "import sys; sys.stdout.buffer.write(bytes(range(128, 256)))")
    assert failure(program) == ("The diagram could not be laid out: layouter stopped with status 0 and no drawing.")


def test_a_warning_beside_a_drawing_is_no_failure(tmp_path):
    program = script(tmp_path, "print('{\"bb\": \"0,0,1,1\"}'); import sys; sys.exit('trouble in init_rank')")
    assert Graphviz(program).run("digraph {}") == {"bb": "0,0,1,1"}


def test_a_missing_installation_says_how_to_get_it(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    monkeypatch.setattr(shutil, "which", {}.get)
    find_graphviz.cache_clear()
    try:
        with pytest.raises(LayoutError) as caught:
            find_graphviz()
    finally:
        find_graphviz.cache_clear()
    assert str(caught.value) == (
        "The diagram cannot be laid out: the program graphviz-pure is missing. "
        "Run “python3 run.py setup”, or install Graphviz."
    )


def test_the_systems_dot_will_do(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    monkeypatch.setattr(shutil, "which", {"dot": "/somewhere/dot"}.get)
    find_graphviz.cache_clear()
    try:
        assert find_graphviz() == Graphviz(Path("/somewhere/dot"))
    finally:
        find_graphviz.cache_clear()
