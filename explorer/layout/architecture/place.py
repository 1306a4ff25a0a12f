"""An architecture to its placement: sizes first, then boxes from Graphviz, then paths, then labels."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from explorer.core.model.architecture import Architecture, Edge, Group
from explorer.core.model.pack import GroupId, NodeId
from explorer.layout.geometry import Box, Line, PlacedEdge, PlacedGroup, PlacedNode, Placement, Point, around
from explorer.layout.graphviz import dot
from explorer.layout.measured_nodes import (
    ICON,
    NAME_SIZE,
    SMALL_SIZE,
    TILE,
    WIDTH,
    Slot,
    broken,
    plain,
    slots,
    title_width,
)
from explorer.layout.page import (
    EDGE_OF_PAGE,
    HIGHEST,
    NATURAL,
    WIDE_ENOUGH,
    Shape,
    page_around,
    spread_for,
    spread_out,
)
from explorer.layout.reading_grid import Grid
from explorer.layout.routing.edge_labels import AIR, MOST_LINES, SHORTEST, forms, label_edges
from explorer.layout.routing.router import routes
from explorer.layout.routing.routing_grid import Site, Ways, border
from explorer.layout.text_metrics import Ruler

_ROUNDING = 1.6
_BADGE_ROOM = 26.0
_HEAD_ROOM = 8.0
_LEAST_TITLE, _TITLE_SHARE = 140.0, 0.45
"""Points, and of a wide frame the share, that a title may take at least."""


CENTRED_TITLES = frozenset({"zone", "security-group", "auto-scaling", "generic"})
"""Kinds of group whose title stands in the middle and without a tile, after AWS's diagram conventions."""


class Placer(Protocol):
    """Whatever turns DOT text into places."""

    def run(self, source: str) -> Mapping[str, Any]:
        """The answer to a DOT text, as parsed JSON."""
        ...


def place(architecture: Architecture, ruler: Ruler, placer: Placer, shape: Shape = NATURAL) -> Placement:
    """Where everything of an architecture stands; LayoutError when the layout program fails."""
    rooms = slots(architecture, ruler)
    if not rooms:
        return Placement((2 * EDGE_OF_PAGE, 2 * EDGE_OF_PAGE), (), (), ())
    sheet = sheet_of(architecture, rooms, ruler)
    places, frames = _boxes(sheet, placer)
    for abridged in () if shape.unabridged else (1, 2):
        if _drawing(sheet, places, frames).h <= HIGHEST - 2 * EDGE_OF_PAGE:
            break
        rooms = slots(architecture, ruler, abridged=abridged)
        sheet = sheet_of(architecture, rooms, ruler)
        places, frames = _boxes(sheet, placer)
    ancestors = {group.id: architecture.ancestors(group.id) for group in architecture.groups}
    inside = {n: ancestors[slot.node.group] if slot.node.group else () for n, slot in rooms.items()}
    drawing = _drawing(sheet, places, frames)
    spread = spread_for(shape, drawing.w, drawing.h, sheet.grid)
    places, frames = spread_out(places, frames, inside, sheet.grid, spread)
    groups = tuple(_group(group, frames[group.id], ruler) for group in architecture.groups)
    sites = {
        name: Site(
            _moved(slot.icon, places[name]),
            places[name],
            inside[name],
            bool(slot.companions),
        )
        for name, slot in rooms.items()
    }
    titles = [title_box(group) for group in groups]
    paths = routes(architecture, Ways.among(sites, titles, frames))
    solid = [*titles]
    for icon, room, _, _ in sites.values():
        solid.append(icon)
        solid.append(Box(room.x, icon.bottom, room.w, room.bottom - icon.bottom))
    borders = [piece for box in frames.values() for piece in border(box)]
    edges = label_edges(architecture.edges, paths, solid, borders, ruler)
    used = [_moved(slot.used, places[name]) for name, slot in rooms.items()]
    size, by = page_around([*used, *frames.values()], edges, shape)
    nodes = tuple(node for name, slot in rooms.items() for node in _placed(slot, _moved(places[name], by)))
    paths_and_words = tuple(_edge(edge, by) for edge in edges)
    return Placement(size, nodes, paths_and_words, tuple(_shifted(group, by) for group in groups))


