"""What the command line says when it cannot do what is wished, word for word."""

from __future__ import annotations

import sys

import pytest

from explorer import cli
from tests.storage.tiny import write_tiny

pytestmark = pytest.mark.usefixtures("qapp")

EXPORT = ("export", "x.png")


def complaint(capsys, *words: str) -> str:
    """What is said instead of an answer."""
    status = cli.main(words)
    answer, told = capsys.readouterr()
    assert status in (cli.FAULT, cli.WRONG_USAGE)
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
            "argument --size: “10” is no size, which is WxH in pixels, such as 1920x1080 "
            "(see berth export --help)",
        ),
        (
            [*EXPORT, "--shape", "16:1"],
            "argument --shape: “16:1” is no shape from 1:5 to 5:1, such as 16:9 (see berth export --help)",
        ),
        (
            [*EXPORT, "--around", "titel"],
            "argument --around: “titel” is none of title, date, source, credit, legend "
            "(see berth export --help)",
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
        (["recommend", "--answer", "gpu=42"], "“42” is no answer to “gpu”; known are: no, yes"),
        (
            ["recommend", "--answer", "gpu=yes", "--answer", "gpu=no"],
            "“gpu” is answered twice, with “yes” and “no”",
        ),
        (
            ["recommend", "--pack", "aws-contaners"],
            "there is no pack “aws-contaners”, neither a folder nor a shipped pack; "
            "did you mean “aws-containers”?",
        ),
    ],
)
def test_of_words_that_cannot_be_followed(capsys, tmp_path, monkeypatch, words, told):
    monkeypatch.chdir(tmp_path)
    assert complaint(capsys, *words) == f"berth: {told}\n"


def test_of_a_pack_with_faults(capsys, tmp_path):
    write_tiny(tmp_path)
    rules = (tmp_path / "rules.toml").read_text("utf-8")
    (tmp_path / "rules.toml").write_text(rules.replace('"yes"', '"maybe"'), "utf-8")
    fault = f"{tmp_path / 'rules.toml'}:3: unknown answer to rain “maybe”, known are: no, yes"
    assert complaint(capsys, "recommend", "--pack", str(tmp_path)) == (
        f"berth: the pack cannot be used: {fault}\n"
    )


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
    assert cli.main(["recommend"]) == cli.FAULT
    told = "there is nowhere to write the answer to: standard output is closed"
    assert capsys.readouterr().err == f"berth: {told}\n"


def test_of_what_nobody_foresaw(capsys, monkeypatch):
    monkeypatch.setattr(cli, "load_pack", lambda _: 1 / 0)
    told = "something unexpected went wrong; “berth --debug …” writes a log that says where"
    assert complaint(capsys, "recommend") == f"berth: {told}\n"
