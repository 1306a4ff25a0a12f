"""An architecture to its placement: sizes first, then boxes from Graphviz, then paths, then labels."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from explorer.core.model.architecture import Architecture, Edge, Group
from explorer.core.model.pack import GroupId, NodeId
from explorer.layout.geometry import (
    Box,
    PlacedEdge,
    PlacedGroup,
    PlacedNode,
    Placement,
    Point,
    TextLine,
    bounding_box,
)
from explorer.layout.graphviz import dot
from explorer.layout.measured_nodes import (
    DETAIL_FONT_SIZE,
    GROUP_ICON_SIZE,
    ICON_SIZE,
    NAME_FONT_SIZE,
    NODE_WIDTH,
    MeasuredNode,
    group_title_width,
    measure_nodes,
    single_line,
    wrap_text,
)
from explorer.layout.page import (
    MAX_HEIGHT,
    MAX_WIDTH,
    NATURAL_SHAPE,
    PAGE_MARGIN,
    PageShape,
    fit_page,
    stretch_for,
    stretch_to_fill,
)
from explorer.layout.reading_grid import ReadingGrid
from explorer.layout.routing.edge_labels import (
    LABEL_CLEARANCE,
    MAX_LABEL_LINES,
    MIN_LABEL_WIDTH,
    label_edges,
    label_variants,
)
from explorer.layout.routing.router import route_edges
from explorer.layout.routing.routing_grid import Obstacle, RoutingGrid, box_sides
from explorer.layout.text_metrics import TextMetrics

_ROUNDING_TOLERANCE = 1.6
_STEP_CLEARANCE = 26.0
_ARROW_CLEARANCE = 8.0
_MIN_TITLE_WIDTH, _MAX_TITLE_SHARE = 140.0, 0.45
"""Points, and of a wide frame the share, that a title may take at least."""


CENTERED_TITLE_KINDS = frozenset({"zone", "security-group", "auto-scaling", "generic"})
"""Kinds of group whose title stands in the middle and without a tile, after AWS's diagram conventions."""


class LayoutEngine(Protocol):
    """Whatever turns DOT text into places."""

    def run(self, source: str) -> Mapping[str, Any]:
        """The answer to a DOT text, as parsed JSON."""
        ...


def layout_architecture(
    architecture: Architecture, ruler: TextMetrics, placer: LayoutEngine, shape: PageShape = NATURAL_SHAPE
) -> Placement:
    """Where everything of an architecture stands; LayoutError when the layout program fails."""
    rooms = measure_nodes(architecture, ruler)
    if not rooms:
        return Placement((2 * PAGE_MARGIN, 2 * PAGE_MARGIN), (), (), ())
    sheet = graph_input(architecture, rooms, ruler)
    places, frames = _run_engine(sheet, placer)
    for abridged in () if shape.full_text else (1, 2):
        if _content_bounds(sheet, places, frames).h <= MAX_HEIGHT - 2 * PAGE_MARGIN:
            break
        rooms = measure_nodes(architecture, ruler, abridged=abridged)
        sheet = graph_input(architecture, rooms, ruler)
        places, frames = _run_engine(sheet, placer)
    ancestors = {group.id: architecture.ancestors(group.id) for group in architecture.groups}
    inside = {n: ancestors[slot.node.group] if slot.node.group else () for n, slot in rooms.items()}
    drawing = _content_bounds(sheet, places, frames)
    spread = stretch_for(shape, drawing.w, drawing.h, sheet.grid)
    places, frames = stretch_to_fill(places, frames, inside, sheet.grid, spread)
    groups = tuple(_place_group(group, frames[group.id], ruler) for group in architecture.groups)
    sites = {
        name: Obstacle(
            _translate_box(slot.icon_box, places[name]),
            places[name],
            inside[name],
            bool(slot.companions),
        )
        for name, slot in rooms.items()
    }
    titles = [group_title_box(group) for group in groups]
    paths = route_edges(architecture, RoutingGrid.from_boxes(sites, titles, frames))
    solid = [*titles]
    for icon, room, _, _ in sites.values():
        solid.append(icon)
        solid.append(Box(room.x, icon.bottom, room.w, room.bottom - icon.bottom))
    borders = [piece for box in frames.values() for piece in box_sides(box)]
    edges = label_edges(architecture.edges, paths, solid, borders, ruler)
    used = [_translate_box(slot.content_box, places[name]) for name, slot in rooms.items()]
    size, by = fit_page([*used, *frames.values()], edges, shape)
    nodes = tuple(node for name, slot in rooms.items() for node in _place_node(slot, _translate_box(places[name], by)))
    paths_and_words = tuple(_translate_edge(edge, by) for edge in edges)
    return Placement(size, nodes, paths_and_words, tuple(_translate_group(group, by) for group in groups))


