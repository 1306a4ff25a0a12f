"""Keyboard navigation on a picture: the order of the Tab key, and the targets of the arrow keys."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, Qt

from explorer.layout.geometry import Point
from explorer.render.picture import Item, ItemKind

ARROW_KEYS = {
    int(Qt.Key.Key_Left): Point(-1, 0),
    int(Qt.Key.Key_Right): Point(1, 0),
    int(Qt.Key.Key_Up): Point(0, -1),
    int(Qt.Key.Key_Down): Point(0, 1),
}
"""The direction of each arrow key; y points down."""

SELECT_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


def reading_order(items: Iterable[Item]) -> tuple[Item, ...]:
    """The items in Tab order: nodes, then edges, then groups, each in rows from left to right."""
    ordered: list[Item] = []
    all_items = tuple(items)
    for kind in (ItemKind.NODE, ItemKind.EDGE, ItemKind.GROUP):
        rows: list[list[Item]] = []
        of_kind = (item for item in all_items if item.kind is kind)
        for item in sorted(of_kind, key=lambda item: item.box.center.y):
            if rows and item.box.center.y < rows[-1][0].box.bottom:
                rows[-1].append(item)
            else:
                rows.append([item])
        for row in rows:
            ordered += sorted(row, key=lambda item: item.box.center.x)
    return tuple(ordered)


def nearest_in_direction(start: Point, direction: Point, items: Iterable[Item]) -> Item | None:
    """The nearest item in a direction, or None. Distance across the direction counts twice."""

    def distance(item: Item) -> float:
        x, y = item.box.center.x - start.x, item.box.center.y - start.y
        along, across = x * direction.x + y * direction.y, abs(x * direction.y - y * direction.x)
        return along + 2 * across if along > 1 else float("inf")

    found = min(items, key=distance, default=None)
    return found if found is not None and distance(found) < float("inf") else None


def pan_to_reveal(place: QRectF, visible: QRectF) -> QPointF:
    """The smallest pan in pixels that moves a place into the visible area; (0, 0) if it is visible."""
    x = min(0.0, visible.right() - place.right()) or max(0.0, visible.left() - place.left())
    y = min(0.0, visible.bottom() - place.bottom()) or max(0.0, visible.top() - place.top())
    return QPointF(x, y)
