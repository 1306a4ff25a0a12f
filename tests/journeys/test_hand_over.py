"""Bundle export: every format is written, and those that embed a session can be opened again."""

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
FORMATS_WITH_SESSION = ("png", "svg", "pptx", "deck.pptx", "drawio")


@pytest.fixture
def window(qtbot, space):
    window = build_main_window(space, SessionState(Workspace(answers=ANSWERS, notes=NOTES)))
    qtbot.addWidget(window)
    qtbot.waitUntil(lambda: window.commands.export_source() is not None)
    yield window
    window.close()


def test_bundle_contains_every_format_and_the_embedded_sessions_open_again(qtbot, space, window, tmp_path):
    window.command_actions.by_id[CommandId.EXPORT_ALL].trigger()
    [dialog] = window.findChildren(QFileDialog)
    with qtbot.waitSignal(window.messages.info, timeout=30_000) as reported:
        dialog.fileSelected.emit(str(tmp_path / "all.zip"))
    dialog.close()
    package = zipfile.ZipFile(tmp_path / "all.zip")
    assert len(package.namelist()) == len(formats_of(SubjectKind.ARCHITECTURE))
    assert f"Exported {len(package.namelist())} " in reported.args[0]

    package.extractall(tmp_path)
    for extension in FORMATS_WITH_SESSION:
        opened = open_file(tmp_path / f"containers-on-aws.{extension}", space.pack)
        assert dict(opened.session.answers) == ANSWERS, extension
        assert opened.session.workspace.notes == NOTES, extension
        assert not opened.warnings, extension


def test_folder_that_is_not_empty_is_reported_in_the_window(qtbot, window, tmp_path):
    (tmp_path / "kept.txt").write_text("kept")
    with qtbot.waitSignal(window.messages.error) as reported:
        window.export_all.write(window.commands.export_source(), Options(), tmp_path)
    assert "is not empty" in reported.args[0]
