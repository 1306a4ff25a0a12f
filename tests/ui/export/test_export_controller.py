"""Export dialog and controller: preview, options, files, clipboard and saved preferences."""

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
from explorer.ui.export.export_dialog import DRAG_HINT, TEXT_HINT, ExportDialog
from explorer.ui.export.export_preferences import PRESETS, ExportPreferences, parse_preferences
from explorer.ui.shell.commands import CommandId
from explorer.ui.shell.settings import Settings
from explorer.ui.theme.theme_manager import ThemePreference
from tests.ui.dialogs import go_on_to_a_file, press_button


@pytest.fixture(scope="module")
def compiled():
    return compile_pack(load_pack(default_pack_folder()))


@pytest.fixture
def settings(tmp_path):
    return Settings(tmp_path / "settings")


@pytest.fixture
def window(qtbot, compiled, settings):
    window = build_main_window(compiled, settings=settings)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.commands.export_source() is not None)
    yield window
    window.close()


@pytest.fixture
def dialog(qtbot, window) -> ExportDialog:
    window.command_actions.by_id[CommandId.EXPORT].trigger()
    (dialog,) = window.findChildren(ExportDialog)
    qtbot.waitUntil(lambda: not dialog.preview.pixmap().isNull())
    assert isinstance(dialog, ExportDialog)
    return dialog


def choose(combo_box, value) -> None:
    combo_box.setCurrentIndex(combo_box.findData(value))


def exported(qtbot, window, path) -> bytes:
    with qtbot.waitSignal(window.messages.info):
        go_on_to_a_file(window, path)
    return bytes(path.read_bytes())


def test_preview_follows_the_options(qtbot, dialog):
    before = dialog.preview.pixmap().toImage()
    choose(dialog.theme_box, "dark")
    qtbot.waitUntil(lambda: dialog.preview.pixmap().toImage() != before)
    assert dialog.preview.pixmap().toImage().pixelColor(2, 2).lightness() < 60
    assert dialog.preview.accessibleDescription().startswith("Architecture diagram, ")


def test_file_has_the_chosen_size_and_theme_and_no_session(qtbot, window, dialog, tmp_path):
    choose(dialog.size_box, "slide")
    choose(dialog.theme_box, "dark")
    dialog.session_box.setChecked(False)
    image = QImage.fromData(data := exported(qtbot, window, tmp_path / "x.png"))
    assert image.size().toTuple() == (1920, 1080)
    assert image.pixelColor(0, 0).lightness() < 60
    with pytest.raises(NoSessionError):
        extract_session(data, "x.png")


def test_format_adds_its_extension(qtbot, window, dialog, tmp_path):
    choose(dialog.format_box, "svg")
    with qtbot.waitSignal(window.messages.info):
        go_on_to_a_file(window, tmp_path / "x")
    assert (tmp_path / "x.svg").read_bytes().startswith(b"<?xml")


def test_only_options_that_the_format_supports_are_enabled(dialog):
    choose(dialog.format_box, "png")
    assert dialog.size_box.isEnabled()
    assert not dialog.text_as_paths_box.isEnabled()
    choose(dialog.format_box, "mmd")
    assert not any(box.isEnabled() for box in (dialog.size_box, dialog.theme_box, dialog.session_box))


def test_text_format_previews_its_first_lines_and_cannot_be_dragged(qtbot, dialog, monkeypatch):
    choose(dialog.format_box, "csv")
    qtbot.waitUntil(lambda: dialog.preview.text().startswith("group,question,"))
    assert dialog.hint.text() == TEXT_HINT
    assert drag_out(dialog, monkeypatch) == []

    choose(dialog.format_box, "svg")
    qtbot.waitUntil(lambda: not dialog.preview.pixmap().isNull())
    assert dialog.hint.text() == DRAG_HINT


def test_preview_grows_with_the_dialog(qtbot, dialog):
    before = dialog.preview.pixmap().width()
    dialog.resize(dialog.width() + 200, dialog.height() + 200)
    qtbot.waitUntil(lambda: dialog.preview.pixmap().width() >= before + 150)


