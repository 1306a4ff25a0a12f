"""A new pack is complete and valid, and replaces nothing."""

import pytest

from explorer.cli.main import main
from explorer.core.errors import ExplorerError
from explorer.storage.packs import template
from explorer.storage.packs.compiled import pack_problems
from explorer.storage.packs.loader import PACK_FILES, load_pack
from explorer.storage.packs.template import write_pack_template
from explorer.storage.program_name import command_line


@pytest.mark.parametrize("exists", [False, True])
def test_the_new_pack_is_valid_and_has_the_name_of_its_folder(tmp_path, exists):
    folder = tmp_path / "Our builds"
    if exists:
        folder.mkdir()

    write_pack_template(folder)

    assert pack_problems(folder) == ()
    assert load_pack(folder).id == "our-builds"
    assert sorted(path.name for path in folder.iterdir()) == sorted(PACK_FILES)
    assert [path.name for path in tmp_path.iterdir()] == ["Our builds"]
    assert f"#     {command_line()} check FOLDER " in (folder / "pack.toml").read_text("utf-8")
    for file in folder.iterdir():
        assert file.read_text("utf-8").startswith("# "), "each file starts with a comment"


def test_a_folder_that_is_not_empty_is_unchanged(tmp_path):
    folder, file = tmp_path / "full", tmp_path / "file"
    folder.mkdir()
    (folder / "notes.txt").write_text("mine")
    file.write_text("mine")
    for existing in (folder, file):
        with pytest.raises(ExplorerError, match="it is not empty"):
            write_pack_template(existing)
    assert [path.name for path in folder.iterdir()] == ["notes.txt"]
    with pytest.raises(ExplorerError, match="is not a folder"):
        write_pack_template(tmp_path / "gone" / "pack")


def test_an_error_leaves_no_files(tmp_path, monkeypatch):
    def missing(*names):
        return tmp_path.joinpath("nowhere", *names)

    monkeypatch.setattr(template, "resource_path", missing)
    with pytest.raises(ExplorerError, match="Cannot create a pack"):
        write_pack_template(tmp_path / "pack")
    assert list(tmp_path.iterdir()) == []


def test_the_command_creates_a_pack_once(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["new-pack", "mine"]) == 0
    assert "Open it with --pack mine" in capsys.readouterr().out
    assert main(["check", "mine"]) == 0
    capsys.readouterr()

    assert main(["new-pack", "mine"]) == 1
    assert "mine”" in capsys.readouterr().err
