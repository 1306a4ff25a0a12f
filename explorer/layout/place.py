"""An architecture to its placement: sizes first, then boxes from Graphviz, then paths, then labels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from explorer.core.architecture import Architecture, Group
from explorer.core.pack import GroupId
from explorer.layout import dot
from explorer.layout.labels import BADGE, label_edges
from explorer.layout.placement import Box, Line, PlacedEdge, PlacedGroup, PlacedNode, Placement, Point
from explorer.layout.route import Site, Ways, border, routes
from explorer.layout.ruler import Ruler
from explorer.layout.slots import NAME_SIZE, TILE, Slot, broken, slots, title_width

EDGE_OF_PAGE = 12.0
"""Points of empty page around the drawing."""

_ROUNDING = 1.6

CENTRED_TITLES = frozenset({"zone", "security-group", "auto-scaling", "generic"})
"""Kinds of group whose title stands in the middle and without a tile, after AWS's diagram conventions."""


class Placer(Protocol):
    """Whatever turns DOT text into places."""

    def run(self, source: str) -> Mapping[str, object]:
        """The answer to a DOT text, as parsed JSON."""
        ...


def place(architecture: Architecture, ruler: Ruler, placer: Placer) -> Placement:
    """Where everything of an architecture stands; LayoutError when the layout program fails."""
    rooms = slots(architecture, ruler)
    if not rooms:
        return Placement((2 * EDGE_OF_PAGE, 2 * EDGE_OF_PAGE), (), (), ())
    titles = {g.id: title_width(g, ruler, g.kind not in CENTRED_TITLES) for g in architecture.groups}
    answer = placer.run(dot.source(architecture, rooms, titles))
    places, frames = dot.boxes(answer, rooms, architecture.groups)
    places = _in_line(places)
    groups = tuple(_group(group, frames[group.id], ruler) for group in architecture.groups)
    nodes = tuple(node for name, slot in rooms.items() for node in _placed(slot, places[name]))
    sites = {
        name: Site(_moved(slot.icon, places[name]), _room(slot, places[name]), architecture.ancestors(slot.node.group))
        for name, slot in rooms.items()
    }
    ways = Ways.among(sites, [_title_box(group) for group in groups], frames)
    paths = routes(architecture, ways)
    solid = [box for node in nodes for box in (node.frame, *(line.box for line in node.lines))]
    solid.extend(_title_box(group) for group in groups)
    borders = [piece for box in frames.values() for piece in border(box)]
    edges = label_edges(architecture.edges, paths, solid, borders, ruler)
    return _on_page(nodes, edges, groups)


def _in_line(places: dict[str, Box]) -> dict[str, Box]:
    """The boxes with rows and columns exactly in line: the program answers in rounded numbers."""
    rows: list[float] = []
    columns: list[float] = []

    def snapped(value: float, known: list[float]) -> float:
        for other in known:
            if abs(other - value) < _ROUNDING:
                return other
        known.append(value)
        return value

    return {
        name: Box(snapped(box.x, columns), snapped(box.y, rows), box.w, box.h) for name, box in places.items()
    }


def _moved(box: Box, place: Box) -> Box:
    return Box(box.x + place.x, box.y + place.y, box.w, box.h)


def _moved_lines(lines: tuple[Line, ...], place: Box) -> tuple[Line, ...]:
    return tuple(line._replace(box=_moved(line.box, place)) for line in lines)


def _room(slot: Slot, place: Box) -> Box:
    """The part of a slot that is really used: as wide as its icon, words and companions."""
    used = [slot.icon, *(line.box for line in slot.lines), *(c.frame for c in slot.companions)]
    left = min(box.x for box in used)
    right = max(box.right for box in used)
    return Box(place.x + left, place.y, right - left, slot.size[1])


def _placed(slot: Slot, place: Box) -> list[PlacedNode]:
    icon = _moved(slot.icon, place)
    nodes = [PlacedNode(slot.node, icon, _moved_lines(slot.lines, place), icon)]
    for companion in slot.companions:
        nodes.append(
            PlacedNode(
                companion.node,
                _moved(companion.icon, place),
                _moved_lines(companion.lines, place),
                _moved(companion.frame, place),
            )
        )
    return nodes


def _group(group: Group, box: Box, ruler: Ruler) -> PlacedGroup:
    centred = group.kind in CENTRED_TITLES
    tile = None if centred else Box(box.x, box.y, TILE, TILE)
    room = box.w - (8 if centred else TILE + 8)
    texts = broken(ruler, group.label, room, 1, NAME_SIZE, bold=True)
    text = texts[0] if texts else ""
    width = ruler.width(text, NAME_SIZE, bold=True)
    x = box.centre.x - width / 2 if centred else box.x + TILE + 6
    height = ruler.height(NAME_SIZE)
    title = Line(text, Box(x, box.y + (TILE - height) / 2 + 1, width, height), NAME_SIZE, True, False, False)
    return PlacedGroup(group, box, title, tile)


def _title_box(group: PlacedGroup) -> Box:
    box = group.title.box
    if group.tile is None:
        return box
    return Box(group.tile.x, group.tile.y, box.right - group.tile.x, TILE)


def _on_page(
    nodes: tuple[PlacedNode, ...], edges: tuple[PlacedEdge, ...], groups: tuple[PlacedGroup, ...]
) -> Placement:
    """The same drawing moved so that it starts at the page's margin, with the page's size."""
    used = [box for node in nodes for box in (node.frame, *(line.box for line in node.lines))]
    used.extend(group.box for group in groups)
    for edge in edges:
        used.extend(Box(point.x, point.y, 0, 0) for point in edge.points)
        used.extend(line.box for line in edge.label)
        if edge.badge is not None:
            used.append(Box(edge.badge.x - BADGE, edge.badge.y - BADGE, 2 * BADGE, 2 * BADGE))
    left = min(box.x for box in used) - EDGE_OF_PAGE
    top = min(box.y for box in used) - EDGE_OF_PAGE
    right = max(box.right for box in used) + EDGE_OF_PAGE
    bottom = max(box.bottom for box in used) + EDGE_OF_PAGE
    by = Box(-left, -top, 0, 0)
    return Placement(
        (right - left, bottom - top),
        tuple(
            PlacedNode(n.node, _moved(n.box, by), _moved_lines(n.lines, by), _moved(n.frame, by)) for n in nodes
        ),
        tuple(
            PlacedEdge(
                e.edge,
                tuple(Point(p.x + by.x, p.y + by.y) for p in e.points),
                _moved_lines(e.label, by),
                None if e.badge is None else Point(e.badge.x + by.x, e.badge.y + by.y),
            )
            for e in edges
        ),
        tuple(
            PlacedGroup(
                g.group,
                _moved(g.box, by),
                g.title._replace(box=_moved(g.title.box, by)),
                None if g.tile is None else _moved(g.tile, by),
            )
            for g in groups
        ),
    )
