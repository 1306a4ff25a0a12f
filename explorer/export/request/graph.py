"""Placed graph of a request: an architecture, or a decision map in the same form."""

from __future__ import annotations

from typing import NamedTuple

from explorer.core.errors import ExplorerError
from explorer.core.model.architecture import Architecture, Edge, ElementState, Node
from explorer.core.model.pack import NodeId
from explorer.export.request.request import ArchitectureSubject, Request
from explorer.layout.decision_map.cards import branch_answers, card_title
from explorer.layout.geometry import PlacedEdge, PlacedNode, Placement
from explorer.render.decision_map import DrawnMap


class NoGraphError(ExplorerError):
    """A picture without nodes and edges, such as a comparison."""

    def __init__(self) -> None:
        super().__init__("This picture has no nodes and edges to export. Choose PNG, SVG or PDF.")


class PlacedGraph(NamedTuple):
    """Nodes, edges and groups with their positions in the picture."""

    architecture: Architecture
    placement: Placement


def placed_graph(request: Request) -> PlacedGraph:
    """Return the graph that a request shows; raise ExplorerError if it holds only a picture."""
    match request.subject:
        case ArchitectureSubject(architecture=architecture, placement=placement):
            return PlacedGraph(architecture, placement)
        case DrawnMap() as drawn_map:
            return _map_graph(drawn_map)
        case None:
            raise NoGraphError


def _map_graph(drawn: DrawnMap) -> PlacedGraph:
    """Return a decision map as a graph: cards become nodes, branches edges, with the ids of the picture."""
    shown, placement = drawn.decision_map, drawn.placement
    nodes = {node.id: _map_node(node.id, card_title(shown, node)) for node in shown.nodes}
    edges = {
        branch.id: Edge(
            NodeId(branch.source),
            NodeId(branch.target),
            branch_answers(shown, branch),
            False,
            None,
            ElementState.FIRM,
            (),
            (),
        )
        for branch in shown.branches
    }
    placed_nodes = tuple(PlacedNode(nodes[card.node.id], card.box, (), card.box) for card in placement.cards)
    placed_edges = tuple(PlacedEdge(edges[placed.branch.id], placed.points, (), None) for placed in placement.branches)
    architecture = Architecture(tuple(nodes.values()), tuple(edges.values()), ())
    return PlacedGraph(architecture, Placement(placement.size, placed_nodes, placed_edges, ()))


def _map_node(node_id: str, title: str) -> Node:
    return Node(NodeId(node_id), "", title, "", None, None, None, None, ElementState.FIRM, (), ())