def graph_input(architecture: Architecture, rooms: Mapping[NodeId, MeasuredNode], ruler: TextMetrics) -> dot.GraphInput:
    """What the layout program is asked to place, for the slots of an architecture."""
    titles = {g.id: group_title_width(g, ruler, g.kind not in CENTERED_TITLE_KINDS) for g in architecture.groups}
    grid = ReadingGrid.from_architecture(architecture)
    return dot.GraphInput(architecture, rooms, grid, titles, _extra_column_widths(architecture, grid, ruler))


def _extra_column_widths(architecture: Architecture, grid: ReadingGrid, ruler: TextMetrics) -> list[int]:
    """What each column takes at its right so that words on a straight path stand between frame lines.

    Words keep to as few lines as the width of a slide leaves them.
    """
    frames = {node.id: architecture.ancestors(node.group) for node in architecture.nodes}
    bare = grid.column_count * NODE_WIDTH + (grid.column_count - 1) * dot.COLUMN_GAP
    bare += (
        dot.FRAME_MARGIN * max((len(frames[name]) for name in grid.nodes_by_column[-1]), default=0)
        if grid.column_count
        else 0
    )
    found: list[int] = []
    for most in range(1, MAX_LABEL_LINES + 2):  # at last, words may be cut short
        needed = {
            edge.id: _min_label_width(edge, most, ruler) for edge in architecture.edges if single_line(edge.label)
        }
        found = _widths_for_labels(architecture, grid, frames, needed)
        if bare + sum(found) <= MAX_WIDTH:
            break
    return found


def _min_label_width(edge: Edge, most: int, ruler: TextMetrics) -> float:
    """How wide an edge's words are at least, in at most so many lines if that can be."""
    if most > MAX_LABEL_LINES:
        return MIN_LABEL_WIDTH
    known = label_variants(edge.label, ruler)
    few = [texts for texts in known if len(texts) <= most] or known[:1]
    return min(max(ruler.width(line, DETAIL_FONT_SIZE) for line in texts) for texts in few)


def _widths_for_labels(
    architecture: Architecture,
    grid: ReadingGrid,
    frames: Mapping[NodeId, Sequence[GroupId]],
    needed: Mapping[str, float],
) -> list[int]:
    """What each column takes for words that need so many points, by the edge's id."""
    found = [0] * grid.column_count
    words: dict[frozenset[NodeId], list[Edge]] = {}
    for edge in architecture.edges:
        if edge.id in needed:
            words.setdefault(frozenset((edge.source, edge.target)), []).append(edge)
    beside = (NODE_WIDTH - ICON_SIZE) / 2
    for column, left, right in grid.adjacent_pairs():
        for edge in words.get(frozenset((left, right)), ()):
            here, there = grid.nodes_by_column[column], grid.nodes_by_column[column + 1]
            closing = _frame_sides_between(frames, here, there, frames[left], frames[right])
            opening = _frame_sides_between(frames, there, here, frames[right], frames[left])
            at_left, at_right = beside - _end_clearance(edge, left), beside - _end_clearance(edge, right)
            between: float = dot.COLUMN_GAP - dot.FRAME_MARGIN * (closing + opening)
            between += (0 if closing else at_left) + (0 if opening else at_right)
            inside = [at + dot.FRAME_MARGIN for at, lines in ((at_left, closing), (at_right, opening)) if lines]
            width = needed[edge.id] + 2 * LABEL_CLEARANCE + 1
            if width > max(between, *inside, 0.0):
                found[column] = max(found[column], math.ceil(width - between))
    return found


