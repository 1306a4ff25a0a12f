"""Placed parts: moves a measured node to its position, and fits a group's title into its frame."""

from __future__ import annotations

from explorer.core.model.architecture import Group
from explorer.layout.geometry import Box, PlacedGroup, PlacedNode, Point, TextLine
from explorer.layout.measured_nodes import (
    GROUP_ICON_SIZE,
    NAME_FONT_SIZE,
    NODE_WIDTH,
    MeasuredNode,
    wrap_text,
)
from explorer.layout.text_metrics import TextMetrics

CENTERED_TITLE_KINDS = frozenset({"zone", "security-group", "auto-scaling", "generic"})
"""Group kinds with a centered title and no icon, as in the AWS diagram conventions."""

_MIN_TITLE_WIDTH, _MAX_TITLE_SHARE = 140.0, 0.45
"""A title in a wide frame takes at most this share of the width, but at least this many points."""

_TITLE_GAP = 6.0
_TITLE_PADDING = 8.0


def place_node(node: MeasuredNode, corner: Point) -> list[PlacedNode]:
    """Return a measured node and its companions with the node's top left corner at `corner`."""
    icon = node.icon_box.translated(corner)
    placed = [PlacedNode(node.node, icon, tuple([line.translated(corner) for line in node.lines]), icon)]
    for companion in node.companions:
        placed.append(
            PlacedNode(
                companion.node,
                companion.icon_box.translated(corner),
                tuple([line.translated(corner) for line in companion.lines]),
                companion.outline.translated(corner),
            )
        )
    return placed


def place_group(group: Group, frame: Box, metrics: TextMetrics) -> PlacedGroup:
    """Return a group with its title inside the frame, shortened if it does not fit."""
    is_centered = group.kind in CENTERED_TITLE_KINDS
    icon = None if is_centered else Box(frame.x, frame.y, GROUP_ICON_SIZE, GROUP_ICON_SIZE)
    available = frame.w - (_TITLE_PADDING if is_centered else GROUP_ICON_SIZE + _TITLE_PADDING)
    if frame.w > 2 * NODE_WIDTH:  # a long title would block the paths between the columns below it
        available = min(available, max(frame.w * _MAX_TITLE_SHARE, _MIN_TITLE_WIDTH))
    lines = wrap_text(metrics, group.label, available, 1, NAME_FONT_SIZE, bold=True)
    text = lines[0] if lines else ""
    width, height = metrics.width(text, NAME_FONT_SIZE, bold=True), metrics.height(NAME_FONT_SIZE)
    x = frame.center.x - width / 2 if is_centered else frame.x + GROUP_ICON_SIZE + _TITLE_GAP
    box = Box(x, frame.y + (GROUP_ICON_SIZE - height) / 2 + 1, width, height)
    title = TextLine(text, box, NAME_FONT_SIZE, bold=True, muted=False, centered=False)
    return PlacedGroup(group, frame, title, icon)
