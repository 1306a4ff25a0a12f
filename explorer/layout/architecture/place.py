"""Architecture layout: a pipeline from an architecture to the positions of its nodes, frames, edges and text."""

from __future__ import annotations

from explorer.core.model.architecture import Architecture
from explorer.layout.architecture.placed_parts import place_node
from explorer.layout.architecture.stages import (
    Boxed,
    Labeled,
    exceeds_slide,
    label,
    measure,
    place_boxes,
    route,
    stretch,
)
from explorer.layout.geometry import Placement, Point
from explorer.layout.graphviz.process import LayoutEngine, LayoutError
from explorer.layout.page import NATURAL_SHAPE, PAGE_MARGIN, PageShape, fit_page
from explorer.layout.text_metrics import TextMetrics

EMPTY_PLACEMENT = Placement((2 * PAGE_MARGIN, 2 * PAGE_MARGIN), (), (), ())
"""The placement of an architecture without nodes."""

MAX_ELEMENTS = 4_000
"""The most nodes, edges and groups in total that are laid out."""


def layout_architecture(
    architecture: Architecture, metrics: TextMetrics, engine: LayoutEngine, shape: PageShape = NATURAL_SHAPE
) -> Placement:
    """Lay out an architecture for a page shape; LayoutError if it is too large or the layout engine fails."""
    _check_size(architecture)
    if all(node.attached_to is not None for node in architecture.nodes):
        return EMPTY_PLACEMENT
    boxed = _boxed_within_height(architecture, metrics, engine, shape)
    return _on_page(label(route(stretch(boxed, shape, metrics)), metrics), shape)


def _check_size(architecture: Architecture) -> None:
    counts = [len(architecture.nodes), len(architecture.edges), len(architecture.groups)]
    if sum(counts) > MAX_ELEMENTS:
        nodes, edges, groups = (f"{count:,}" for count in counts)
        raise LayoutError(
            f"Cannot lay out the diagram: it has {nodes} nodes, {edges} edges and {groups} groups; the limit is "
            f"{MAX_ELEMENTS:,} in total. Remove elements from the diagram of the pack."
        )


def _boxed_within_height(
    architecture: Architecture, metrics: TextMetrics, engine: LayoutEngine, shape: PageShape
) -> Boxed:
    """Measure and place the boxes; shorten names until the drawing fits the height of a slide."""
    boxed = place_boxes(measure(architecture, metrics), engine)
    for shortening in (1, 2):
        if shape.full_text or not exceeds_slide(boxed):
            break
        boxed = place_boxes(measure(architecture, metrics, shortening), engine)
    return boxed


def _on_page(labeled: Labeled, shape: PageShape) -> Placement:
    """Center the drawing on a page of the requested shape."""
    stretched = labeled.stretched
    size, offset = fit_page(stretched.content, labeled.edges, shape)
    nodes = []
    for node_id, node in stretched.measured.graph.nodes.items():
        box = stretched.boxes.nodes[node_id]
        nodes.extend(place_node(node, Point(box.x, box.y).translated(offset)))
    return Placement(
        size,
        tuple(nodes),
        tuple(edge.translated(offset) for edge in labeled.edges),
        tuple(group.translated(offset) for group in stretched.groups),
    )