def _frame_sides_between(
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


def _end_clearance(edge: Edge, end: NodeId) -> float:
    """What an edge's head or number takes of the room beside one of its ends."""
    if edge.target == end:
        return _ARROW_CLEARANCE
    return _STEP_CLEARANCE if edge.step is not None else 0.0


def _content_bounds(sheet: dot.GraphInput, places: Mapping[NodeId, Box], frames: Mapping[GroupId, Box]) -> Box:
    """What slots and frames take together."""
    used = (_translate_box(slot.content_box, places[name]) for name, slot in sheet.nodes.items())
    return bounding_box([*frames.values(), *used])


def _run_engine(sheet: dot.GraphInput, placer: LayoutEngine) -> tuple[dict[NodeId, Box], dict[GroupId, Box]]:
    """Boxes of slots and frames in the reading order, or what the program gave last."""
    places: dict[NodeId, Box] = {}
    frames: dict[GroupId, Box] = {}
    for source in dot.dot_sources(sheet):
        places, frames = dot.parse_boxes(placer.run(source), sheet)
        if _snap_to_grid(places, sheet.grid):
            break
    return places, frames


def _snap_to_grid(places: dict[NodeId, Box], grid: ReadingGrid) -> bool:
    """Whether lines and columns are in order and in line; they are put in line where only rounding is off."""
    lined = [(tuple(name for _, name in line), "y") for line in grid.rows]
    for names, field in (*lined, *((stack, "x") for stack in grid.nodes_by_column)):
        values = [getattr(places[name], field) for name in names]
        if max(values) - min(values) > _ROUNDING_TOLERANCE:
            return False
        for name in names:
            places[name] = places[name]._replace(**{field: values[0]})
    lines = [places[line[0][1]].y for line in grid.rows]
    stacks = [places[stack[0]].x for stack in grid.nodes_by_column]
    return lines == sorted(lines) and stacks == sorted(stacks)


def _translate_box(box: Box, by: Box) -> Box:
    x, y, w, h = box
    return Box(x + by[0], y + by[1], w, h)


def _translate_lines(lines: Sequence[TextLine], by: Box) -> tuple[TextLine, ...]:
    return tuple(
        [
            TextLine(text, _translate_box(box, by), size, bold, muted, centred)
            for text, box, size, bold, muted, centred in lines
        ]
    )


def _place_node(slot: MeasuredNode, place: Box) -> list[PlacedNode]:
    icon = _translate_box(slot.icon_box, place)
    nodes = [PlacedNode(slot.node, icon, _translate_lines(slot.lines, place), icon)]
    for companion in slot.companions:
        nodes.append(
            PlacedNode(
                companion.node,
                _translate_box(companion.icon_box, place),
                _translate_lines(companion.lines, place),
                _translate_box(companion.outline, place),
            )
        )
    return nodes


def _place_group(group: Group, box: Box, ruler: TextMetrics) -> PlacedGroup:
    centred = group.kind in CENTERED_TITLE_KINDS
    tile = None if centred else Box(box.x, box.y, GROUP_ICON_SIZE, GROUP_ICON_SIZE)
    room = box.w - (8 if centred else GROUP_ICON_SIZE + 8)
    if box.w > 2 * NODE_WIDTH:  # a long title would bar the way between the columns beneath it
        room = min(room, max(box.w * _MAX_TITLE_SHARE, _MIN_TITLE_WIDTH))
    texts = wrap_text(ruler, group.label, room, 1, NAME_FONT_SIZE, bold=True)
    text = texts[0] if texts else ""
    width = ruler.width(text, NAME_FONT_SIZE, bold=True)
    x = box.center.x - width / 2 if centred else box.x + GROUP_ICON_SIZE + 6
    height = ruler.height(NAME_FONT_SIZE)
    title = TextLine(
        text,
        Box(x, box.y + (GROUP_ICON_SIZE - height) / 2 + 1, width, height),
        NAME_FONT_SIZE,
        True,
        False,
        False,
    )
    return PlacedGroup(group, box, title, tile)


def group_title_box(group: PlacedGroup) -> Box:
    """The room of a group's title, its tile included."""
    box = group.title.box
    if group.icon_box is None:
        return box
    return Box(group.icon_box.x, group.icon_box.y, box.right - group.icon_box.x, max(group.icon_box.h, box.h))


def _translate_edge(edge: PlacedEdge, by: Box) -> PlacedEdge:
    dx, dy, _, _ = by
    return PlacedEdge(
        edge.edge,
        tuple([Point(x + dx, y + dy) for x, y in edge.points]),
        _translate_lines(edge.label, by),
        None if edge.step_center is None else Point(edge.step_center.x + dx, edge.step_center.y + dy),
    )


def _translate_group(group: PlacedGroup, by: Box) -> PlacedGroup:
    return PlacedGroup(
        group.group,
        _translate_box(group.box, by),
        group.title._replace(box=_translate_box(group.title.box, by)),
        None if group.icon_box is None else _translate_box(group.icon_box, by),
    )
