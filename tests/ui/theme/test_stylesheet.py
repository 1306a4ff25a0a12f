"""The theme defines the style sheet and the palette; an invalid color is named."""

import re
from dataclasses import asdict
from pathlib import Path

import PySide6.QtWidgets
import pytest
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QLabel

from explorer.core.errors import ExplorerError
from explorer.storage.resources import install_dir, resource_path
from explorer.ui.theme.icons import ToolbarIcon
from explorer.ui.theme.stylesheet import WindowColors, make_palette, make_style_sheet, mix_colors, text_scale
from explorer.ui.widgets.labels import make_label
from tests.ui.toy import THEMES

LIGHT = THEMES["light"].window
MIN_POINTS = 11


def ui_source() -> str:
    """The source of all modules of the window."""
    modules = (Path(install_dir()) / "explorer" / "ui").rglob("*.py")
    return "\n".join(module.read_text("utf-8") for module in modules)


def test_a_theme_table_becomes_colors():
    assert WindowColors.from_mapping(asdict(LIGHT)) == LIGHT


def test_every_missing_or_invalid_color_is_named():
    table = {**asdict(LIGHT), "ink": "black", "line": "#12"}
    del table["card"]

    with pytest.raises(ExplorerError) as error:
        WindowColors.from_mapping(table)
    assert all(part in str(error.value) for part in ("card = nothing", "line = #12", "ink = black", "#rrggbb"))


def test_a_label_has_the_color_of_the_theme_and_the_size_of_its_role(qtbot):
    label = make_label("Title", "title")
    qtbot.addWidget(label)
    label.setStyleSheet(make_style_sheet(LIGHT, scale=2))
    label.ensurePolished()

    assert label.palette().color(QPalette.ColorRole.WindowText).name() == LIGHT.ink
    assert label.fontInfo().pixelSize() == 34


def test_every_placeholder_of_the_style_sheet_is_filled():
    assert "$" not in make_style_sheet(LIGHT)


def test_every_class_of_the_style_sheet_exists():
    sheet = re.sub(r"/\*.*?\*/|\{[^}]*\}", "", resource_path("window.qss").read_text("utf-8"), flags=re.DOTALL)
    selected = set(re.findall(r"(?<![\w#:\"=-])[A-Z]\w+", sheet))
    ours = set(re.findall(r"^class (\w+)", ui_source(), flags=re.MULTILINE))
    internal = {"QTableCornerButton"}
    assert {name for name in selected - ours - internal if not hasattr(PySide6.QtWidgets, name)} == set()


@pytest.mark.parametrize("attribute", ["role", "tone"])
def test_every_role_and_tone_of_the_style_sheet_is_used(attribute):
    sheet, source = resource_path("window.qss").read_text("utf-8"), ui_source()
    selected = set(re.findall(rf'\[{attribute}="(\w+)"\]', sheet))
    assert {name for name in selected if f'"{name}"' not in source} == set()


def test_every_toolbar_icon_has_a_file_and_no_file_is_left_over():
    files = {path.stem for path in resource_path("toolbar-icons").glob("*.svg")}
    assert files == {icon.value for icon in ToolbarIcon}


def test_a_toolbar_icon_has_the_color_of_its_state(qapp):
    image = ToolbarIcon.NEW.to_icon(LIGHT).pixmap(20, 20).toImage()
    pixels = [image.pixelColor(x, y) for x in range(20) for y in range(20)]
    colors = {pixel.name() for pixel in pixels if pixel.alpha() == 255}
    assert colors == {LIGHT.ink}


def test_the_palette_agrees_with_the_style_sheet():
    assert make_palette(LIGHT).color(QPalette.ColorRole.Highlight).name() == LIGHT.accent


@pytest.mark.parametrize(("pixels", "scale"), [(10, 1.0), (14, 1.0), (21, 1.5), (60, 2.0)])
def test_text_follows_the_size_of_the_system_between_1_and_2(qapp, pixels, scale):
    font = QFont()
    font.setPixelSize(pixels)

    assert text_scale(font) == pytest.approx(scale)


def test_body_text_has_at_least_11_points(qtbot):
    label = QLabel("Body")
    qtbot.addWidget(label)
    label.setStyleSheet(make_style_sheet(LIGHT))
    label.ensurePolished()

    assert label.fontInfo().pixelSize() >= MIN_POINTS * 96 / 72


def test_colors_mix():
    assert mix_colors("#000000", "#ffffff", 1) == "#ffffff"
