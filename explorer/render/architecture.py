"""A placement and a theme to the picture that is painted and exported."""

from __future__ import annotations

from explorer.core.model.architecture import State
from explorer.layout.geometry import Box, Line, PlacedEdge, PlacedGroup, PlacedNode, Placement, around
from explorer.layout.routing.edge_labels import BADGE
from explorer.render.picture import (
    Disc,
    Frame,
    Icon,
    Item,
    Kind,
    Picture,
    Polyline,
    Shape,
    Stroke,
    Words,
)
from explorer.render.theme import Theme

EDGE_WIDTH = 1.25
FRAME_WIDTH = 1.25
_CORNER = 6.0
_RING = 3.0
"""Points between an icon and the ring that tells its state: less than to its words."""

WARNING_SIZE = 13.0
BAND, _BAND_MARGIN = 28.0, 12.0
"""Height in points of the band that a warning stands in, and the page left around it."""

CONTROL_DASH = (5.0, 3.5)
"""The form of a line that is control and no traffic."""

GHOST_DASH = (2.5, 2.5)
"""The form of the line around what is merely still possible."""

_STATE_WORDS = {
    State.FIRM: "decided",
    State.DEFAULT: "default, no answer asks for it",
    State.GHOST: "alternative, still possible",
    State.CONFLICT: "in conflict",
}


def compose(placement: Placement, theme: Theme, warning: str = "") -> Picture:
    """The picture of a placement: frames at the back, then edges, then nodes.

    A `warning` stands in a band beneath, so that no slide shows as sound what is not.
    """
    groups = tuple(_group(group, theme) for group in placement.groups)
    edges = tuple(_edge(edge, placement, theme) for edge in placement.edges)
    nodes = tuple(_node(node, theme) for node in placement.nodes)
    if not warning:
        return Picture(placement.size, theme.background, (*groups, *edges, *nodes))
    width, height = placement.size
    band = Box(_BAND_MARGIN, height, width - 2 * _BAND_MARGIN, BAND)
    return Picture(
        (width, height + BAND + _BAND_MARGIN),
        theme.background,
        (*groups, *edges, *nodes, warning_band(warning, band, theme)),
    )


def warning_band(warning: str, box: Box, theme: Theme) -> Item:
    """A warning in its band."""
    words = Words(warning, box, WARNING_SIZE, theme.conflict, bold=True)
    frame = Frame(box, Stroke(theme.conflict, 1.5), radius=5)
    return Item("warning", Kind.DECORATION, warning, "in conflict", box.grown(1), (frame, words))


def _words(line: Line, theme: Theme, colour: str | None = None) -> Words:
    ink = colour or (theme.muted if line.muted else theme.ink)
    return Words(line.text, line.box, line.size, ink, line.bold, line.centred)


def _group(placed: PlacedGroup, theme: Theme) -> Item:
    style = theme.group(placed.group.kind)
    shapes: list[Shape] = [Frame(placed.box, Stroke(style.border, FRAME_WIDTH, style.dash))]
    if placed.tile is not None and style.icon:
        shapes.append(Icon(style.icon + theme.icon_form, placed.tile))
    shapes.append(_words(placed.title, theme))
    return Item(
        id=f"group:{placed.group.id}",
        kind=Kind.GROUP,
        name=placed.group.label,
        description="group",
        box=placed.box,
        shapes=tuple(shapes),
    )


def _opacity(state: State, theme: Theme) -> float:
    if state is State.DEFAULT:
        return theme.default_opacity
    return 1.0


def _node(placed: PlacedNode, theme: Theme) -> Item:
    node = placed.node
    shapes: list[Shape] = []
    if node.state is State.GHOST:
        shapes.append(Frame(_ghost_frame(placed), Stroke(theme.ghost, 1.0, GHOST_DASH), radius=5))
    elif node.state is State.CONFLICT:
        shapes.append(Frame(placed.box.grown(_RING), Stroke(theme.conflict, 2.0), radius=7))
    shapes.append(Icon(node.kind + theme.icon_form, placed.box))
    shapes.extend(_words(line, theme) for line in placed.lines)
    boxes = [placed.frame, placed.box, *(line.box for line in placed.lines)]
    label = f"{node.label}, {node.detail}" if node.detail else node.label
    return Item(
        id=node.id,
        kind=Kind.NODE,
        name=label,
        description=_STATE_WORDS[node.state],
        box=around(boxes),
        shapes=tuple(shapes),
        opacity=_opacity(node.state, theme),
    )


def _ghost_frame(placed: PlacedNode) -> Box:
    return placed.frame if placed.companion else placed.box.grown(_RING)


def _edge(placed: PlacedEdge, placement: Placement, theme: Theme) -> Item:
    edge = placed.edge
    colour = theme.control if edge.control else theme.flow
    dash = CONTROL_DASH if edge.control else ()
    if edge.state is State.GHOST:
        colour, dash = theme.ghost, GHOST_DASH
    elif edge.state is State.CONFLICT:
        colour = theme.conflict
    shapes: list[Shape] = [
        Polyline(placed.points, Stroke(colour, EDGE_WIDTH, dash), radius=_CORNER, head=True)
    ]
    boxes = [
        Box(min(a.x, b.x), min(a.y, b.y), abs(a.x - b.x), abs(a.y - b.y))
        for a, b in zip(placed.points, placed.points[1:], strict=False)
    ]
    if placed.badge is not None and edge.step is not None:
        disc = Box(placed.badge.x - BADGE, placed.badge.y - BADGE, 2 * BADGE, 2 * BADGE)
        boxes.append(disc)
        shapes.extend(_number(edge.step, disc, theme))
    shapes.extend(_words(line, theme, theme.label) for line in placed.label)
    boxes.extend(line.box for line in placed.label)
    names = [placement.node_by_id[end].node.label for end in (edge.source, edge.target)]
    step = f"step {edge.step}: " if edge.step is not None else ""
    return Item(
        id=edge.id,
        kind=Kind.EDGE,
        name=f"{step}{names[0]} to {names[1]}" + (f", {edge.label}" if edge.label else ""),
        description=_STATE_WORDS[edge.state],
        box=around(boxes).grown(EDGE_WIDTH),
        shapes=tuple(shapes),
        opacity=_opacity(edge.state, theme),
    )


def _number(step: int, room: Box, theme: Theme) -> tuple[Shape, ...]:
    """A number of the main flow: on a disc, or in a ring where nothing is filled."""
    if theme.fills:
        return (
            Disc(room.centre, room.w / 2, theme.badge),
            Words(str(step), room, 11, theme.badge_ink, bold=True),
        )
    ring = Frame(room.grown(-0.75), Stroke(theme.badge, 1.5), theme.background, radius=room.w / 2)
    return ring, Words(str(step), room, 11, theme.badge, bold=True)
