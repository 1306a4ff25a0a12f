"""Draws twelve outcomes of the shipped packs on one sheet: `python docs/contact_sheet.py`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[1]))

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter

from explorer.core.model.pack import AnswerId, QuestionId
from explorer.core.session.session_state import SessionState
from explorer.core.session.workspace import Workspace
from explorer.core.solver.constraints import compile_pack
from explorer.export.request import build, engine
from explorer.export.request.request import CaptionParts, Options
from explorer.qt.painter import IconPainter, paint_picture
from explorer.render.picture import Picture
from explorer.storage.packs.loader import load_pack
from explorer.storage.resources import default_pack_folder

SHEET = Path(__file__).parent / "images" / "outcomes.png"
WIDTH, HEIGHT, GAP, COLUMNS = 960, 540, 12, 3
SHEET_WIDTH = 1950
"""Width of the final sheet, in pixels."""


OUTCOMES: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("aws-containers", "light", {}),
    ("aws-containers", "light", {"location": "hybrid", "kubernetes": "required", "gpu": "yes"}),
    ("aws-containers", "dark", {"kubernetes": "required", "discovery": "traffic_control"}),
    ("aws-containers", "light", {"location": "edge"}),
    ("aws-containers", "print", {"operations": "hosts_ok", "placement": "availability", "gpu": "yes"}),
    ("aws-containers", "light", {"location": "on_premises", "load_balancer": "no"}),
    ("aws-containers", "dark", {"location": "hybrid", "discovery": "by_name"}),
    ("aws-containers", "light", {"location": "disconnected", "kubernetes": "required"}),
    ("aws-containers", "light", {"cost": "lowest", "interruptible": "yes", "image_scanning": "continuous"}),
    ("aws-messaging", "light", {"pattern": "events", "reach": "accounts"}),
    ("aws-messaging", "dark", {"pattern": "stream", "clients": "kafka", "sources": "aws_saas"}),
    (
        "aws-messaging",
        "print",
        {"pattern": "fan_out", "clients": "broker", "delay": "later", "size": "large"},
    ),
)
"""Pack, theme and answers of each outcome."""


def main() -> None:
    """Write the sheet."""
    engine.ensure_qt()
    engines = {
        name: engine.create_engine(compile_pack(load_pack(default_pack_folder().parent / name)))
        for name in {one[0] for one in OUTCOMES}
    }
    rows = -(-len(OUTCOMES) // COLUMNS)
    sheet = QImage(COLUMNS * (WIDTH + GAP) + GAP, rows * (HEIGHT + GAP) + GAP, QImage.Format.Format_RGB32)
    sheet.fill(QColor("#8A94A3"))
    painter, icons = QPainter(sheet), IconPainter()
    for number, (pack, theme, given) in enumerate(OUTCOMES):
        answers = {QuestionId(question): AnswerId(answer) for question, answer in given.items()}
        options = Options(theme, aspect=WIDTH / HEIGHT, caption=CaptionParts.LEGEND)
        session = SessionState(Workspace(answers=answers, alternatives_shown=False))
        picture = build.request_for_session(engines[pack], session, options).picture
        row, column = divmod(number, COLUMNS)
        draw(painter, picture, GAP + column * (WIDTH + GAP), GAP + row * (HEIGHT + GAP), icons)
    painter.end()
    sheet.scaledToWidth(SHEET_WIDTH, Qt.TransformationMode.SmoothTransformation).save(str(SHEET))


def draw(painter: QPainter, picture: Picture, x: float, y: float, icons: IconPainter) -> None:
    """Draw a picture into its cell."""
    scale = min(WIDTH / picture.size[0], HEIGHT / picture.size[1])
    painter.save()
    painter.translate(x, y)
    painter.fillRect(0, 0, WIDTH, HEIGHT, QColor(picture.background or "#FFFFFF"))
    painter.translate((WIDTH - picture.size[0] * scale) / 2, (HEIGHT - picture.size[1] * scale) / 2)
    painter.scale(scale, scale)
    paint_picture(painter, picture, icons, background=False)
    painter.restore()


if __name__ == "__main__":
    main()
