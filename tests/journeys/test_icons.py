"""Icon sources in the real window and on the command line."""

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
    window.walk_panel.answered.emit("kubernetes", "not_required")  # So that ECS is drawn in full color.
    qtbot.waitUntil(lambda: window.diagram_controller.picture is not before)
    return window


@pytest.fixture
def package(tmp_path):
    """An icon package in which the icon of Amazon ECS is a blue square."""
    return zipped(tmp_path / "aws.zip", {ECS: BLUE})


def choose(qtbot, window, preference):
    with qtbot.waitSignal(window.icon_controller.changed):
        window.icon_controller.request(preference)


def about(window) -> str:
    window.command_actions.by_id[CommandId.ABOUT].trigger()
    dialog = window.findChildren(AboutDialog)[-1]
    text = " ".join(label.text() for label in dialog.findChildren(QLabel))
    dialog.accept()
    return text


def is_blue(image: QImage) -> bool:
    """Whether the image contains a blue square."""
    size = range(0, image.width(), 4), range(0, image.height(), 4)
    return sum(image.pixelColor(x, y) == "#0000ff" for y in size[1] for x in size[0]) > 20


def test_chosen_icons_are_drawn_at_once(qtbot, window, package):
    assert not is_blue(window.canvas.grab().toImage())
    choose(qtbot, window, str(package))
    assert is_blue(window.canvas.grab().toImage())
    choose(qtbot, window, "own")
    assert not is_blue(window.canvas.grab().toImage())


def test_comparison_follows_the_chosen_icons(qtbot, window, package):
    choose(qtbot, window, str(package))
    window.command_actions.by_id[CommandId.PIN].trigger()
    window.command_actions.by_id[CommandId.COMPARE].trigger()
    view = window.further_views.compare.page
    view.canvas.set_animation_enabled(False)
    qtbot.waitUntil(lambda: view.comparison is not None)
    qtbot.waitUntil(lambda: is_blue(view.canvas.grab().toImage()))
    choose(qtbot, window, "own")
    assert not is_blue(view.canvas.grab().toImage())


def test_about_dialog_names_the_icons_in_use(qtbot, window, package):
    choose(qtbot, window, "own")
    assert "aws.zip" not in about(window)
    choose(qtbot, window, str(package))
    assert "aws.zip" in about(window)
    assert "© Amazon Web Services" in about(window)


@pytest.mark.parametrize("own", [False, True], ids=["package", "glyphs"])
def test_chosen_icons_are_used_after_a_restart(qtbot, space, package, tmp_path, own):
    first = build_main_window(space, settings=Settings(tmp_path / "home"))
    qtbot.addWidget(first)
    choose(qtbot, first, "own" if own else str(package))
    first.close()

    again = build_main_window(space, settings=Settings(tmp_path / "home"))
    qtbot.addWidget(again)
    qtbot.waitUntil(lambda: again.icon_controller.source.origin is (IconOrigin.OWN if own else IconOrigin.PACKAGE))
    again.close()


def test_missing_package_is_reported_and_the_default_icons_are_used(qtbot, space, tmp_path):
    settings = Settings(tmp_path / "home")
    settings.set_icons(str(tmp_path / "gone.zip"))
    window = build_main_window(space, settings=settings)
    qtbot.addWidget(window)
    qtbot.waitUntil(lambda: "gone.zip" in window.notice_bar.message)
    assert window.icon_controller.source == default_icon_source()
    window.close()


def test_unusable_package_is_reported_and_the_icons_are_unchanged(qtbot, window, tmp_path):
    choose(qtbot, window, "own")
    with qtbot.waitSignal(window.icon_controller.failed):
        window.icon_controller.request(str(zipped(tmp_path / "bad.zip", {ECS: svg("<script/>"), "../x": b""})))
    assert "bad.zip" in window.notice_bar.message
    assert window.icon_controller.source is GLYPHS_ONLY


def test_dialog_shows_the_icons_that_were_requested(qtbot, window, package):
    window.command_actions.by_id[CommandId.ICONS].trigger()
    (dialog,) = window.findChildren(IconsDialog)
    with qtbot.waitSignal(window.icon_controller.changed):
        dialog.source_requested.emit(str(package))
    assert is_blue(dialog.sample.grab().toImage())
    dialog.accept()


def test_command_line_draws_the_chosen_icons(tmp_path, package, capsys):
    for name, icons in (("blue.png", str(package)), ("own.png", "own")):
        arguments = ["export", str(tmp_path / name), "--answer", "kubernetes=not_required", "--icons", icons]
        assert main(arguments) == 0
    assert is_blue(QImage(str(tmp_path / "blue.png")))
    assert not is_blue(QImage(str(tmp_path / "own.png")))


def test_command_line_rejects_a_bad_package_in_one_line_and_writes_no_file(tmp_path, capsys):
    bad = zipped(tmp_path / "bad.zip", {ECS: svg('<image href="http://example.org/x.png"/>')})
    assert main(["export", str(tmp_path / "a.png"), "--icons", str(bad)]) == 1
    error = capsys.readouterr().err
    assert "Arch_Amazon-Elastic-Container-Service_64.svg" in error
    assert "image" in error
    assert error.count("\n") == 1
    assert not (tmp_path / "a.png").exists()


def test_window_exports_its_icons(qtbot, window, package, tmp_path):
    choose(qtbot, window, str(package))
    with qtbot.waitSignal(window.messages.info):
        window.command_actions.by_id[CommandId.EXPORT].trigger()
        go_on_to_a_file(window, tmp_path / "window.png")
    assert is_blue(QImage(str(tmp_path / "window.png")))
