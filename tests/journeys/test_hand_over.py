"""What a team takes away from the window opens elsewhere, and in Berth again."""

import zipfile

import pytest
from PySide6.QtWidgets import QFileDialog

from explorer.app import build_main_window
from explorer.core.session.session_state import SessionState
from explorer.core.session.workspace import Workspace
from explorer.export.formats import formats_of
from explorer.export.request.request import Options, SubjectKind
from explorer.storage.sessions.opening import open_file
from explorer.ui.shell.commands import CommandId
from tests.export.sketches import parse_answers

ANSWERS = parse_answers("gpu=yes location=hybrid")
NOTES = "“Why” <we> & ]]> they\nchose"
CARRIERS = ("png", "svg", "pptx", "deck.pptx", "drawio")


@pytest.fixture
def window(qtbot, space):
    built = build_main_window(space, SessionState(Workspace(answers=ANSWERS, notes=NOTES)))
    qtbot.addWidget(built)
    qtbot.waitUntil(lambda: built.commands.export_source() is not None)
    yield built
    built.close()


def test_export_all_writes_every_kind_of_file_that_opens_with_the_session_again(qtbot, space, window, tmp_path):
    window.command_actions.of[CommandId.EXPORT_ALL].trigger()
    [dialog] = window.findChildren(QFileDialog)
    with qtbot.waitSignal(window.export_all.done, timeout=30_000) as told:
        dialog.fileSelected.emit(str(tmp_path / "all.zip"))
    dialog.close()
    package = zipfile.ZipFile(tmp_path / "all.zip")
    assert len(package.namelist()) == len(formats_of(SubjectKind.ARCHITECTURE))
    assert told.args[0].startswith(f"Exported {len(package.namelist())} kinds of file to ")

    package.extractall(tmp_path)
    for ending in CARRIERS:
        opened = open_file(tmp_path / f"containers-on-aws.{ending}", space.pack)
        assert dict(opened.session.answers) == ANSWERS, ending
        assert opened.session.workspace.notes == NOTES, ending
        assert not opened.warnings, ending


def test_a_folder_that_cannot_be_had_is_told_in_the_window(qtbot, window, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with qtbot.waitSignal(window.export_all.failed) as told:
        window.export_all.write(window.scene(), Options(), tmp_path)
    assert "is not empty" in told.args[0]
