"""A small picture on a canvas, and helpers that send pointer and keyboard events."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from explorer.layout.geometry import Box, Point
from explorer.render.picture import Item, ItemKind, Picture, Polyline, Rectangle, Stroke
from explorer.ui.diagram.canvas import Canvas

INK = "#16191f"


def node(name: str, x: float, y: float) -> Item:
    """A node with its top left corner at a point."""
    box = Box(x, y, 60, 60)
    return Item(name, ItemKind.NODE, name.title(), f"about {name}", box, (Rectangle(box, fill="#ED7100"),))


def edge(start: Item, end: Item) -> Item:
    """An arrow from one node to another."""
    a, b = start.box.center, end.box.center
    points = (Point(a.x + 30, a.y), Point(b.x - 30, b.y))
    box = Box(a.x + 30, min(a.y, b.y) - 4, b.x - a.x - 60, abs(a.y - b.y) + 8)
    line = Polyline(points, Stroke(INK, 1.25), 6, True)
    return Item(f"{start.id}>{end.id}", ItemKind.EDGE, f"{start.id} to {end.id}", "", box, (line,))


USERS, ECS, LOGS, STORE = (
    node("users", 20, 40),
    node("ecs", 220, 40),
    node("logs", 420, 40),
    node("store", 220, 200),
)
GROUP = Item(
    "vpc",
    ItemKind.GROUP,
    "VPC",
    "",
    Box(180, 10, 330, 280),
    (Rectangle(Box(180, 10, 330, 280), Stroke(INK, 1)),),
)


def picture(*items: Item, size: tuple[float, float] = (560, 300)) -> Picture:
    return Picture(size, "#ffffff", items)


PLAIN = picture(GROUP, USERS, ECS, LOGS, STORE, edge(USERS, ECS), edge(ECS, LOGS))


def canvas_in_window(qtbot: QtBot) -> Canvas:
    """A visible canvas that shows the plain picture."""
    canvas = Canvas(name="Architecture")
    qtbot.addWidget(canvas)
    canvas.resize(800, 500)
    with qtbot.waitExposed(canvas):
        canvas.show()
    canvas.show_picture(PLAIN)
    return canvas


def put_between_buttons(canvas: Canvas, qtbot: QtBot) -> tuple[QWidget, QPushButton, QPushButton]:
    """A window with a focused button before the canvas, and another button after it."""
    window = QWidget()
    qtbot.addWidget(window)
    before, after = QPushButton("before"), QPushButton("after")
    row = QHBoxLayout(window)
    for widget in (before, canvas, after):
        row.addWidget(widget)
    QWidget.setTabOrder(before, canvas)
    QWidget.setTabOrder(canvas, after)
    window.resize(1000, 500)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    before.setFocus()
    return window, before, after


def spot(canvas: Canvas, x: float, y: float) -> QPoint:
    return canvas.mapFromScene(QPointF(x, y))


def middle(canvas: Canvas, item: Item) -> QPoint:
    return spot(canvas, *item.box.center)


def click(canvas: Canvas, where: QPoint) -> None:
    QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=where)


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None, "no widget has the focus"
    QTest.keyClick(focused, key, modifier)


def turn_wheel(canvas: Canvas, where: QPoint, clicks: int = 1) -> None:
    event = QWheelEvent(
        QPointF(where),
        canvas.viewport().mapToGlobal(QPointF(where)),
        QPoint(),
        QPoint(0, 120 * clicks),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas.viewport(), event)


def in_place(canvas: Canvas, shown: Picture) -> bool:
    return all(canvas.drawn_item(item.id).item == item for item in shown.items)
