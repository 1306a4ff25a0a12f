"""Every shipped theme can be read by weak eyes, and the print theme without any colour."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtSvg import QSvgRenderer

from explorer.layout.architecture.place import layout_architecture
from explorer.layout.geometry import Point
from explorer.layout.graphviz.process import find_graphviz
from explorer.render.architecture import compose
from explorer.render.badges import Badge, ChangeKind, badge_shapes
from explorer.render.picture import Icon, Rectangle, TextShape
from explorer.render.theme import THEMES, Theme, parse_theme
from explorer.storage.icons.source import GLYPH_FOLDER, bundled_glyph
from explorer.storage.resources import theme_values
from tests.layout.sketches import METRICS, architecture

TEXT, LINE = 4.5, 3.0
"""The least contrasts of WCAG 2.2: 1.4.3 for text, 1.4.11 for lines that carry meaning."""


def theme(name: str) -> Theme:
    return parse_theme(theme_values(name))


def parts(colour: str) -> list[float]:
    return [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]


def luminance(rgb: list[float]) -> float:
    """The relative luminance of WCAG 2.2."""
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(colour: str, ground: str, opacity: float = 1.0) -> float:
    """How a colour stands out from its ground, laid over it at an opacity."""
    laid = [one * opacity + other * (1 - opacity) for one, other in zip(parts(colour), parts(ground), strict=True)]
    low, high = sorted((luminance(laid), luminance(parts(ground))))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", THEMES)
def test_all_words_stand_out_even_where_they_are_drawn_lighter(name):
    worn = theme(name)
    for colour in (worn.ink, worn.muted, worn.label):
        assert contrast(colour, worn.background, worn.default_opacity) >= TEXT
    for colour in (worn.conflict, worn.added, worn.removed, worn.changed, worn.accent):
        assert contrast(colour, worn.background) >= TEXT
    assert contrast(worn.badge_ink, worn.badge) >= TEXT


@pytest.mark.parametrize("name", THEMES)
def test_all_lines_stand_out_even_where_they_are_drawn_lighter(name):
    worn = theme(name)
    for colour in (worn.flow, worn.control, worn.ghost):
        assert contrast(colour, worn.background, worn.default_opacity) >= LINE
    for style in worn.groups.values():
        assert contrast(style.border, worn.background) >= LINE


def test_every_theme_knows_the_same_frames():
    kinds = {name: sorted(theme(name).groups) for name in THEMES}
    assert kinds["light"] == kinds["dark"] == kinds["print"]


def test_nothing_in_the_print_theme_is_filled():
    worn = theme("print")
    shapes = [shape for tone in ChangeKind for shape in badge_shapes(Badge("new", tone), Point(0, 0), worn, METRICS)]
    assert {shape.fill for shape in shapes if isinstance(shape, Rectangle)} == {worn.background}
    assert not worn.fills


def test_frames_within_one_another_are_told_apart_by_their_lines_on_paper():
    worn = theme("print")
    nested = [worn.group_style(kind).dash for kind in ("cloud", "region", "vpc", "cluster")]
    assert len(set(nested)) == len(nested)
    assert len({tone.dash for tone in ChangeKind}) == len(ChangeKind)


def test_a_theme_changes_how_things_look_and_not_where_they_stand():
    nodes = "group vpc\nusers 0,0\n~web 1,0 in vpc\n?mesh at web\n!db 2,0 in vpc\n"
    drawn = architecture(nodes + "users > web #1: asks\nweb >> db: reads")
    placement = layout_architecture(drawn, METRICS, find_graphviz())
    places = {
        name: [
            (item.id, item.box, [shape.box for shape in item.shapes if isinstance(shape, TextShape | Icon)])
            for item in compose(placement, theme(name)).items
        ]
        for name in THEMES
    }
    assert places["light"] == places["dark"] == places["print"]


@pytest.mark.parametrize("name", sorted(file.stem for file in GLYPH_FOLDER.glob("*.svg")))
def test_on_paper_every_glyph_is_black_on_white(name):
    glyph = bundled_glyph(name + theme("print").icon_form)
    assert glyph is not None
    colours = {found.upper() for found in re.findall(rb"#[0-9A-Fa-f]{6}", glyph)}
    assert colours == {b"#FFFFFF", b"#000000"}
    assert QSvgRenderer(QByteArray(glyph)).isValid()


def test_on_paper_an_unknown_icon_has_an_outline_too():
    form = theme("print").icon_form
    assert bundled_glyph("no-such-thing" + form) == bundled_glyph("unknown" + form)
