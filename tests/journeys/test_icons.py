"""Journeys with other icons through the real window, and by command."""

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel

from explorer.app import build_main_window
from explorer.cli.main import main
from explorer.storage.icons.source import GLYPHS_ONLY, IconOrigin, default_icon_source
from explorer.ui.icons.icons_dialog import IconsDialog
from explorer.ui.shell.about_dialog import AboutDialog
from explorer.ui.shell.commands import CommandId
from explorer.ui.shell.settings import Settings
from tests.storage.aws_package import ECS, svg, zipped
from tests.ui.dialogs import go_on_to_a_file

BLUE = svg('<path fill="#0000ff" d="M0 0h64v64H0z"/>')


@pytest.fixture
def window(qtbot, window):
    before = window.diagram_controller.picture
    window.walk_panel.answered.emit("kubernetes", "not_required")  # so that ECS is drawn in full colours
    qtbot.waitUntil(lambda: window.diagram_controller.picture is not before)
    return window


@pytest.fixture
def package(tmp_path):
    """A person's own package, in which the icon of Amazon ECS is a plain blue square."""
    return zipped(tmp_path / "aws.zip", {ECS: BLUE})


def choose(qtbot, window, wish):
    with qtbot.waitSignal(window.icon_controller.changed):
        window.icon_controller.wish(wish)


def about(window) -> str:
    window.command_actions.of[CommandId.ABOUT].trigger()
    dialog = window.findChildren(AboutDialog)[-1]
    words = " ".join(label.text() for label in dialog.findChildren(QLabel))
    dialog.accept()
    return words


def is_blue(image: QImage) -> bool:
    """Whether a blue square of some size is in the image."""
    size = range(0, image.width(), 4), range(0, image.height(), 4)
    return sum(image.pixelColor(x, y) == "#0000ff" for y in size[1] for x in size[0]) > 20


def test_other_icons_are_seen_at_once_and_so_are_ones_own_again(qtbot, window, package):
    assert not is_blue(window.canvas.grab().toImage())
    choose(qtbot, window, str(package))
    assert is_blue(window.canvas.grab().toImage())
    choose(qtbot, window, "own")
    assert not is_blue(window.canvas.grab().toImage())


def test_the_comparison_shows_the_same_icons_whether_made_before_or_after(qtbot, window, package):
    choose(qtbot, window, str(package))
    window.command_actions.of[CommandId.PIN].trigger()
    window.command_actions.of[CommandId.COMPARE].trigger()
    view = window.tabs.compare.page
    view.canvas.set_animation_enabled(False)
    qtbot.waitUntil(lambda: view.comparison is not None)
    qtbot.waitUntil(lambda: is_blue(view.canvas.grab().toImage()))
    choose(qtbot, window, "own")
    assert not is_blue(view.canvas.grab().toImage())


def test_about_tells_whose_icons_are_in_use(qtbot, window, package):
    choose(qtbot, window, "own")
    assert "In use: Berth's glyphs." in about(window)
    choose(qtbot, window, str(package))
    assert "aws.zip" in about(window)
    assert "© Amazon Web Services" in about(window)


@pytest.mark.parametrize("own", [False, True], ids=["a package", "our own glyphs"])
def test_what_was_chosen_is_there_again_at_the_next_start(qtbot, space, package, tmp_path, own):
    first = build_main_window(space, settings=Settings(tmp_path / "home"))
    qtbot.addWidget(first)
    choose(qtbot, first, "own" if own else str(package))
    first.close()

    again = build_main_window(space, settings=Settings(tmp_path / "home"))
    qtbot.addWidget(again)
    qtbot.waitUntil(lambda: again.icon_controller.source.origin is (IconOrigin.OWN if own else IconOrigin.PACKAGE))
    again.close()


def test_a_package_that_is_no_longer_there_is_told_and_the_usual_icons_are_drawn(qtbot, space, tmp_path):
    memory = Settings(tmp_path / "home")
    memory.set_icons(str(tmp_path / "gone.zip"))
    window = build_main_window(space, settings=memory)
    qtbot.addWidget(window)
    qtbot.waitUntil(lambda: "gone.zip" in window.notice_bar.message)
    assert window.icon_controller.source == default_icon_source()
    window.close()


def test_a_package_that_cannot_be_used_is_told_and_nothing_changes(qtbot, window, tmp_path):
    choose(qtbot, window, "own")
    with qtbot.waitSignal(window.icon_controller.failed):
        window.icon_controller.wish(str(zipped(tmp_path / "bad.zip", {ECS: svg("<script/>"), "../x": b""})))
    assert "leads out of it" in window.notice_bar.message
    assert window.icon_controller.source is GLYPHS_ONLY


def test_the_dialog_follows_what_becomes_of_a_wish(qtbot, window, package):
    window.command_actions.of[CommandId.ICONS].trigger()
    (dialog,) = window.findChildren(IconsDialog)
    with qtbot.waitSignal(window.icon_controller.changed):
        dialog.wished.emit(str(package))
    assert is_blue(dialog.sample.grab().toImage())
    dialog.accept()


def test_the_command_line_draws_the_same_icons(tmp_path, package, capsys):
    for name, icons in (("blue.png", str(package)), ("own.png", "own")):
        words = ["export", str(tmp_path / name), "--answer", "kubernetes=not_required", "--icons", icons]
        assert main(words) == 0
    assert is_blue(QImage(str(tmp_path / "blue.png")))
    assert not is_blue(QImage(str(tmp_path / "own.png")))


def test_the_command_line_refuses_a_bad_package_in_one_sentence_and_writes_nothing(tmp_path, capsys):
    bad = zipped(tmp_path / "bad.zip", {ECS: svg('<image href="http://example.org/x.png"/>')})
    assert main(["export", str(tmp_path / "a.png"), "--icons", str(bad)]) == 1
    told = capsys.readouterr().err
    assert "“Arch_Amazon-Elastic-Container-Service_64.svg” holds “image”" in told
    assert told.count("\n") == 1
    assert not (tmp_path / "a.png").exists()


def test_what_the_window_exports_shows_its_icons(qtbot, window, package, tmp_path):
    choose(qtbot, window, str(package))
    with qtbot.waitSignal(window.export_controller.done):
        window.command_actions.of[CommandId.EXPORT].trigger()
        go_on_to_a_file(window, tmp_path / "window.png")
    assert is_blue(QImage(str(tmp_path / "window.png")))
