"""All glyphs have the same tile, line width and margin, and the colors of their categories."""

from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from explorer.storage.icons.source import GLYPH_FOLDER

SVG = "{http://www.w3.org/2000/svg}"
CATEGORIES = {"#ED7100", "#8C4FFF", "#DD344C", "#E7157B", "#7AA116", "#C925D1", "#232F3E", "#5F6B7A"}
FRAMES = {"#242F3E", "#FFFFFF", "#E7157B", "#00A4A6", "#8C4FFF", "#7AA116", "#ED7100", "#7D8998"}
GRID, MARGIN, LINE_WIDTH = 64, 10, "2.5"
GROUP_GRID, GROUP_MARGIN, GROUP_LINE_WIDTH = 40, 5.5, "1.8"
FILES = sorted(GLYPH_FOLDER.glob("*.svg"))


def is_group(file):
    return file.stem.startswith("group-")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_glyph_is_a_tile_with_a_pictogram_of_one_line_width(file):
    root = ElementTree.parse(file).getroot()
    tile, *_, pictogram = root
    side = GROUP_GRID if is_group(file) else GRID
    assert root.get("viewBox") == f"0 0 {side} {side}"
    assert (tile.tag, tile.get("width"), tile.get("height")) == (f"{SVG}rect", str(side), str(side))
    assert tile.get("rx") == (None if is_group(file) else "12"), "only node tiles have rounded corners"
    assert tile.get("fill") in (FRAMES if is_group(file) else CATEGORIES)
    assert pictogram.get("stroke-width") == (GROUP_LINE_WIDTH if is_group(file) else LINE_WIDTH)
    drawn = {shape.get("stroke-width") for shape in pictogram if shape.get("stroke") in (None, "#FFFFFF")}
    assert drawn <= {None}, "no line has its own width"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_pictogram_is_centered_in_its_tile_within_the_margin(file):
    side, margin = (GROUP_GRID, GROUP_MARGIN) if is_group(file) else (GRID, MARGIN)
    left, top, right, bottom = pictogram_bounds(file, side)
    assert min(left, top, side - right, side - bottom) >= margin - 0.5
    assert max(right - left, bottom - top) >= 0.5 * side
    assert abs((left + right) / 2 - side / 2) <= 2.5
    assert abs((top + bottom) / 2 - side / 2) <= 2.5


def pictogram_bounds(file, side, scale=2):
    """The left, top, right and bottom of the pictogram on the tile, in grid units."""
    tile = QColor(ElementTree.parse(file).getroot()[0].get("fill"))
    image = QImage(side * scale, side * scale, QImage.Format.Format_RGB32)
    image.fill(tile)
    painter = QPainter(image)
    QSvgRenderer(str(file)).render(painter, QRectF(image.rect()))
    painter.end()
    border = 4 * scale
    inside = range(border, side * scale - border)
    pixels = [(x, y) for y in inside for x in inside if color_distance(image.pixelColor(x, y), tile) > 150]
    xs, ys = zip(*pixels, strict=True)
    return min(xs) / scale, min(ys) / scale, (max(xs) + 1) / scale, (max(ys) + 1) / scale


def color_distance(one, other):
    return sum(abs(a - b) for a, b in zip(one.getRgb()[:3], other.getRgb()[:3], strict=True))
