"""Draws all glyphs on one sheet, beside the AWS icon of the same name if it is installed.

    python packaging/glyph_sheet.py SHEET.png [NAME...]     every size, on both backgrounds, beside the AWS icon
    python packaging/glyph_sheet.py --names OVERVIEW.png    every glyph once, with its name

Use it to review a changed glyph. The sizes are those of diagrams, plus 128 px for details.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from explorer.qt.fonts import font_family
from explorer.storage.icons.source import GLYPH_FOLDER, bundled_glyph, default_icon_source

BACKGROUNDS = ("#FFFFFF", "#10161F")
INK = "#5B6777"
SIZES = (24, 48, 64)
LARGE = 128
GAP, ROW, LABEL = 10, 150, 110


def main(arguments: list[str]) -> int:
    """Write the sheet; return the exit status."""
    overview = arguments[:1] == ["--names"]
    target, *names = arguments[overview:] or [""]
    if not target:
        print(__doc__)
        return 2
    names = names or sorted(file.stem for file in GLYPH_FOLDER.glob("*.svg"))
    app = QGuiApplication(["glyphs"])
    assert app is not None
    image = _overview(names) if overview else _sheet(names)
    return 0 if image.save(target) else 1


def _overview(names: list[str], columns: int = 9, cell: int = 132) -> QImage:
    rows = -(-len(names) // columns)
    image = QImage(columns * cell, rows * (cell - GAP), QImage.Format.Format_RGB32)
    image.fill(QColor(BACKGROUNDS[0]))
    painter = QPainter(image)
    painter.setFont(QFont(font_family(), 9))
    painter.setPen(QColor(INK))
    for index, name in enumerate(names):
        x, y = index % columns * cell, index // columns * (cell - GAP)
        _draw(painter, bundled_glyph(name), QPointF(x + (cell - 64) / 2, y + GAP), 64)
        place = QRectF(x, y + 64 + 1.5 * GAP, cell, 2 * GAP)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, name)
    painter.end()
    return image


def _sheet(names: list[str]) -> QImage:
    strip = sum(SIZES) + GAP * (len(SIZES) + 1)
    width = LABEL + 2 * LARGE + 2 * GAP + len(BACKGROUNDS) * strip
    columns = max(1, min(3, len(names) // 6))
    rows = -(-len(names) // columns)
    image = QImage(columns * (width + 3 * GAP), rows * ROW, QImage.Format.Format_RGB32)
    image.fill(QColor("#EEF1F5"))
    painter = QPainter(image)
    source = default_icon_source()
    for index, name in enumerate(names):
        x, y = index // rows * (width + 3 * GAP), index % rows * ROW
        painter.setPen(QColor(INK))
        painter.drawText(QRectF(x + GAP, y, LABEL - GAP, ROW), Qt.AlignmentFlag.AlignVCenter, name)
        glyph, official = bundled_glyph(name), source.official_svg(name)
        _draw(painter, glyph, QPointF(x + LABEL, y + GAP), LARGE)
        _draw(painter, official, QPointF(x + LABEL + LARGE + GAP, y + GAP), LARGE)
        left = x + LABEL + 2 * (LARGE + GAP)
        for background in BACKGROUNDS:
            painter.fillRect(QRectF(left, y, strip, ROW), QColor(background))
            at = left + GAP
            for size in SIZES:
                _draw(painter, glyph, QPointF(at, y + 2), size)
                _draw(painter, official, QPointF(at, y + 2 + 64 + GAP), size)
                at += size + GAP
            left += strip
    painter.end()
    return image


def _draw(painter: QPainter, data: bytes | None, at: QPointF, size: int) -> None:
    if data is not None:
        renderer = QSvgRenderer(QByteArray(data))
        renderer.render(painter, QRectF(at.x(), at.y(), size, size))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
