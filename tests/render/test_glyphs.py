"""Our glyphs are of one hand: one tile, one line weight, one margin, and the colours of the categories."""

from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from explorer.storage.icons.source import GLYPH_FOLDER

SVG = "{http://www.w3.org/2000/svg}"
CATEGORIES = {"#ED7100", "#8C4FFF", "#DD344C", "#E7157B", "#7AA116", "#C925D1", "#232F3E", "#5F6B7A"}
FRAMES = {"#242F3E", "#FFFFFF", "#E7157B", "#00A4A6", "#8C4FFF", "#7AA116", "#ED7100", "#7D8998"}
GRID, MARGIN, WEIGHT = 64, 10, "2.5"
GROUP_GRID, GROUP_MARGIN, GROUP_WEIGHT = 40, 5.5, "1.8"
FILES = sorted(GLYPH_FOLDER.glob("*.svg"))


def is_group(file):
    return file.stem.startswith("group-")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_glyph_is_a_tile_with_a_pictogram_of_one_line_weight(file):
    root = ElementTree.parse(file).getroot()
    tile, *_, pictogram = root
    side = GROUP_GRID if is_group(file) else GRID
    assert root.get("viewBox") == f"0 0 {side} {side}"
    assert (tile.tag, tile.get("width"), tile.get("height")) == (f"{SVG}rect", str(side), str(side))
    assert tile.get("rx") == (None if is_group(file) else "12"), "groups fill their corner, nodes are round"
    assert tile.get("fill") in (FRAMES if is_group(file) else CATEGORIES)
    assert pictogram.get("stroke-width") == (GROUP_WEIGHT if is_group(file) else WEIGHT)
    drawn = {shape.get("stroke-width") for shape in pictogram if shape.get("stroke") in (None, "#FFFFFF")}
    assert drawn <= {None}, "no line has a weight of its own"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_pictogram_keeps_to_its_margin_in_the_middle_of_its_tile(file):
    side, margin = (GROUP_GRID, GROUP_MARGIN) if is_group(file) else (GRID, MARGIN)
    left, top, right, bottom = white_of(file, side)
    assert min(left, top, side - right, side - bottom) >= margin - 0.5, "nothing comes near the edge"
    assert max(right - left, bottom - top) >= 0.5 * side, "and it fills what it has"
    assert abs((left + right) / 2 - side / 2) <= 2.5, "in the middle"
    assert abs((top + bottom) / 2 - side / 2) <= 2.5, "in the middle"


def white_of(file, side, scale=2):
    """Left, top, right and bottom of what stands out from the tile, in the units of the grid."""
    tile = QColor(ElementTree.parse(file).getroot()[0].get("fill"))
    image = QImage(side * scale, side * scale, QImage.Format.Format_RGB32)
    image.fill(tile)
    painter = QPainter(image)
    QSvgRenderer(str(file)).render(painter, QRectF(image.rect()))
    painter.end()
    rim = 4 * scale
    within = range(rim, side * scale - rim)
    spots = [(x, y) for y in within for x in within if apart(image.pixelColor(x, y), tile) > 150]
    xs, ys = zip(*spots, strict=True)
    return min(xs) / scale, min(ys) / scale, (max(xs) + 1) / scale, (max(ys) + 1) / scale


def apart(one, other):
    return sum(abs(a - b) for a, b in zip(one.getRgb()[:3], other.getRgb()[:3], strict=True))
