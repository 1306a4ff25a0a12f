"""Messages of exports and copies: what the user reads, and that a failure changes nothing."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from explorer.export.request.request import Options, Request, SubjectKind
from explorer.ui.export.export_all import BundleExporter
from explorer.ui.export.export_controller import NO_DIAGRAM, ExportController
from explorer.ui.export.export_dialog import DRAG_HINT, ExportDialog
from explorer.ui.export.export_source import ExportSource
from explorer.ui.shell.messages import Messages
from explorer.ui.shell.settings import Settings
from tests.ui.dialogs import go_on_to_a_file
from tests.ui.toy import picture


def draw(options: Options) -> Request:
    return Request("Where to sleep", picture("tent"), None, options)


def crash(_options: Options) -> Request:
    raise LookupError("not for the user")


SOURCE = ExportSource(SubjectKind.PICTURE, "Where to sleep", draw)
BROKEN = replace(SOURCE, request=crash)


@pytest.fixture
def window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def messages(qapp):
    return Messages()


@pytest.fixture
def exporter(window, messages, tmp_path):
    exporter = ExportController(Settings(tmp_path / "home"), messages, window)
    yield exporter
    exporter.close()


@pytest.fixture
def bundle(window, messages):
    bundle = BundleExporter(messages, window)
    yield bundle
    bundle.close()


def emitted(qtbot, signal, action, *arguments) -> str:
    """The text that a signal sends after an action."""
    with qtbot.waitSignal(signal) as blocker:
        action(*arguments)
    return str(blocker.args[0])


def test_without_a_diagram_every_export_reports_that(qtbot, exporter, bundle, messages):
    actions = (exporter.show_dialog, exporter.export_again, exporter.copy, exporter.copy_text, bundle.choose_target)
    for action in actions:
        assert emitted(qtbot, messages.error, action, None, Options()) == NO_DIAGRAM


def test_export_reports_the_path(qtbot, exporter, messages, window, tmp_path):
    exporter.show_dialog(SOURCE, Options())
    path = tmp_path / "x.png"
    assert str(path) in emitted(qtbot, messages.info, go_on_to_a_file, window, path)
    assert path.exists()


def test_existing_file_is_replaced_only_after_a_question(exporter, window, tmp_path):
    (tmp_path / "x.png").write_bytes(b"older")
    exporter.show_dialog(SOURCE, Options())
    go_on_to_a_file(window, tmp_path / "x.png")
    (question,) = window.findChildren(QMessageBox)
    assert "x.png" in question.text()
    assert len(question.buttons()) == 2
    question.reject()
    assert (tmp_path / "x.png").read_bytes() == b"older"


def test_crash_in_an_export_is_reported_without_its_internal_text(qtbot, exporter, messages, window, tmp_path):
    exporter.show_dialog(BROKEN, Options())
    (dialog,) = window.findChildren(ExportDialog)
    qtbot.waitUntil(lambda: dialog.hint.text() != DRAG_HINT)
    assert "not for the user" not in dialog.hint.text()
    text = emitted(qtbot, messages.error, go_on_to_a_file, window, tmp_path / "x.png")
    assert "not for the user" not in text
    assert not (tmp_path / "x.png").exists()


@pytest.mark.parametrize("method", ["copy", "copy_text"])
def test_crash_in_a_copy_leaves_the_clipboard_unchanged(qtbot, exporter, messages, method):
    QGuiApplication.clipboard().setText("before")
    text = emitted(qtbot, messages.error, getattr(exporter, method), BROKEN, Options())
    assert "not for the user" not in text
    assert QGuiApplication.clipboard().text() == "before"


def test_bundle_reports_the_number_of_formats_and_the_folder(qtbot, bundle, messages, tmp_path):
    folder = tmp_path / "all"
    text = emitted(qtbot, messages.info, bundle.write, SOURCE, Options(), folder)
    assert str(len(list(folder.iterdir()))) in text
    assert str(folder) in text


def test_bundle_refuses_a_folder_that_is_not_empty(qtbot, bundle, messages, tmp_path):
    (tmp_path / "kept.txt").write_text("kept", "utf-8")
    assert str(tmp_path) in emitted(qtbot, messages.error, bundle.write, SOURCE, Options(), tmp_path)
    assert [path.name for path in tmp_path.iterdir() if path.name != "home"] == ["kept.txt"]


def test_crash_in_a_bundle_is_reported_without_its_internal_text(qtbot, bundle, messages, tmp_path):
    text = emitted(qtbot, messages.error, bundle.write, BROKEN, Options(), tmp_path / "x.zip")
    assert "not for the user" not in text
    assert not (tmp_path / "x.zip").exists()
