"""The catalog lists the shipped packs by their headers, and finds a pack by its id or folder."""

from pathlib import Path

import pytest

from explorer.core.errors import ExplorerError
from explorer.storage.packs import catalog
from explorer.storage.packs.catalog import find_pack_folder, read_pack_info, shipped_packs
from explorer.storage.packs.loader import load_pack
from explorer.storage.resources import default_pack_folder
from tests.storage.tiny import write_tiny


@pytest.fixture
def here(tmp_path, monkeypatch):
    """An empty current folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_header_of_a_shipped_pack_is_that_of_the_loaded_pack():
    for info in shipped_packs():
        pack = load_pack(info.folder)
        header = (info.id, info.title, info.summary, info.as_of)
        assert header == (pack.id, pack.title, pack.summary, pack.as_of)
        assert all(header), "a shipped pack has all of these"


def test_the_default_pack_comes_first_and_each_id_is_the_name_of_the_folder():
    infos = shipped_packs()
    assert infos[0].folder == default_pack_folder()
    assert all(info.folder.name == info.id for info in infos)


def test_an_unreadable_pack_is_not_listed(tmp_path, monkeypatch):
    monkeypatch.setattr(catalog, "install_dir", lambda: tmp_path)
    assert shipped_packs() == ()
    for name, header in {
        "valid": '[pack]\nid = "valid"\ntitle = "Valid"',
        "broken": "[pack",
        "headless": "pack = 1",
        "untitled": '[pack]\nid = "untitled"\ntitle = " "',
        "odd": '[pack]\nid = 1\ntitle = "Odd"',
        "empty": None,
    }.items():
        folder = tmp_path / "data" / "packs" / name
        folder.mkdir(parents=True)
        if header is not None:
            (folder / "pack.toml").write_text(header)
    assert [info.id for info in shipped_packs()] == ["valid"]


def test_a_folder_with_a_pack_takes_precedence_over_the_id_of_a_shipped_pack(here):
    assert find_pack_folder(None) == default_pack_folder()
    (here / "aws-containers").mkdir()
    assert find_pack_folder("aws-containers") == default_pack_folder(), "the folder has no pack"
    write_tiny(here / "aws-containers")
    assert find_pack_folder("aws-containers") == Path("aws-containers")
    info = read_pack_info(Path("aws-containers"))
    assert info is not None
    assert info.title == "Tiny"


def test_a_path_is_always_a_folder(here):
    (here / "empty").mkdir()
    for path in ("empty", "gone/pack", str(here / "gone"), "..", ""):
        assert find_pack_folder(path) == Path(path)


@pytest.mark.parametrize("name", ["aws-containerz", "x" * 5000, "nul\0byte"])
def test_an_unknown_pack_is_an_error_with_a_suggestion(here, name):
    with pytest.raises(ExplorerError, match=r"There is no pack .*(did you mean|expected one of)"):
        find_pack_folder(name)
