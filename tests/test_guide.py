"""What the guide to packs tells to write is a sound pack at every step, and gives what the guide promises."""

import re
import shlex
from pathlib import Path

import pytest

from explorer.cli.main import main
from explorer.storage.packs import loader
from explorer.storage.packs.compiled import pack_problems
from explorer.storage.packs.loader import PACK_FILES

GUIDE = Path(__file__).parents[1] / "docs" / "packs.md"
STEPS = GUIDE.read_text("utf-8").split("\n## ")
BUILDING = [step for step in STEPS if "```toml" in step]
_BLOCK = re.compile(r"^```(toml|console)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def write(folder: Path, *steps: str) -> None:
    """Write along, as the guide says: each block at the end of the file that its first line names."""
    folder.mkdir(exist_ok=True)
    for step in steps:
        for language, block in _BLOCK.findall(step):
            if language == "toml":
                name = block.split("\n", 1)[0].removeprefix("# ")
                assert name in PACK_FILES
                with (folder / name).open("a", encoding="utf-8") as file:
                    file.write(f"{block}\n")


def promises(step: str) -> list[tuple[list[str], list[str]]]:
    """The commands of a step, and the lines that each is said to answer."""
    found: list[tuple[list[str], list[str]]] = []
    for language, block in _BLOCK.findall(step):
        for line in block.splitlines() if language == "console" else ():
            if line.startswith("$ "):
                found.append((shlex.split(line.removeprefix("$ python3 run.py app ")), []))
            else:
                found[-1][1].append(line)
    return found


def test_the_guide_has_five_steps_each_with_something_to_see():
    assert len(BUILDING) == 5
    assert all(promises(step) for step in BUILDING)


@pytest.mark.parametrize("number", range(1, 6))
def test_each_step_is_sound_and_keeps_its_promises(capsys, tmp_path, monkeypatch, number):
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "builds", *BUILDING[:number])
    assert pack_problems(tmp_path / "builds") == ()
    for words, lines in promises(BUILDING[number - 1]):
        assert main(words) == 0
        answered = " ".join(capsys.readouterr().out.split())
        assert lines
        for line in lines:
            assert " ".join(line.split()) in answered


def test_the_pack_of_the_guide_asks_five_questions(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "builds", *BUILDING)
    main(["check", "builds"])
    assert "5 questions" in capsys.readouterr().out


def test_every_key_that_a_pack_may_have_can_be_looked_up():
    source = Path(loader.__file__).read_text("utf-8")
    calls = re.findall(r"\.only\(([^)]*)\)", source)
    keys = {key for call in calls for key in re.findall(r'"(\w+)"', call)}
    assert {key for key in keys if not re.search(rf"[`\[.]{key}\b", STEPS[-1])} == set()
