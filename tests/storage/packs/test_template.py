"""A new pack is written whole into a new place, is sound as it stands, and never over anything."""

import pytest

from explorer.cli.main import main
from explorer.core.errors import ExplorerError
from explorer.storage.packs import template
from explorer.storage.packs.compiled import pack_problems
from explorer.storage.packs.loader import PACK_FILES, load_pack
from explorer.storage.packs.template import write_pack_template
from explorer.storage.program_name import command_line


@pytest.mark.parametrize("there_already", [False, True])
def test_the_starter_is_sound_and_named_after_its_folder(tmp_path, there_already):
    folder = tmp_path / "Our builds"
    if there_already:
        folder.mkdir()

    write_pack_template(folder)

    assert pack_problems(folder) == ()
    assert load_pack(folder).id == "our-builds"
    assert sorted(path.name for path in folder.iterdir()) == sorted(PACK_FILES)
    assert [path.name for path in tmp_path.iterdir()] == ["Our builds"]
    assert f"#     {command_line()} check FOLDER " in (folder / "pack.toml").read_text("utf-8")
    for file in folder.iterdir():
        assert file.read_text("utf-8").startswith("# "), "each file says what it is for"


def test_what_is_there_already_is_left_alone(tmp_path):
    folder, file = tmp_path / "full", tmp_path / "file"
    folder.mkdir()
    (folder / "notes.txt").write_text("mine")
    file.write_text("mine")
    for taken in (folder, file):
        with pytest.raises(ExplorerError, match="is not empty, so nothing was written"):
            write_pack_template(taken)
    assert [path.name for path in folder.iterdir()] == ["notes.txt"]
    with pytest.raises(ExplorerError, match="is no folder"):
        write_pack_template(tmp_path / "gone" / "pack")


def test_a_fault_half_way_leaves_nothing_behind(tmp_path, monkeypatch):
    def missing(*names):
        return tmp_path.joinpath("nowhere", *names)

    monkeypatch.setattr(template, "resource", missing)
    with pytest.raises(ExplorerError, match="could not be written"):
        write_pack_template(tmp_path / "pack")
    assert list(tmp_path.iterdir()) == []


def test_the_command_says_what_it_wrote_and_in_one_sentence_what_it_cannot(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["new-pack", "mine"]) == 0
    assert "Open it with --pack mine" in capsys.readouterr().out
    assert main(["check", "mine"]) == 0
    capsys.readouterr()

    assert main(["new-pack", "mine"]) == 1

    complaint = capsys.readouterr().err
    assert complaint.startswith("berth: “")
    assert complaint.endswith("mine” is not empty, so nothing was written; name a new folder\n")
