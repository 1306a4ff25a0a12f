"""The parser finds the command, and reports wrong usage in one line with exit status 2."""

import PySide6
import pytest

from explorer import __version__
from explorer.cli.commands import COMMANDS, OPEN
from explorer.cli.output import UsageError
from explorer.cli.parser import command_of
from tests.cli.commands import berth, error_of

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.mark.parametrize(
    ("arguments", "command"),
    [
        ([], OPEN),
        (["team.berth"], OPEN),
        (["team.PNG"], OPEN),
        (["--pack", "folder"], OPEN),
        (["--unknown"], OPEN),
        (["open", "team.berth"], OPEN),
        (["recommend"], "recommend"),
        (["export", "team.berth"], "export"),
        (["tree", "map.png"], "tree"),
    ],
)
def test_a_command_a_session_or_an_option_can_come_first(arguments, command):
    assert command_of(arguments) == command


def test_a_misspelled_command_is_an_error():
    with pytest.raises(UsageError, match=r"“recomend”.*“recommend”"):
        command_of(["recomend"])


@pytest.mark.parametrize("arguments", [["--help"], *([command, "--help"] for command in COMMANDS)])
def test_every_command_has_help(capsys, arguments):
    status, output, error = berth(capsys, *arguments)
    assert (status, error) == (0, "")
    assert output.startswith("usage: berth")


def test_the_help_lists_every_command_and_the_exit_statuses(capsys):
    output = " ".join(berth(capsys, "--help")[1].split())
    assert all(command.help in output for command in COMMANDS.values())
    assert "0 success (a conflict is also a result)" in output


def test_version_lists_the_dependencies(capsys):
    status, output, error = berth(capsys, "--version")
    assert (status, error) == (0, "")
    versions = dict(line.split("  ", 1) for line in output.splitlines())
    assert versions["Berth"].split()[0] == __version__
    assert versions["pack aws-containers"].strip().startswith("as of 20")
    assert versions["PySide6-Essentials"].strip() == PySide6.__version__


@pytest.mark.parametrize(
    ("arguments", "situation"),
    [
        (["recomend"], "“recomend”. Did you mean “recommend”?"),
        (["--bogus"], "--bogus"),
        (["--debugx"], "--debugx"),
        (["team.berth", "--debugx"], "--debugx"),
        (["recommend", "--form", "json"], "--form json"),
        (["recommend", "--format", "xml"], "'xml'"),
        (["recommend", "--answer", "gpu"], "--answer: “gpu”"),
        (["recommend", "--answer", "=yes"], "--answer: “=yes”"),
        (["export"], "OUT"),
        (["export", "x.png", "--size", "10"], "--size: “10”"),
        (["export", "x.png", "--size", "0x10"], "--size: “0x10”"),
        (["export", "x.png", "--size", "100x100", "--scale", "2"], "not allowed with argument"),
        (["export", "x.png", "--scale", "nan"], "--scale: “nan”"),
        (["export", "x.png", "--scale", "-1"], "--scale: “-1”"),
        (["export", "x.png", "--dpi", "0.5"], "--dpi: “0.5”"),
        (["export", "x.png", "--jobs", "0"], "--jobs: “0”"),
        (["export", "x.png", "--jobs", "2"], "--scenarios"),
        (["export", "x.png", "--scenarios", "s.toml", "--answer", "gpu=yes"], "--answer"),
        (["export", "x.png", "--shape", "16:1"], "--shape: “16:1”"),
        (["export", "x.png", "--around", "titel"], "--around: “titel” is not one of title, date"),
        (["export", "x.png", "--theme", "blue"], "'blue'"),
        (["export", "x.bmp"], ".png, .svg, "),
        (["export", "x"], ".png, .svg, "),
        (["export", "x.png", "--size", "90000x900"], "too large"),
        (["export", "x.png", "--size", "640x63"], "“640x63” is too small: use at least 64x64"),
        (["export", "x.md", "--theme", "dark"], "--theme"),
        (["export", "x.csv", "--dpi", "300"], "--dpi"),
        (["export", "x.png", "--template", "x.potx"], "--template"),
        (["export", "x.csv", "--dpi", "9", "--outlines"], "--dpi and --outlines"),
        (["tree", "x.mmd", "--theme", "dark"], "--theme"),
        (["tree", "x.svg", "--depth", "-1"], "--depth: “-1”"),
        (["recommend:1:2"], "“berth:…”"),
        (["check", "a", "b"], "arguments: b"),
        (["self-check", "x"], "arguments: x"),
    ],
)
def test_wrong_usage_names_the_argument_and_writes_no_file(capsys, tmp_path, monkeypatch, arguments, situation):
    monkeypatch.chdir(tmp_path)
    assert situation in error_of(capsys, *arguments, status=2)
    assert list(tmp_path.iterdir()) == []


def test_an_option_error_names_the_help_of_its_command(capsys):
    assert "“berth export --help”" in error_of(capsys, "export", "x.png", "--size", "10", status=2)