@pytest.mark.parametrize("preference", [ThemePreference.LIGHT, ThemePreference.DARK])
def test_check_box_shows_its_states_in_every_theme(qtbot, window, dialog, preference):
    window.theme_manager.set_preference(preference)
    box = dialog.transparent_box
    images = {}
    for checked in (True, False):
        for enabled in (True, False):
            box.setChecked(checked)
            box.setEnabled(enabled)
            images[checked, enabled] = box.grab().toImage()
    assert len({bytes(image.constBits()) for image in images.values()}) == 4
    middle = images[False, True].pixelColor(13, box.height() // 2)  # Inside the empty box.
    assert middle == QColor(window.theme_manager.colors.window.card)


@pytest.mark.qt_log_ignore("does not support grabbing", extend=True)
def test_list_of_formats_is_shown_without_scrolling(qtbot, dialog):
    dialog.format_box.showPopup()
    qtbot.waitUntil(dialog.format_box.view().isVisible)
    last = dialog.format_box.model().index(dialog.format_box.count() - 1, 0)
    assert dialog.format_box.view().viewport().rect().contains(dialog.format_box.view().visualRect(last))
    dialog.format_box.hidePopup()


def test_file_dialog_may_be_the_native_one(window, dialog):
    press_button(window, "Export…")
    (file_dialog,) = window.findChildren(QFileDialog)
    assert file_dialog.metaObject().className() == "QFileDialog", "Qt uses the native dialog for no other class"
    file_dialog.close()


def test_dialogs_use_the_theme(window, dialog):
    window.theme_manager.set_preference(ThemePreference.DARK)
    colors = window.theme_manager.colors.window
    assert QGuiApplication.palette().color(QPalette.ColorRole.Base) == QColor(colors.card)
    assert dialog.palette().color(QPalette.ColorRole.Window) == QColor(colors.panel)


def test_slides_use_the_chosen_template(qtbot, window, dialog, tmp_path, settings):
    template = pptx.Presentation()
    template.slide_width = pptx.util.Cm(20)
    template.save(str(tmp_path / "house.pptx"))
    choose(dialog.format_box, "pptx")
    dialog.template_button.click()
    (file_dialog,) = dialog.template_button.findChildren(QFileDialog)
    file_dialog.fileSelected.emit(str(tmp_path / "house.pptx"))
    file_dialog.close()
    assert dialog.template_button.text() == "“house.pptx” ×"
    data = exported(qtbot, window, tmp_path / "x.pptx")
    assert pptx.Presentation(BytesIO(data)).slide_width == pptx.util.Cm(20)
    assert parse_preferences(settings.export_preferences).template == str(tmp_path / "house.pptx")


def test_second_click_removes_the_template(dialog):
    choose(dialog.format_box, "pptx")
    dialog.template_button.show_path("house.pptx")
    assert dialog.preferences.template == "house.pptx"
    dialog.template_button.click()
    assert dialog.preferences.template == ""


def test_caption_is_added_around_the_diagram(qtbot, window, dialog, tmp_path, compiled):
    choose(dialog.format_box, "svg")
    for box in dialog.caption_boxes.values():
        box.setChecked(True)
    text = exported(qtbot, window, tmp_path / "x.svg").decode()
    assert f"{compiled.pack.title} {compiled.pack.version}" in text
    assert ">control, no traffic<" in text


def test_preferences_are_kept_after_a_restart(qtbot, window, dialog, tmp_path, settings):
    choose(dialog.format_box, "svg")
    choose(dialog.size_box, "slide")
    dialog.transparent_box.setChecked(True)
    exported(qtbot, window, tmp_path / "x.svg")

    saved = parse_preferences(Settings(tmp_path / "settings").export_preferences)
    assert saved == ExportPreferences("svg", "slide", transparent=True)
    assert settings.export_folder == tmp_path


def test_export_again_writes_the_same_file(qtbot, window, dialog, tmp_path):
    first = exported(qtbot, window, tmp_path / "x.png")
    (tmp_path / "x.png").unlink()
    with qtbot.waitSignal(window.messages.info):
        window.command_actions.by_id[CommandId.EXPORT_AGAIN].trigger()
    assert (tmp_path / "x.png").read_bytes() == first


def test_copy_puts_svg_png_and_text_on_the_clipboard(qtbot, window):
    QGuiApplication.clipboard().clear()
    with qtbot.waitSignal(window.messages.info):
        window.command_actions.by_id[CommandId.COPY_PICTURE].trigger()
    mime_data = QGuiApplication.clipboard().mimeData()
    assert mime_data.data("image/svg+xml").startsWith(b"<?xml")
    assert mime_data.data("image/png").startsWith(b"\x89PNG")
    assert mime_data.hasImage()
    assert mime_data.text().startswith("Architecture diagram, Containers on AWS: ")


def test_copy_description_puts_only_text_on_the_clipboard(qtbot, window):
    with qtbot.waitSignal(window.messages.info):
        window.command_actions.by_id[CommandId.COPY_DESCRIPTION].trigger()
    mime_data = QGuiApplication.clipboard().mimeData()
    assert mime_data.text().startswith("Architecture diagram, Containers on AWS: ")
    assert not mime_data.hasImage()


def test_copy_from_the_dialog_uses_its_options(qtbot, window, dialog):
    dialog.transparent_box.setChecked(True)
    with qtbot.waitSignal(window.messages.info):
        press_button(window, "Copy")
    assert QColor(QGuiApplication.clipboard().image().pixelColor(0, 0)).alpha() == 0


def test_preview_is_dragged_as_a_file_and_an_image(qtbot, dialog, monkeypatch):
    qtbot.waitUntil(lambda: not dialog.preview.pixmap().isNull())
    (data,) = drag_out(dialog, monkeypatch)
    (url,) = data.urls()
    assert url.fileName() == "Containers on AWS.png"
    assert not QImage(url.toLocalFile()).isNull()
    assert data.hasImage()


def drag_out(dialog, monkeypatch) -> list[QMimeData]:
    """The data of a drag of the preview, if the drag starts."""
    dragged: list[QMimeData] = []
    monkeypatch.setattr("explorer.ui.export.drag_image.QDrag.exec", lambda drag, _: dragged.append(drag.mimeData()))
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for kind, x in ((QEvent.Type.MouseButtonPress, 10), (QEvent.Type.MouseMove, 90)):
        place = QPointF(x, 40)
        event = QMouseEvent(kind, place, dialog.preview.mapToGlobal(place), left, left, none)
        handle = dialog.preview.mousePressEvent if x == 10 else dialog.preview.mouseMoveEvent
        handle(event)
    return dragged


def test_dialog_closes_with_its_window(window, dialog):
    window.close()
    assert not dialog.isVisible()


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"preset": "vast"}', '{"words": -1, "ending": 5}', '{"theme": "pink"}', "null"]
)
def test_invalid_saved_preferences_are_ignored(text):
    assert parse_preferences(text) == ExportPreferences()


def test_preferences_round_trip():
    preferences = ExportPreferences("pdf", next(iter(PRESETS)), "print", transparent=True, words=5, outlines=True)
    assert parse_preferences(preferences.to_json()) == preferences
