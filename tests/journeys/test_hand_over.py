"""What a team takes away from the window opens elsewhere, and in Berth again."""

import zipfile

import pytest
from PySide6.QtWidgets import QFileDialog

from explorer.app import build
from explorer.core.session.session import SavedSession
from explorer.core.session.workspace import Workspace
from explorer.export.formats import formats_of
from explorer.export.request.request import Kind, Options
from explorer.storage.sessions.opening import open_file
from explorer.ui.shell.commands import Do
from tests.export.sketches import answered

ANSWERS = answered("gpu=yes location=hybrid")
NOTES = "“Why” <we> & ]]> they\nchose"
CARRIERS = ("png", "svg", "pptx", "deck.pptx", "drawio")


@pytest.fixture
def window(qtbot, space):
    built = build(space, SavedSession(Workspace(answers=ANSWERS, notes=NOTES)))
    qtbot.addWidget(built)
    qtbot.waitUntil(lambda: built.scene() is not None)
    yield built
    built.close()


def test_export_all_writes_every_kind_of_file_that_opens_with_the_session_again(
    qtbot, space, window, tmp_path
):
    window.actions_.of[Do.EXPORT_ALL].trigger()
    [dialog] = window.findChildren(QFileDialog)
    with qtbot.waitSignal(window.bundler.done, timeout=30_000) as told:
        dialog.fileSelected.emit(str(tmp_path / "all.zip"))
    dialog.close()
    package = zipfile.ZipFile(tmp_path / "all.zip")
    assert len(package.namelist()) == len(formats_of(Kind.CASE))
    assert told.args[0].startswith(f"Exported {len(package.namelist())} kinds of file to ")

    package.extractall(tmp_path)
    for ending in CARRIERS:
        opened = open_file(tmp_path / f"containers-on-aws.{ending}", space.pack)
        assert dict(opened.session.answers) == ANSWERS, ending
        assert opened.session.workspace.notes == NOTES, ending
        assert not opened.remarks, ending


def test_a_folder_that_cannot_be_had_is_told_in_the_window(qtbot, window, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with qtbot.waitSignal(window.bundler.failed) as told:
        window.bundler.write(window.scene(), Options(), tmp_path)
    assert "is not empty" in told.args[0]
