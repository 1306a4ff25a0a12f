"""Ports: the points where a path can leave or enter a node, and the least cost of a path between two ports."""

from __future__ import annotations

from typing import NamedTuple

from explorer.layout.routing.routing_grid import CLEARANCE, Obstacle, RoutingGrid

BEND_COST = 26.0
"""Cost of one bend, in points of path length."""

BELOW_NAME_COST = 10.0
BELOW_COMPANIONS_COST = 45.0
"""Cost of leaving or entering below a node's text, and below its companions."""

BELOW_NAME_GAP = 2.0
"""Points between a node's text and a port below it."""

PORT_SPACING = 14.0
"""Points between two ports on the same side of an icon."""

_OFF_CENTER_PORT_COST = 16.0
"""Cost of each port that is nearer to the middle of the side."""


class Port(NamedTuple):
    """A point where a path leaves or enters a node, its direction, and the cost of using it."""

    x: float
    y: float
    vertical: bool
    forward: bool
    cost: float


def free_ports(node: Obstacle, other: Obstacle, max_per_side: int, grid: RoutingGrid) -> list[Port]:
    """Return the free ports of a node, at most `max_per_side` for each side, from the middle toward `other`."""
    icon, bounds, used = node.icon_box, node.bounds, grid.used_ends
    x, y = icon.center
    across = PORT_SPACING if other.icon_box.center.x > x else -PORT_SPACING
    down = PORT_SPACING if other.icon_box.center.y > y else -PORT_SPACING
    right = [(icon.right, y + offset) for offset in (0.0, down, -down)]
    left = [(icon.x, y + offset) for offset in (0.0, down, -down)]
    top = [(x + offset, icon.y) for offset in (0.0, across, -across)]
    bottom = [(x + offset, bounds.bottom + BELOW_NAME_GAP) for offset in (0.0, across, -across)]
    bottom_cost = bounds.bottom - y + (BELOW_COMPANIONS_COST if node.has_companions else BELOW_NAME_COST)
    ports: list[Port] = []
    for points, vertical, forward, cost in (
        (right, False, True, 0.0),
        (left, False, False, 0.0),
        (top, True, False, 0.0),
        (bottom, True, True, bottom_cost),
    ):
        if points[0] in grid.labeled_ends and not used.isdisjoint(points[1:]):
            continue
        free = [
            Port(*point, vertical, forward, cost + _OFF_CENTER_PORT_COST * index)
            for index, point in enumerate(points)
            if point not in used
        ]
        middle_is_free = bool(free) and free[0].cost == cost
        ports.extend(free[: 1 if middle_is_free and max_per_side == 2 else max_per_side])
    return ports


def min_cost(a: Port, b: Port) -> float:
    """Return the least cost of any path between two ports."""
    dx, dy = b.x - a.x, b.y - a.y
    length = abs(dx) + abs(dy) + a.cost + b.cost
    if a.vertical != b.vertical:
        one_bend = is_ahead(a, b.x, b.y) and is_ahead(b, a.x, a.y)
        return length + (BEND_COST if one_bend else 3 * BEND_COST)
    if a.forward == b.forward:
        return length + 2 * BEND_COST
    if is_ahead(a, b.x, b.y):
        return length + (0 if (dx if a.vertical else dy) == 0 else 2 * BEND_COST)
    return length + 4 * BEND_COST


def is_ahead(port: Port, x: float, y: float) -> bool:
    """Whether a point lies in the direction of a port, far enough for a bend."""
    distance = y - port.y if port.vertical else x - port.x
    return distance > CLEARANCE if port.forward else distance < -CLEARANCE
