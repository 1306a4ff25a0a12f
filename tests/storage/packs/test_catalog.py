"""The shipped packs are listed by what they say of themselves, and a word for a pack finds its folder."""

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
    """An empty folder that one stands in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_list_says_of_each_pack_what_the_pack_says_when_it_is_opened():
    for label in shipped_packs():
        pack = load_pack(label.folder)
        told = (label.id, label.title, label.summary, label.as_of)
        assert told == (pack.id, pack.title, pack.summary, pack.as_of)
        assert all(told), "a pack that ships has something to say under each of these"


def test_the_pack_that_opens_by_itself_comes_first_and_each_id_is_its_folders_name():
    labels = shipped_packs()
    assert labels[0].folder == default_pack_folder()
    assert all(label.folder.name == label.id for label in labels)


def test_what_cannot_be_read_is_not_on_the_list(tmp_path, monkeypatch):
    monkeypatch.setattr(catalog, "home", lambda: tmp_path)
    assert shipped_packs() == ()
    for name, head in {
        "sound": '[pack]\nid = "sound"\ntitle = "Sound"',
        "broken": "[pack",
        "headless": "pack = 1",
        "untitled": '[pack]\nid = "untitled"\ntitle = " "',
        "odd": '[pack]\nid = 1\ntitle = "Odd"',
        "empty": None,
    }.items():
        folder = tmp_path / "data" / "packs" / name
        folder.mkdir(parents=True)
        if head is not None:
            (folder / "pack.toml").write_text(head)
    assert [label.id for label in shipped_packs()] == ["sound"]


def test_a_word_is_a_folder_with_a_pack_in_it_else_the_id_of_a_shipped_pack(here):
    assert find_pack_folder(None) == default_pack_folder()
    (here / "aws-containers").mkdir()
    assert find_pack_folder("aws-containers") == default_pack_folder(), "a folder without a pack is not meant"
    write_tiny(here / "aws-containers")
    assert find_pack_folder("aws-containers") == Path("aws-containers")
    label = read_pack_info(Path("aws-containers"))
    assert label is not None
    assert label.title == "Tiny"


def test_a_path_is_always_a_folder_so_that_opening_it_says_what_is_missing(here):
    (here / "empty").mkdir()
    for word in ("empty", "gone/pack", str(here / "gone"), "..", ""):
        assert find_pack_folder(word) == Path(word)


@pytest.mark.parametrize("word", ["aws-containerz", "x" * 5000, "nul\0byte"])
def test_a_word_that_is_neither_is_told_with_what_was_perhaps_meant(here, word):
    with pytest.raises(ExplorerError, match=r"neither a folder nor a shipped pack; (did you mean|expected one of)"):
        find_pack_folder(word)
