"""A theme's colours decide how the window looks; a wrong one is named."""

from dataclasses import asdict

import pytest
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QLabel

from explorer.core.errors import ExplorerError
from explorer.ui.theme.stylesheet import WindowColors, make_palette, make_style_sheet, mix_colors, text_scale
from explorer.ui.widgets.labels import make_label
from tests.ui.toy import THEMES

LIGHT = THEMES["light"].window


def test_a_theme_table_becomes_colours():
    assert WindowColors.from_mapping(asdict(LIGHT)) == LIGHT


def test_every_missing_or_unreadable_colour_is_named():
    table = {**asdict(LIGHT), "ink": "black", "line": "#12"}
    del table["card"]

    with pytest.raises(ExplorerError) as refused:
        WindowColors.from_mapping(table)
    assert str(refused.value) == ("The theme's [window] has card = nothing, line = #12, ink = black; expected #rrggbb.")


def test_text_is_shown_in_the_ink_of_the_theme_and_in_the_size_of_its_role(qtbot):
    label = make_label("Title", "title")
    qtbot.addWidget(label)
    label.setStyleSheet(make_style_sheet(LIGHT, scale=2))
    label.ensurePolished()

    assert label.palette().color(QPalette.ColorRole.WindowText).name() == LIGHT.ink
    assert label.fontInfo().pixelSize() == 34


def test_the_sheet_leaves_nothing_to_fill_in():
    assert "$" not in make_style_sheet(LIGHT)


def test_the_palette_says_the_same_as_the_sheet():
    assert make_palette(LIGHT).color(QPalette.ColorRole.Highlight).name() == LIGHT.accent


@pytest.mark.parametrize(("pixels", "scale"), [(10, 1.0), (14, 1.0), (21, 1.5), (60, 2.0)])
def test_text_that_the_person_has_enlarged_is_enlarged_here_within_reason(qapp, pixels, scale):
    font = QFont()
    font.setPixelSize(pixels)

    assert text_scale(font) == pytest.approx(scale)


def test_nothing_that_matters_is_set_smaller_than_eleven_points(qtbot):
    label = QLabel("Body")
    qtbot.addWidget(label)
    label.setStyleSheet(make_style_sheet(LIGHT))
    label.ensurePolished()

    assert label.fontInfo().pixelSize() >= 11 * 96 / 72


def test_colours_mix():
    assert mix_colors("#000000", "#ffffff", 1) == "#ffffff"
