"""The pack loader opens the newest request, and an invalid pack changes nothing."""

from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from explorer.ui.pack.pack_loader import PackLoader
from tests.ui.open_packs import open_pack_of
from tests.ui.pack.packs import PROBLEM, PackFolders, Verification
from tests.ui.recorded_messages import RecordedMessages


@pytest.fixture
def folders(tmp_path):
    return PackFolders(tmp_path)


@pytest.fixture
def messages(qapp):
    return RecordedMessages()


@pytest.fixture
def open_pack(folders):
    return open_pack_of(replace(folders.pack, title="First"), Path("first"))


@pytest.fixture
def loader(folders, open_pack, messages):
    loader = PackLoader(folders.source, open_pack, messages)
    yield loader
    loader.close()


def test_the_newest_request_is_opened_even_if_an_older_one_ends_later(qtbot, loader, folders, open_pack):
    folders.gates["slow"] = Event()
    opened: list[Path | None] = []
    loader.opened.connect(lambda _: opened.append(open_pack.folder))

    loader.open(Path("slow"))
    with qtbot.waitSignal(loader.opened):
        loader.open(Path("quick"))
    folders.gates["slow"].set()
    loader.close()

    assert opened == [Path("quick")]


def test_an_invalid_pack_is_reported_and_the_open_one_stays(qtbot, loader, folders, open_pack):
    folders.invalid = {"other"}

    with qtbot.waitSignal(loader.invalid) as reported:
        loader.open(Path("other"))

    (found,) = reported.args
    assert all(word in found.summary for word in ("“other”", "1 problem", "“First” stays open"))
    assert found.problems == (PROBLEM,)
    assert open_pack.folder == Path("first")


def test_an_invalid_edit_of_the_open_pack_is_reported_as_such(qtbot, loader, folders):
    folders.invalid = {"first"}
    with qtbot.waitSignal(loader.invalid) as reported:
        loader.open(Path("first"))
    assert "last valid version" in reported.args[0].summary


def test_problems_of_the_verification_are_cleared_once_it_finds_none(qtbot, loader, folders):
    folders.verifications = [Verification(PROBLEM, PROBLEM), Verification()]

    with qtbot.waitSignal(loader.invalid) as reported:
        loader.open(Path("first"))
    assert "2 problems" in reported.args[0].summary

    with qtbot.waitSignal(loader.valid):
        loader.open(Path("first"))


def test_a_running_verification_is_canceled_by_the_next_request(qtbot, loader, folders):
    waiting = Verification(PROBLEM, gate=Event())
    folders.verifications = [waiting, Verification()]
    loader.open(Path("first"))
    qtbot.waitUntil(lambda: len(folders.verifications) == 1)

    with qtbot.waitSignal(loader.valid):
        loader.open(Path("first"))

    assert waiting.canceled


@pytest.mark.parametrize(
    ("name", "words"),
    [("strange", ("“strange”", "“First” stays open")), ("first", ("last valid version",))],
    ids=["another pack", "the open pack"],
)
def test_a_crash_while_reading_is_reported(qtbot, open_pack, folders, crash, name, words):
    messages = RecordedMessages()
    loader = PackLoader(replace(folders.source, read=crash), open_pack, messages)
    with qtbot.waitSignal(messages.error) as reported:
        loader.open(Path(name))
    loader.close()
    assert open_pack.folder == Path("first")
    assert all(word in reported.args[0] for word in words)


def test_a_crash_while_listing_packs_is_reported_with_another_way(qtbot, folders, open_pack, messages, crash):
    loader = PackLoader(replace(folders.source, list_packs=crash), open_pack, messages)
    qtbot.waitUntil(lambda: messages.last[0] == "error")
    assert "by its folder" in messages.last[1]
    loader.close()


def test_reading_the_same_pack_again_keeps_the_engine_with_its_caches(qtbot, loader, open_pack):
    with qtbot.waitSignal(loader.opened):
        loader.open(Path("other"))
    engine = open_pack.engine
    with qtbot.waitSignal(loader.valid):
        loader.open(Path("other"))
    assert open_pack.engine is engine
