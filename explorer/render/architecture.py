"""Architecture picture: composes a placement and a theme to the picture that is painted and exported."""

from __future__ import annotations

from itertools import pairwise

from explorer.core.model.architecture import Edge, ElementState
from explorer.layout.geometry import (
    Box,
    PlacedEdge,
    PlacedGroup,
    PlacedNode,
    Placement,
    TextLine,
    bounding_box,
)
from explorer.layout.routing.edge_labels import step_box
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
ALTERNATIVE_STROKE_WIDTH = 1.0
WARNING_FONT_SIZE = 13.0
WARNING_BAND_HEIGHT, _WARNING_MARGIN = 28.0, 12.0
"""Height in points of the band that shows a warning, and the space around it."""

CONTROL_DASH = (5.0, 3.5)
"""Dash lengths of control edges, which carry no traffic."""

GHOST_DASH = (2.5, 2.5)
"""Dash lengths of the outline of alternatives."""

_CONFLICT_STROKE_WIDTH = 2.0
_CORNER_RADIUS = 6.0
_STEP_FONT_SIZE = 11.0
_RING_GAP = 3.0
"""Points between an icon and the ring that shows its state; less than the distance to its text."""

_STATE_DESCRIPTIONS = {
    ElementState.FIRM: "decided",
    ElementState.DEFAULT: "default, not set by an answer",
    ElementState.GHOST: "possible alternative",
    ElementState.CONFLICT: "in conflict",
}


def compose(placement: Placement, theme: Theme, warning: str = "") -> Picture:
    """Compose the picture of a placement: frames at the back, then edges, then nodes.

    A `warning` is shown in a band below the drawing, so that no slide hides a conflict.
    """
    groups = tuple(_group(group, theme) for group in placement.groups)
    edges = tuple(_edge(edge, placement, theme) for edge in placement.edges)
    nodes = tuple(_node(node, theme) for node in placement.nodes)
    if not warning:
        return Picture(placement.size, theme.background, (*groups, *edges, *nodes))
    width, height = placement.size
    band = Box(_WARNING_MARGIN, height, width - 2 * _WARNING_MARGIN, WARNING_BAND_HEIGHT)
    return Picture(
        (width, height + WARNING_BAND_HEIGHT + _WARNING_MARGIN),
        theme.background,
        (*groups, *edges, *nodes, warning_band(warning, band, theme)),
    )


def warning_band(warning: str, box: Box, theme: Theme) -> Item:
    """Return the band that shows a warning."""
    text = TextShape(warning, box, WARNING_FONT_SIZE, theme.conflict, bold=True)
    frame = Rectangle(box, Stroke(theme.conflict, 1.5), radius=5)
    return Item("warning", ItemKind.DECORATION, warning, "in conflict", box.expanded(1), (frame, text))


def _text(line: TextLine, theme: Theme, color: str | None = None) -> TextShape:
    color = color or (theme.muted if line.muted else theme.ink)
    return TextShape(line.text, line.box, line.size, color, line.bold, line.centered)


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
    return theme.default_opacity if state is ElementState.DEFAULT else 1.0


def _node(placed: PlacedNode, theme: Theme) -> Item:
    node = placed.node
    shapes: list[Shape] = []
    if node.state is ElementState.GHOST:
        stroke = Stroke(theme.ghost, ALTERNATIVE_STROKE_WIDTH, GHOST_DASH)
        shapes.append(Rectangle(_alternative_outline(placed), stroke, radius=5))
    elif node.state is ElementState.CONFLICT:
        stroke = Stroke(theme.conflict, _CONFLICT_STROKE_WIDTH)
        shapes.append(Rectangle(placed.icon_box.expanded(_RING_GAP), stroke, radius=7))
    shapes.append(Icon(node.kind + theme.icon_form, placed.icon_box))
    shapes.extend(_text(line, theme) for line in placed.lines)
    return Item(
        id=node.id,
        kind=ItemKind.NODE,
        name=f"{node.label}, {node.detail}" if node.detail else node.label,
        description=_STATE_DESCRIPTIONS[node.state],
        box=bounding_box([placed.outline, placed.icon_box, *(line.box for line in placed.lines)]),
        shapes=tuple(shapes),
        opacity=_opacity(node.state, theme),
    )


def _alternative_outline(placed: PlacedNode) -> Box:
    return placed.outline if placed.is_companion else placed.icon_box.expanded(_RING_GAP)


def _edge(placed: PlacedEdge, placement: Placement, theme: Theme) -> Item:
    edge = placed.edge
    shapes: list[Shape] = [Polyline(placed.points, _edge_stroke(edge, theme), radius=_CORNER_RADIUS, arrow_head=True)]
    boxes = [Box(min(a.x, b.x), min(a.y, b.y), abs(a.x - b.x), abs(a.y - b.y)) for a, b in pairwise(placed.points)]
    if placed.step_center is not None and edge.step is not None:
        step_bounds = step_box(placed.step_center)
        boxes.append(step_bounds)
        shapes.extend(_step_shapes(edge.step, step_bounds, theme))
    shapes.extend(_text(line, theme, theme.label) for line in placed.label)
    boxes.extend(line.box for line in placed.label)
    source, target = (placement.node_by_id[end].node.label for end in (edge.source, edge.target))
    step = f"step {edge.step}: " if edge.step is not None else ""
    label = f", {edge.label}" if edge.label else ""
    return Item(
        id=edge.id,
        kind=ItemKind.EDGE,
        name=f"{step}{source} to {target}{label}",
        description=_STATE_DESCRIPTIONS[edge.state],
        box=bounding_box(boxes).expanded(EDGE_WIDTH),
        shapes=tuple(shapes),
        opacity=_opacity(edge.state, theme),
    )


def _edge_stroke(edge: Edge, theme: Theme) -> Stroke:
    if edge.state is ElementState.GHOST:
        return Stroke(theme.ghost, EDGE_WIDTH, GHOST_DASH)
    dash = CONTROL_DASH if edge.control else ()
    if edge.state is ElementState.CONFLICT:
        return Stroke(theme.conflict, EDGE_WIDTH, dash)
    return Stroke(theme.control if edge.control else theme.flow, EDGE_WIDTH, dash)


def _step_shapes(step: int, box: Box, theme: Theme) -> tuple[Shape, ...]:
    """Return a step number on a circle, or in a ring if the theme has no fills."""
    if theme.fills:
        return (
            Circle(box.center, box.w / 2, theme.badge),
            TextShape(str(step), box, _STEP_FONT_SIZE, theme.badge_ink, bold=True),
        )
    ring = Rectangle(box.expanded(-0.75), Stroke(theme.badge, 1.5), theme.background, radius=box.w / 2)
    return ring, TextShape(str(step), box, _STEP_FONT_SIZE, theme.badge, bold=True)
