"""Every shipped theme has enough contrast, and the print theme works without color."""

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
"""The minimum contrasts of WCAG 2.2: 1.4.3 for text, 1.4.11 for graphical objects."""


def shipped_theme(name: str) -> Theme:
    return parse_theme(theme_values(name))


def rgb_parts(color: str) -> list[float]:
    return [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]


def luminance(rgb: list[float]) -> float:
    """The relative luminance of WCAG 2.2."""
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(color: str, background: str, opacity: float = 1.0) -> float:
    """The contrast ratio of a color at an opacity on a background."""
    blended = [
        one * opacity + other * (1 - opacity)
        for one, other in zip(rgb_parts(color), rgb_parts(background), strict=True)
    ]
    low, high = sorted((luminance(blended), luminance(rgb_parts(background))))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", THEMES)
def test_text_has_enough_contrast_at_every_opacity(name):
    theme = shipped_theme(name)
    for color in (theme.ink, theme.muted, theme.label):
        assert contrast(color, theme.background, theme.default_opacity) >= TEXT
    for color in (theme.conflict, theme.added, theme.removed, theme.changed, theme.accent):
        assert contrast(color, theme.background) >= TEXT
    assert contrast(theme.badge_ink, theme.badge) >= TEXT


@pytest.mark.parametrize("name", THEMES)
def test_lines_have_enough_contrast_at_every_opacity(name):
    theme = shipped_theme(name)
    for color in (theme.flow, theme.control, theme.ghost):
        assert contrast(color, theme.background, theme.default_opacity) >= LINE
    for style in theme.groups.values():
        assert contrast(style.border, theme.background) >= LINE


def test_every_theme_has_the_same_group_kinds():
    kinds = {name: sorted(shipped_theme(name).groups) for name in THEMES}
    assert kinds["light"] == kinds["dark"] == kinds["print"]


def test_the_print_theme_fills_nothing():
    theme = shipped_theme("print")
    shapes = [shape for kind in ChangeKind for shape in badge_shapes(Badge("new", kind), Point(0, 0), theme, METRICS)]
    assert {shape.fill for shape in shapes if isinstance(shape, Rectangle)} == {theme.background}
    assert not theme.fills


def test_nested_frames_have_different_line_styles_in_print():
    theme = shipped_theme("print")
    nested = [theme.group_style(kind).dash for kind in ("cloud", "region", "vpc", "cluster")]
    assert len(set(nested)) == len(nested)
    assert len({kind.dash for kind in ChangeKind}) == len(ChangeKind)


def test_the_theme_does_not_change_positions():
    nodes = "group vpc\nusers 0,0\n~web 1,0 in vpc\n?mesh at web\n!db 2,0 in vpc\n"
    drawn = architecture(nodes + "users > web #1: asks\nweb >> db: reads")
    placement = layout_architecture(drawn, METRICS, find_graphviz())
    positions = {
        name: [
            (item.id, item.box, [shape.box for shape in item.shapes if isinstance(shape, TextShape | Icon)])
            for item in compose(placement, shipped_theme(name)).items
        ]
        for name in THEMES
    }
    assert positions["light"] == positions["dark"] == positions["print"]


@pytest.mark.parametrize("name", sorted(file.stem for file in GLYPH_FOLDER.glob("*.svg")))
def test_print_glyphs_are_black_on_white(name):
    glyph = bundled_glyph(name + shipped_theme("print").icon_form)
    assert glyph is not None
    colors = {found.upper() for found in re.findall(rb"#[0-9A-Fa-f]{6}", glyph)}
    assert colors == {b"#FFFFFF", b"#000000"}
    assert QSvgRenderer(QByteArray(glyph)).isValid()


def test_the_print_theme_has_an_outlined_unknown_icon():
    suffix = shipped_theme("print").icon_form
    assert bundled_glyph("no-such-thing" + suffix) == bundled_glyph("unknown" + suffix)
