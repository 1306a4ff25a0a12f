"""An export looks as it was wished, goes where it was wished, and is repeated at a key."""

from io import BytesIO

import pptx
import pptx.util
import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QMouseEvent, QPalette
from PySide6.QtWidgets import QFileDialog

from explorer.app import build_main_window
from explorer.core.solver.constraints import compile_pack
from explorer.storage.packs.loader import load_pack
from explorer.storage.resources import default_pack_folder
from explorer.storage.sessions.embedded import NoSessionError, extract_session
from explorer.ui.export.export_dialog import ExportDialog
from explorer.ui.export.export_preferences import PRESETS, ExportPreferences, parse_preferences
from explorer.ui.shell.commands import CommandId
from explorer.ui.shell.settings import Settings
from explorer.ui.theme.theme_manager import ThemePreference
from tests.ui.dialogs import go_on_to_a_file, press_button


@pytest.fixture(scope="module")
def space():
    return compile_pack(load_pack(default_pack_folder()))


@pytest.fixture
def memory(tmp_path):
    return Settings(tmp_path / "memory")


@pytest.fixture
def window(qtbot, space, memory):
    window = build_main_window(space, settings=memory)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.export_source() is not None)
    yield window
    window.close()


@pytest.fixture
def dialog(qtbot, window) -> ExportDialog:
    window.command_actions.by_id[CommandId.EXPORT].trigger()
    (dialog,) = window.findChildren(ExportDialog)
    qtbot.waitUntil(lambda: not dialog.preview.pixmap().isNull())
    assert isinstance(dialog, ExportDialog)
    return dialog


def choose(list_, value) -> None:
    list_.setCurrentIndex(list_.findData(value))


def exported(qtbot, window, path) -> bytes:
    with qtbot.waitSignal(window.messages.info):
        go_on_to_a_file(window, path)
    return bytes(path.read_bytes())


def test_the_preview_follows_what_is_chosen(qtbot, dialog):
    before = dialog.preview.pixmap().toImage()
    choose(dialog.theme_box, "dark")
    qtbot.waitUntil(lambda: dialog.preview.pixmap().toImage() != before)
    assert dialog.preview.pixmap().toImage().pixelColor(2, 2).lightness() < 60
    assert dialog.preview.accessibleDescription().startswith("Architecture diagram, ")


def test_the_file_is_as_it_was_wished(qtbot, window, dialog, tmp_path):
    choose(dialog.size_box, "slide")
    choose(dialog.theme_box, "dark")
    dialog.session_box.setChecked(False)
    image = QImage.fromData(data := exported(qtbot, window, tmp_path / "x.png"))
    assert image.size().toTuple() == (1920, 1080)
    assert image.pixelColor(0, 0).lightness() < 60
    with pytest.raises(NoSessionError):
        extract_session(data, "x.png")


def test_a_kind_of_file_lends_its_ending(qtbot, window, dialog, tmp_path):
    choose(dialog.format_box, "svg")
    with qtbot.waitSignal(window.messages.info):
        go_on_to_a_file(window, tmp_path / "x")
    assert (tmp_path / "x.svg").read_bytes().startswith(b"<?xml")


def test_only_what_shows_in_a_kind_of_file_can_be_chosen(dialog):
    choose(dialog.format_box, "png")
    assert dialog.size_box.isEnabled()
    assert not dialog.text_as_paths_box.isEnabled()
    choose(dialog.format_box, "mmd")
    assert not any(box.isEnabled() for box in (dialog.size_box, dialog.theme_box, dialog.session_box))


def test_a_file_of_text_shows_how_it_begins_and_is_not_dragged_as_a_picture(qtbot, dialog, monkeypatch):
    choose(dialog.format_box, "csv")
    qtbot.waitUntil(lambda: dialog.preview.text().startswith("group,question,"))
    assert dialog.hint.text() == "This is how the file begins. Copy takes the picture to the clipboard."
    assert drag_out(dialog, monkeypatch) == []

    choose(dialog.format_box, "svg")
    qtbot.waitUntil(lambda: not dialog.preview.pixmap().isNull())
    assert dialog.hint.text() == "Drag the preview into another program, or go on to a file."


