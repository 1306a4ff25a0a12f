"""Each step of the guide to packs gives a valid pack, and its commands print what the guide shows."""

import re
import shlex
from pathlib import Path

import pytest

from explorer.cli.main import main
from explorer.storage.packs import loader
from explorer.storage.packs.compiled import pack_problems
from explorer.storage.packs.loader import PACK_FILES

TUTORIAL = Path(__file__).parents[1] / "docs" / "packs.md"
STEPS = TUTORIAL.read_text("utf-8").split("\n## ")
TUTORIAL_STEPS = [step for step in STEPS if "```toml" in step]
_BLOCK = re.compile(r"^```(toml|console)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def write(folder: Path, *steps: str) -> None:
    """Append each TOML block of these steps to the file that its first line names."""
    folder.mkdir(exist_ok=True)
    for step in steps:
        for language, block in _BLOCK.findall(step):
            if language == "toml":
                name = block.split("\n", 1)[0].removeprefix("# ")
                assert name in PACK_FILES
                with (folder / name).open("a", encoding="utf-8") as file:
                    file.write(f"{block}\n")


def commands(step: str) -> list[tuple[list[str], list[str]]]:
    """Return the commands of a step, each with the lines that it prints."""
    found: list[tuple[list[str], list[str]]] = []
    for language, block in _BLOCK.findall(step):
        for line in block.splitlines() if language == "console" else ():
            if line.startswith("$ "):
                found.append((shlex.split(line.removeprefix("$ python3 run.py app ")), []))
            else:
                found[-1][1].append(line)
    return found


def test_the_guide_has_five_steps_with_commands():
    assert len(TUTORIAL_STEPS) == 5
    assert all(commands(step) for step in TUTORIAL_STEPS)


@pytest.mark.parametrize("number", range(1, 6))
def test_each_step_is_valid_and_prints_what_the_guide_shows(capsys, tmp_path, monkeypatch, number):
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "builds", *TUTORIAL_STEPS[:number])
    assert pack_problems(tmp_path / "builds") == ()
    for arguments, lines in commands(TUTORIAL_STEPS[number - 1]):
        assert main(arguments) == 0
        output = " ".join(capsys.readouterr().out.split())
        assert lines
        for line in lines:
            assert " ".join(line.split()) in output


def test_the_pack_of_the_guide_has_five_questions(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "builds", *TUTORIAL_STEPS)
    main(["check", "builds"])
    assert "5 questions" in capsys.readouterr().out


def test_the_reference_lists_every_key_of_a_pack():
    source = Path(loader.__file__).read_text("utf-8")
    calls = re.findall(r"\.reject_unknown_keys\((.*?)\)\.?\n", source, re.DOTALL)
    keys = {key for call in calls for key in re.findall(r'"(\w+)"', call)}
    assert {"title", "shown", "ghost", "takeaways"} <= keys
    assert {key for key in keys if not re.search(rf"[`\[.]{key}\b", STEPS[-1])} == set()
