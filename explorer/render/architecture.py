"""A placement and a theme to the picture that is painted and exported."""

from __future__ import annotations

from explorer.core.model.architecture import ElementState
from explorer.layout.geometry import (
    Box,
    PlacedEdge,
    PlacedGroup,
    PlacedNode,
    Placement,
    TextLine,
    bounding_box,
)
from explorer.layout.routing.edge_labels import STEP_RADIUS
from explorer.render.picture import (
    Circle,
    Icon,
    Item,
    ItemKind,
    Picture,
    Polyline,
    Rectangle,
    Shape,
    Stroke,
    TextShape,
)
from explorer.render.theme import Theme

EDGE_WIDTH = 1.25
FRAME_WIDTH = 1.25
_CORNER_RADIUS = 6.0
_RING_GAP = 3.0
"""Points between an icon and the ring that tells its state: less than to its words."""

WARNING_FONT_SIZE = 13.0
WARNING_BAND_HEIGHT, _BAND_MARGIN = 28.0, 12.0
"""Height in points of the band that a warning stands in, and the page left around it."""

CONTROL_DASH = (5.0, 3.5)
"""The form of a line that is control and no traffic."""

GHOST_DASH = (2.5, 2.5)
"""The form of the line around what is merely still possible."""

_STATE_DESCRIPTIONS = {
    ElementState.FIRM: "decided",
    ElementState.DEFAULT: "default, no answer asks for it",
    ElementState.GHOST: "alternative, still possible",
    ElementState.CONFLICT: "in conflict",
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
    band = Box(_BAND_MARGIN, height, width - 2 * _BAND_MARGIN, WARNING_BAND_HEIGHT)
    return Picture(
        (width, height + WARNING_BAND_HEIGHT + _BAND_MARGIN),
        theme.background,
        (*groups, *edges, *nodes, warning_band(warning, band, theme)),
    )


def warning_band(warning: str, box: Box, theme: Theme) -> Item:
    """A warning in its band."""
    words = TextShape(warning, box, WARNING_FONT_SIZE, theme.conflict, bold=True)
    frame = Rectangle(box, Stroke(theme.conflict, 1.5), radius=5)
    return Item("warning", ItemKind.DECORATION, warning, "in conflict", box.expanded(1), (frame, words))


def _text(line: TextLine, theme: Theme, colour: str | None = None) -> TextShape:
    ink = colour or (theme.muted if line.muted else theme.ink)
    return TextShape(line.text, line.box, line.size, ink, line.bold, line.centered)


def _group(placed: PlacedGroup, theme: Theme) -> Item:
    style = theme.group_style(placed.group.kind)
    shapes: list[Shape] = [Rectangle(placed.box, Stroke(style.border, FRAME_WIDTH, style.dash))]
    if placed.icon_box is not None and style.icon:
        shapes.append(Icon(style.icon + theme.icon_form, placed.icon_box))
    shapes.append(_text(placed.title, theme))
    return Item(
        id=f"group:{placed.group.id}",
        kind=ItemKind.GROUP,
        name=placed.group.label,
        description="group",
        box=placed.box,
        shapes=tuple(shapes),
    )


def _opacity(state: ElementState, theme: Theme) -> float:
    if state is ElementState.DEFAULT:
        return theme.default_opacity
    return 1.0


def _node(placed: PlacedNode, theme: Theme) -> Item:
    node = placed.node
    shapes: list[Shape] = []
    if node.state is ElementState.GHOST:
        shapes.append(Rectangle(_alternative_outline(placed), Stroke(theme.ghost, 1.0, GHOST_DASH), radius=5))
    elif node.state is ElementState.CONFLICT:
        shapes.append(Rectangle(placed.icon_box.expanded(_RING_GAP), Stroke(theme.conflict, 2.0), radius=7))
    shapes.append(Icon(node.kind + theme.icon_form, placed.icon_box))
    shapes.extend(_text(line, theme) for line in placed.lines)
    boxes = [placed.outline, placed.icon_box, *(line.box for line in placed.lines)]
    label = f"{node.label}, {node.detail}" if node.detail else node.label
    return Item(
        id=node.id,
        kind=ItemKind.NODE,
        name=label,
        description=_STATE_DESCRIPTIONS[node.state],
        box=bounding_box(boxes),
        shapes=tuple(shapes),
        opacity=_opacity(node.state, theme),
    )


def _alternative_outline(placed: PlacedNode) -> Box:
    return placed.outline if placed.is_companion else placed.icon_box.expanded(_RING_GAP)


def _edge(placed: PlacedEdge, placement: Placement, theme: Theme) -> Item:
    edge = placed.edge
    colour = theme.control if edge.control else theme.flow
    dash = CONTROL_DASH if edge.control else ()
    if edge.state is ElementState.GHOST:
        colour, dash = theme.ghost, GHOST_DASH
    elif edge.state is ElementState.CONFLICT:
        colour = theme.conflict
    shapes: list[Shape] = [
        Polyline(placed.points, Stroke(colour, EDGE_WIDTH, dash), radius=_CORNER_RADIUS, arrow_head=True)
    ]
    boxes = [
        Box(min(a.x, b.x), min(a.y, b.y), abs(a.x - b.x), abs(a.y - b.y))
        for a, b in zip(placed.points, placed.points[1:], strict=False)
    ]
    if placed.step_center is not None and edge.step is not None:
        disc = Box(
            placed.step_center.x - STEP_RADIUS,
            placed.step_center.y - STEP_RADIUS,
            2 * STEP_RADIUS,
            2 * STEP_RADIUS,
        )
        boxes.append(disc)
        shapes.extend(_step_shapes(edge.step, disc, theme))
    shapes.extend(_text(line, theme, theme.label) for line in placed.label)
    boxes.extend(line.box for line in placed.label)
    names = [placement.node_by_id[end].node.label for end in (edge.source, edge.target)]
    step = f"step {edge.step}: " if edge.step is not None else ""
    return Item(
        id=edge.id,
        kind=ItemKind.EDGE,
        name=f"{step}{names[0]} to {names[1]}" + (f", {edge.label}" if edge.label else ""),
        description=_STATE_DESCRIPTIONS[edge.state],
        box=bounding_box(boxes).expanded(EDGE_WIDTH),
        shapes=tuple(shapes),
        opacity=_opacity(edge.state, theme),
    )


def _step_shapes(step: int, room: Box, theme: Theme) -> tuple[Shape, ...]:
    """A number of the main flow: on a disc, or in a ring where nothing is filled."""
    if theme.fills:
        return (
            Circle(room.center, room.w / 2, theme.badge),
            TextShape(str(step), room, 11, theme.badge_ink, bold=True),
        )
    ring = Rectangle(room.expanded(-0.75), Stroke(theme.badge, 1.5), theme.background, radius=room.w / 2)
    return ring, TextShape(str(step), room, 11, theme.badge, bold=True)
