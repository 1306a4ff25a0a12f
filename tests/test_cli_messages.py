"""What the command line says of what it did and of what it cannot do, word for word."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from explorer import cli
from explorer.storage.packs.loader import load_pack
from tests.storage.tiny import write_tiny

pytestmark = pytest.mark.usefixtures("qapp")

EXPORT = ("export", "x.png")


def complaint(capsys, *words: str) -> str:
    """What is said instead of an answer."""
    status = cli.main(words)
    answer, told = capsys.readouterr()
    assert status in (cli.EXIT_ERROR, cli.EXIT_USAGE)
    assert answer == ""
    assert isinstance(told, str)
    return told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["recomend"], "“recomend” is no word of Berth; did you mean “recommend”?"),
        (
            [*EXPORT, "--answer", "gpu"],
            "argument --answer: “gpu” is not of the form ID=VALUE, such as gpu=yes (see berth export --help)",
        ),
        (
            [*EXPORT, "--size", "10"],
            "argument --size: “10” is no size, which is WxH in pixels, such as 1920x1080 (see berth export --help)",
        ),
        (
            [*EXPORT, "--shape", "16:1"],
            "argument --shape: “16:1” is no shape from 1:5 to 5:1, such as 16:9 (see berth export --help)",
        ),
        (
            [*EXPORT, "--around", "titel"],
            "argument --around: “titel” is none of title, date, source, credit, legend (see berth export --help)",
        ),
        (
            [*EXPORT, "--scale", "nan"],
            "argument --scale: “nan” is no number above 0 (see berth export --help)",
        ),
        (
            [*EXPORT, "--dpi", "0.5"],
            "argument --dpi: “0.5” is no resolution from 1 to 10,000 (see berth export --help)",
        ),
        (
            [*EXPORT, "--jobs", "0"],
            "argument --jobs: “0” is no whole number from 1 to 999 (see berth export --help)",
        ),
        ([*EXPORT, "--jobs", "2"], "--formats and --jobs go with --scenarios"),
        (
            [*EXPORT, "--scenarios", "s.toml", "--answer", "gpu=yes"],
            "--scenarios brings its own answers: leave --answer and --session out",
        ),
        (
            ["tree", "x.svg", "--depth", "-1"],
            "argument --depth: “-1” is no depth, which is a whole number from 1 (see berth tree --help)",
        ),
        (
            ["recommend", "--answer", "gpuu=yes"],
            "there is no question “gpuu” in the pack aws-containers; did you mean “gpu”?",
        ),
        (["recommend", "--answer", "gpu=42"], "“42” is no answer to “gpu”; expected one of: no, yes"),
        (
            ["recommend", "--answer", "gpu=yes", "--answer", "gpu=no"],
            "“gpu” is answered twice, with “yes” and “no”",
        ),
        (
            ["recommend", "--pack", "aws-contaners"],
            "there is no pack “aws-contaners”, neither a folder nor a shipped pack; did you mean “aws-containers”?",
        ),
    ],
)
def test_of_words_that_cannot_be_followed(capsys, tmp_path, monkeypatch, words, told):
    monkeypatch.chdir(tmp_path)
    assert complaint(capsys, *words) == f"berth: {told}\n"


@pytest.fixture
def ours(capsys, tmp_path, monkeypatch):
    """A new pack in the folder that one stands in."""
    monkeypatch.chdir(tmp_path)
    assert cli.main(["new-pack", "ours"]) == cli.EXIT_OK
    return capsys.readouterr().out


def test_of_a_new_pack(ours):
    assert ours == (
        "Wrote ours: six commented files, a sound pack to change. Open it with --pack ours, "
        "and what you save is seen at once; prove it with check ours.\n"
    )


@pytest.mark.usefixtures("ours")
def test_of_what_was_drawn(capsys):
    assert cli.main(["export", "x.dot", "--pack", "ours"]) == cli.EXIT_OK
    assert cli.main(["tree", "y.dot", "--pack", "ours"]) == cli.EXIT_OK
    assert capsys.readouterr().out == "Wrote x.dot.\nWrote y.dot: 3 nodes, 2 of them ends.\n"


@pytest.mark.usefixtures("ours")
def test_of_a_pack_without_faults(capsys):
    as_of = load_pack(Path("ours")).as_of
    assert cli.main(["check", "ours"]) == cli.EXIT_OK
    assert capsys.readouterr().out == (
        f"Buy or build, ours 0.1, as of {as_of}: no fault found.\n"
        "4 complete combinations: 4 decided, 0 open, 0 in conflict.\n"
        "9 complete and partial combinations: 9 decided, 0 open, 0 in conflict.\n"
        "2 distinct outcomes; 0 smallest sets of answers that clash.\n"
        "2 questions, 3 rules, 1 trap, 2 takeaways, 4 components, 3 edges.\n"
    )


def test_of_a_pack_with_faults(capsys, tmp_path):
    write_tiny(tmp_path)
    rules = (tmp_path / "rules.toml").read_text("utf-8")
    (tmp_path / "rules.toml").write_text(rules.replace('"yes"', '"maybe"'), "utf-8")
    fault = f"{tmp_path / 'rules.toml'}:3: unknown answer to rain “maybe”, expected one of: no, yes"
    assert complaint(capsys, "recommend", "--pack", str(tmp_path)) == (f"berth: the pack cannot be used: {fault}\n")


def test_of_a_new_pack_that_cannot_be(capsys, tmp_path):
    (file := tmp_path / "file").write_text("mine")
    assert complaint(capsys, "new-pack", str(tmp_path)) == (
        f"berth: “{tmp_path}” is not empty, so nothing was written; name a new folder\n"
    )
    assert complaint(capsys, "new-pack", str(file / "pack")) == (
        f"berth: “{file}” is no folder, so “pack” was not made in it\n"
    )


def test_of_an_answer_that_nobody_can_hear(capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    assert cli.main(["recommend"]) == cli.EXIT_ERROR
    told = "there is nowhere to write the answer to: standard output is closed"
    assert capsys.readouterr().err == f"berth: {told}\n"


def test_of_what_nobody_foresaw(capsys, monkeypatch):
    monkeypatch.setattr(cli, "load_pack", lambda _: 1 / 0)
    told = "something unexpected went wrong; “berth --debug …” writes a log that says where"
    assert complaint(capsys, "recommend") == f"berth: {told}\n"