def sheet_of(architecture: Architecture, rooms: Mapping[NodeId, Slot], ruler: Ruler) -> dot.Sheet:
    """What the layout program is asked to place, for the slots of an architecture."""
    titles = {g.id: title_width(g, ruler, g.kind not in CENTRED_TITLES) for g in architecture.groups}
    grid = Grid.of(architecture)
    return dot.Sheet(architecture, rooms, grid, titles, _wider(architecture, grid, ruler))


def _wider(architecture: Architecture, grid: Grid, ruler: Ruler) -> list[int]:
    """What each column takes at its right so that words on a straight path stand between frame lines.

    Words keep to as few lines as the width of a slide leaves them.
    """
    frames = {node.id: architecture.ancestors(node.group) for node in architecture.nodes}
    bare = grid.columns * WIDTH + (grid.columns - 1) * dot.BETWEEN_COLUMNS
    bare += (
        dot.MARGIN * max((len(frames[name]) for name in grid.stacks[-1]), default=0) if grid.columns else 0
    )
    found: list[int] = []
    for most in range(1, MOST_LINES + 2):  # at last, words may be cut short
        needed = {edge.id: _least(edge, most, ruler) for edge in architecture.edges if plain(edge.label)}
        found = _widened(architecture, grid, frames, needed)
        if bare + sum(found) <= WIDE_ENOUGH:
            break
    return found


def _least(edge: Edge, most: int, ruler: Ruler) -> float:
    """How wide an edge's words are at least, in at most so many lines if that can be."""
    if most > MOST_LINES:
        return SHORTEST
    known = forms(edge.label, ruler)
    few = [texts for texts in known if len(texts) <= most] or known[:1]
    return min(max(ruler.width(line, SMALL_SIZE) for line in texts) for texts in few)


def _widened(
    architecture: Architecture,
    grid: Grid,
    frames: Mapping[NodeId, Sequence[GroupId]],
    needed: Mapping[str, float],
) -> list[int]:
    """What each column takes for words that need so many points, by the edge's id."""
    found = [0] * grid.columns
    words: dict[frozenset[NodeId], list[Edge]] = {}
    for edge in architecture.edges:
        if edge.id in needed:
            words.setdefault(frozenset((edge.source, edge.target)), []).append(edge)
    beside = (WIDTH - ICON) / 2
    for column, left, right in grid.neighbours():
        for edge in words.get(frozenset((left, right)), ()):
            here, there = grid.stacks[column], grid.stacks[column + 1]
            closing = _deepest(frames, here, there, frames[left], frames[right])
            opening = _deepest(frames, there, here, frames[right], frames[left])
            at_left, at_right = beside - _taken(edge, left), beside - _taken(edge, right)
            between: float = dot.BETWEEN_COLUMNS - dot.MARGIN * (closing + opening)
            between += (0 if closing else at_left) + (0 if opening else at_right)
            inside = [at + dot.MARGIN for at, lines in ((at_left, closing), (at_right, opening)) if lines]
            width = needed[edge.id] + 2 * AIR + 1
            if width > max(between, *inside, 0.0):
                found[column] = max(found[column], math.ceil(width - between))
    return found


def _deepest(
    frames: Mapping[NodeId, Sequence[GroupId]],
    stack: Sequence[NodeId],
    other: Sequence[NodeId],
    mine: Sequence[GroupId],
    theirs: Sequence[GroupId],
) -> int:
    """How many frames' sides may stand one beside the other between a column and the next.

    Only the frames around one node and not around the other count, with all that are nested in
    them and end at the same column.
    """
    passed = {group for group in mine if group not in theirs}
    going_on = {group for name in other for group in frames[name]}
    return max(
        (
            sum(group in passed or group not in going_on for group in frames[name])
            for name in stack
            if passed.intersection(frames[name])
        ),
        default=0,
    )