def test_the_preview_takes_the_room_there_is(qtbot, dialog):
    before = dialog.preview.pixmap().width()
    dialog.resize(dialog.width() + 200, dialog.height() + 200)
    qtbot.waitUntil(lambda: dialog.preview.pixmap().width() >= before + 150)


@pytest.mark.parametrize("wish", [ThemePreference.LIGHT, ThemePreference.DARK])
def test_a_box_is_told_ticked_from_empty_and_usable_from_not_in_every_theme(qtbot, window, dialog, wish):
    window.theme_manager.set_preference(wish)
    box = dialog.transparent_box
    seen = {}
    for ticked in (True, False):
        for usable in (True, False):
            box.setChecked(ticked)
            box.setEnabled(usable)
            seen[ticked, usable] = box.grab().toImage()
    assert len({bytes(image.constBits()) for image in seen.values()}) == 4
    middle = seen[False, True].pixelColor(13, box.height() // 2)  # in the box, where nothing is drawn
    assert middle == QColor(window.theme_manager.colors.window.card)


@pytest.mark.qt_log_ignore("does not support grabbing", extend=True)
def test_the_whole_list_of_kinds_is_seen_at_once(qtbot, dialog):
    dialog.format_box.showPopup()
    qtbot.waitUntil(dialog.format_box.view().isVisible)
    last = dialog.format_box.model().index(dialog.format_box.count() - 1, 0)
    assert dialog.format_box.view().viewport().rect().contains(dialog.format_box.view().visualRect(last))
    dialog.format_box.hidePopup()


def test_the_system_may_ask_for_the_file_by_its_own_dialog(window, dialog):
    press_button(window, "Export…")
    (asked,) = window.findChildren(QFileDialog)
    assert asked.metaObject().className() == "QFileDialog", "Qt gives way to the system for no other class"
    asked.close()


def test_dialogs_wear_the_theme_too(window, dialog):
    window.theme_manager.set_preference(ThemePreference.DARK)
    colours = window.theme_manager.colors.window
    assert QGuiApplication.palette().color(QPalette.ColorRole.Base) == QColor(colours.card)
    assert dialog.palette().color(QPalette.ColorRole.Window) == QColor(colours.panel)


def test_slides_go_into_the_template_that_was_chosen(qtbot, window, dialog, tmp_path, memory):
    house = pptx.Presentation()
    house.slide_width = pptx.util.Cm(20)
    house.save(str(tmp_path / "house.pptx"))
    choose(dialog.format_box, "pptx")
    dialog.template_button.click()
    (asked,) = dialog.template_button.findChildren(QFileDialog)
    asked.fileSelected.emit(str(tmp_path / "house.pptx"))
    asked.close()
    assert dialog.template_button.text() == "“house.pptx” ×"
    data = exported(qtbot, window, tmp_path / "x.pptx")
    assert pptx.Presentation(BytesIO(data)).slide_width == pptx.util.Cm(20)
    assert parse_preferences(memory.export_preferences).template == str(tmp_path / "house.pptx")


def test_a_template_is_taken_back_by_the_same_button(dialog):
    choose(dialog.format_box, "pptx")
    dialog.template_button.show_path("house.pptx")
    assert dialog.preferences.template == "house.pptx"
    dialog.template_button.click()
    assert dialog.preferences.template == ""


def test_words_are_set_around_the_drawing_on_request(qtbot, window, dialog, tmp_path, space):
    choose(dialog.format_box, "svg")
    for box in dialog.caption_boxes.values():
        box.setChecked(True)
    text = exported(qtbot, window, tmp_path / "x.svg").decode()
    assert f"{space.pack.title} {space.pack.version}" in text
    assert ">control, no traffic<" in text


def test_the_next_export_is_as_the_last_even_after_a_restart(qtbot, window, dialog, tmp_path, memory):
    choose(dialog.format_box, "svg")
    choose(dialog.size_box, "slide")
    dialog.transparent_box.setChecked(True)
    exported(qtbot, window, tmp_path / "x.svg")

    again = parse_preferences(Settings(tmp_path / "memory").export_preferences)
    assert again == ExportPreferences("svg", "slide", transparent=True)
    assert memory.export_folder == tmp_path


def test_once_more_is_one_key(qtbot, window, dialog, tmp_path):
    first = exported(qtbot, window, tmp_path / "x.png")
    (tmp_path / "x.png").unlink()
    with qtbot.waitSignal(window.messages.info):
        window.command_actions.by_id[CommandId.EXPORT_AGAIN].trigger()
    assert (tmp_path / "x.png").read_bytes() == first


def test_one_copy_is_a_picture_a_drawing_and_words(qtbot, window):
    QGuiApplication.clipboard().clear()
    with qtbot.waitSignal(window.messages.info):
        window.command_actions.by_id[CommandId.COPY_PICTURE].trigger()
    held = QGuiApplication.clipboard().mimeData()
    assert held.data("image/svg+xml").startsWith(b"<?xml")
    assert held.data("image/png").startsWith(b"\x89PNG")
    assert held.hasImage()
    assert held.text().startswith("Architecture diagram, Containers on AWS: ")


def test_the_description_is_copied_by_itself(qtbot, window):
    with qtbot.waitSignal(window.messages.info):
        window.command_actions.by_id[CommandId.COPY_DESCRIPTION].trigger()
    held = QGuiApplication.clipboard().mimeData()
    assert held.text().startswith("Architecture diagram, Containers on AWS: ")
    assert not held.hasImage()


def test_what_is_copied_from_the_dialog_looks_as_chosen(qtbot, window, dialog):
    dialog.transparent_box.setChecked(True)
    with qtbot.waitSignal(window.messages.info):
        press_button(window, "Copy")
    assert QColor(QGuiApplication.clipboard().image().pixelColor(0, 0)).alpha() == 0


def test_the_preview_is_dragged_out_as_a_file_and_a_picture(qtbot, dialog, monkeypatch):
    qtbot.waitUntil(lambda: not dialog.preview.pixmap().isNull())
    (data,) = drag_out(dialog, monkeypatch)
    (url,) = data.urls()
    assert url.fileName() == "Containers on AWS.png"
    assert not QImage(url.toLocalFile()).isNull()
    assert data.hasImage()


def drag_out(dialog, monkeypatch) -> list[QMimeData]:
    """What a drag of the preview hands over, if it begins."""
    given: list[QMimeData] = []
    monkeypatch.setattr("explorer.ui.export.clipboard.QDrag.exec", lambda drag, _: given.append(drag.mimeData()))
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for kind, x in ((QEvent.Type.MouseButtonPress, 10), (QEvent.Type.MouseMove, 90)):
        place = QPointF(x, 40)
        event = QMouseEvent(kind, place, dialog.preview.mapToGlobal(place), left, left, none)
        handle = dialog.preview.mousePressEvent if x == 10 else dialog.preview.mouseMoveEvent
        handle(event)
    return given


def test_the_dialog_goes_with_its_window(window, dialog):
    window.close()
    assert not dialog.isVisible()


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"preset": "vast"}', '{"words": -1, "ending": 5}', '{"theme": "pink"}', "null"]
)
def test_what_was_remembered_wrongly_is_forgotten(text):
    assert parse_preferences(text) == ExportPreferences()


def test_wishes_are_remembered_as_they_are():
    wishes = ExportPreferences("pdf", next(iter(PRESETS)), "print", transparent=True, words=5, outlines=True)
    assert parse_preferences(wishes.to_json()) == wishes
