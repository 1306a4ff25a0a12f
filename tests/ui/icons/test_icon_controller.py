"""Icon sources: the worker that loads them, and the dialog that chooses them."""

import pytest
from PySide6.QtWidgets import QFileDialog, QPushButton

from explorer.core.errors import ExplorerError
from explorer.storage.icons.source import GLYPHS_ONLY, IconOrigin, IconSource, load_icon_source
from explorer.ui.icons.icon_controller import IconController
from explorer.ui.icons.icons_dialog import IconsDialog
from tests.storage.aws_package import zipped


@pytest.fixture
def controller(qtbot, qapp):
    controller = IconController(GLYPHS_ONLY, qapp)
    yield controller
    controller.close()


@pytest.fixture
def dialog(qtbot):
    dialog = IconsDialog()
    qtbot.addWidget(dialog)
    dialog.show_source(GLYPHS_ONLY)
    return dialog


def press(dialog, label):
    next(button for button in dialog.findChildren(QPushButton) if label in button.text()).click()


def test_package_is_used_and_its_path_is_sent_to_be_saved(qtbot, controller, tmp_path):
    path = str(zipped(tmp_path / "aws.zip"))
    with qtbot.waitSignal(controller.preference_changed) as saved:
        controller.request(path)
    assert controller.source.origin is IconOrigin.PACKAGE
    assert saved.args == [path]
    with qtbot.waitSignal(controller.preference_changed) as own:
        controller.request("own")
    assert own.args == ["own"]
    assert controller.source is GLYPHS_ONLY


@pytest.mark.parametrize(
    ("load", "cause"),
    [
        (load_icon_source, "test_unusable_source"),
        (lambda _preference: (_ for _ in ()).throw(ExplorerError("Damaged.")), "Damaged."),
        (lambda _preference: {}["x"], "Could not read the icons."),
    ],
    ids=["empty folder", "error", "crash"],
)
def test_unusable_source_leaves_the_icons_unchanged(qtbot, qapp, tmp_path, caplog, load, cause):
    controller = IconController(GLYPHS_ONLY, qapp, load)
    with qtbot.waitSignal(controller.failed) as failed:
        controller.request(str(tmp_path))
    assert cause in failed.args[0]
    assert controller.source is GLYPHS_ONLY
    controller.close()


def test_dialog_asks_for_a_folder_or_a_zip_file(qtbot, dialog, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "/home/me/icons")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("/home/me/icons.zip", ""))
    requested: list[str] = []
    dialog.source_requested.connect(requested.append)
    press(dialog, "folder")
    press(dialog, "zip")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    press(dialog, "folder")
    assert requested == ["/home/me/icons", "/home/me/icons.zip"]


def test_dialog_requests_the_glyphs_of_berth(qtbot, dialog):
    (glyphs,) = (each for each in dialog.findChildren(QPushButton) if "glyphs" in each.accessibleName())
    with qtbot.waitSignal(dialog.source_requested) as requested:
        glyphs.click()
    assert requested.args == ["own"]


def test_dialog_shows_the_source_in_use_and_errors_as_plain_text(qtbot, dialog, tmp_path):
    source = IconSource(IconOrigin.PACKAGE, tmp_path / "aws.zip")
    dialog.show_source(source)
    assert "© Amazon Web Services" in dialog.status_label.text()
    dialog.show_waiting()
    dialog.show_error("Cannot read “x”: <b>it is damaged</b>.")
    assert dialog.status_label.text() == "Cannot read “x”: <b>it is damaged</b>."
    assert dialog.status_label.textFormat().name == "PlainText"


def test_every_button_has_a_name_of_its_own(qtbot, dialog):
    names = [button.accessibleName() or button.text() for button in dialog.findChildren(QPushButton)]
    assert len(set(names)) == len(names) == 5