def _taken(edge: Edge, end: NodeId) -> float:
    """What an edge's head or number takes of the room beside one of its ends."""
    if edge.target == end:
        return _HEAD_ROOM
    return _BADGE_ROOM if edge.step is not None else 0.0


def _drawing(sheet: dot.Sheet, places: Mapping[NodeId, Box], frames: Mapping[GroupId, Box]) -> Box:
    """What slots and frames take together."""
    used = (_moved(slot.used, places[name]) for name, slot in sheet.slots.items())
    return around([*frames.values(), *used])


def _boxes(sheet: dot.Sheet, placer: Placer) -> tuple[dict[NodeId, Box], dict[GroupId, Box]]:
    """Boxes of slots and frames in the reading order, or what the program gave last."""
    places: dict[NodeId, Box] = {}
    frames: dict[GroupId, Box] = {}
    for source in dot.sources(sheet):
        places, frames = dot.boxes(placer.run(source), sheet)
        if _snapped(places, sheet.grid):
            break
    return places, frames


def _snapped(places: dict[NodeId, Box], grid: Grid) -> bool:
    """Whether lines and columns are in order and in line; they are put in line where only rounding is off."""
    lined = [(tuple(name for _, name in line), "y") for line in grid.lines]
    for names, field in (*lined, *((stack, "x") for stack in grid.stacks)):
        values = [getattr(places[name], field) for name in names]
        if max(values) - min(values) > _ROUNDING:
            return False
        for name in names:
            places[name] = places[name]._replace(**{field: values[0]})
    lines = [places[line[0][1]].y for line in grid.lines]
    stacks = [places[stack[0]].x for stack in grid.stacks]
    return lines == sorted(lines) and stacks == sorted(stacks)


def _moved(box: Box, by: Box) -> Box:
    x, y, w, h = box
    return Box(x + by[0], y + by[1], w, h)


def _moved_lines(lines: Sequence[Line], by: Box) -> tuple[Line, ...]:
    return tuple(
        [
            Line(text, _moved(box, by), size, bold, muted, centred)
            for text, box, size, bold, muted, centred in lines
        ]
    )


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
    if box.w > 2 * WIDTH:  # a long title would bar the way between the columns beneath it
        room = min(room, max(box.w * _TITLE_SHARE, _LEAST_TITLE))
    texts = broken(ruler, group.label, room, 1, NAME_SIZE, bold=True)
    text = texts[0] if texts else ""
    width = ruler.width(text, NAME_SIZE, bold=True)
    x = box.centre.x - width / 2 if centred else box.x + TILE + 6
    height = ruler.height(NAME_SIZE)
    title = Line(text, Box(x, box.y + (TILE - height) / 2 + 1, width, height), NAME_SIZE, True, False, False)
    return PlacedGroup(group, box, title, tile)


def title_box(group: PlacedGroup) -> Box:
    """The room of a group's title, its tile included."""
    box = group.title.box
    if group.tile is None:
        return box
    return Box(group.tile.x, group.tile.y, box.right - group.tile.x, max(group.tile.h, box.h))


def _edge(edge: PlacedEdge, by: Box) -> PlacedEdge:
    dx, dy, _, _ = by
    return PlacedEdge(
        edge.edge,
        tuple([Point(x + dx, y + dy) for x, y in edge.points]),
        _moved_lines(edge.label, by),
        None if edge.badge is None else Point(edge.badge.x + dx, edge.badge.y + dy),
    )


def _shifted(group: PlacedGroup, by: Box) -> PlacedGroup:
    return PlacedGroup(
        group.group,
        _moved(group.box, by),
        group.title._replace(box=_moved(group.title.box, by)),
        None if group.tile is None else _moved(group.tile, by),
    )
