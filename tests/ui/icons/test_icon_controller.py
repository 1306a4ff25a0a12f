"""Icons are looked for beside the window; what cannot be used leaves the icons as they were."""

import pytest
from PySide6.QtWidgets import QFileDialog, QPushButton

from explorer.core.errors import ExplorerError
from explorer.storage.icons.source import GLYPHS_ONLY, IconOrigin, IconSource, load_icon_source
from explorer.ui.icons.icon_controller import IconController
from explorer.ui.icons.icons_dialog import IconsDialog
from tests.storage.aws_package import zipped


@pytest.fixture
def choice(qtbot, qapp):
    choice = IconController(GLYPHS_ONLY, qapp)
    yield choice
    choice.close()


@pytest.fixture
def dialog(qtbot):
    dialog = IconsDialog()
    qtbot.addWidget(dialog)
    dialog.show_source(GLYPHS_ONLY)
    return dialog


def press(dialog, words):
    next(button for button in dialog.findChildren(QPushButton) if words in button.text()).click()


def test_a_package_is_taken_and_can_be_remembered(qtbot, choice, tmp_path):
    path = str(zipped(tmp_path / "aws.zip"))
    with qtbot.waitSignal(choice.preference_changed) as remembered:
        choice.request(path)
    assert choice.source.origin is IconOrigin.PACKAGE
    assert remembered.args == [path]
    with qtbot.waitSignal(choice.preference_changed) as own:
        choice.request("own")
    assert own.args == ["own"]
    assert choice.source is GLYPHS_ONLY


@pytest.mark.parametrize(
    ("load", "told"),
    [
        (load_icon_source, "holds none of the AWS Architecture Icons"),
        (lambda _wish: (_ for _ in ()).throw(ExplorerError("Not today.")), "Not today."),
        (lambda _wish: {}["x"], "The icons could not be read."),
    ],
    ids=["an empty folder", "a fault that is foreseen", "one that is not"],
)
def test_what_cannot_be_used_leaves_the_icons_as_they_were(qtbot, qapp, tmp_path, caplog, load, told):
    choice = IconController(GLYPHS_ONLY, qapp, load)
    with qtbot.waitSignal(choice.failed) as failed:
        choice.request(str(tmp_path))
    assert told in failed.args[0]
    assert failed.args[0].endswith("The icons are as they were.")
    assert choice.source is GLYPHS_ONLY
    choice.close()


def test_the_dialog_asks_for_a_folder_or_a_zip(qtbot, dialog, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "/home/me/icons")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("/home/me/icons.zip", ""))
    wished: list[str] = []
    dialog.source_requested.connect(wished.append)
    press(dialog, "folder")
    press(dialog, "zip")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    press(dialog, "folder")
    assert wished == ["/home/me/icons", "/home/me/icons.zip"]


def test_the_dialog_goes_back_to_our_own_glyphs(qtbot, dialog):
    (own,) = (each for each in dialog.findChildren(QPushButton) if "own glyphs" in each.accessibleName())
    with qtbot.waitSignal(dialog.source_requested) as wished:
        own.click()
    assert wished.args == ["own"]


def test_the_dialog_shows_what_is_in_use_and_what_went_wrong(qtbot, dialog, tmp_path):
    source = IconSource(IconOrigin.PACKAGE, tmp_path / "aws.zip")
    dialog.show_source(source)
    assert "© Amazon Web Services" in dialog.status_label.text()
    dialog.show_waiting()
    dialog.show_error("No icons were taken from “x”: <b>it is damaged</b>.")
    assert dialog.status_label.text() == "No icons were taken from “x”: <b>it is damaged</b>."
    assert dialog.status_label.textFormat().name == "PlainText"


def test_every_source_can_be_chosen_by_keyboard_and_is_named(qtbot, dialog):
    names = [button.accessibleName() or button.text() for button in dialog.findChildren(QPushButton)]
    assert len(set(names)) == len(names) == 5
