"""What a request draws, as a graph and where it stands: an architecture, or a decision map likewise."""

from __future__ import annotations

from typing import NamedTuple

from explorer.core.errors import ExplorerError
from explorer.core.model.architecture import Architecture, Edge, ElementState, Node
from explorer.core.model.pack import NodeId
from explorer.export.request.request import ArchitectureSubject, Request
from explorer.layout.decision_map.cards import branch_answers, card_title
from explorer.layout.geometry import PlacedEdge, PlacedNode, Placement
from explorer.render.decision_map import DrawnMap


class PlacedGraph(NamedTuple):
    """Nodes, edges and groups, and where they stand in the picture."""

    architecture: Architecture
    placement: Placement


def placed_graph(request: Request) -> PlacedGraph:
    """The graph of what is drawn; ExplorerError for a mere picture."""
    match request.subject:
        case ArchitectureSubject(architecture=architecture, placement=placement):
            return PlacedGraph(architecture, placement)
        case DrawnMap() as sheet:
            return _map_graph(sheet)
        case None:
            raise ExplorerError("A mere picture is no graph: choose PNG or SVG.")


def _map_graph(sheet: DrawnMap) -> PlacedGraph:
    """Each card a node, each branch an edge, under the ids that they have in the picture."""
    shown = sheet.decision_map
    node = {one.id: _map_node(one.id, card_title(shown, one)) for one in shown.nodes}
    edge = {
        one.id: Edge(
            NodeId(one.source),
            NodeId(one.target),
            branch_answers(shown, one),
            False,
            None,
            ElementState.FIRM,
            (),
            (),
        )
        for one in shown.branches
    }
    cards = tuple(PlacedNode(node[card.node.id], card.box, (), card.box) for card in sheet.placement.cards)
    paths = tuple(PlacedEdge(edge[one.branch.id], one.points, (), None) for one in sheet.placement.branches)
    drawn = Architecture(tuple(node.values()), tuple(edge.values()), ())
    return PlacedGraph(drawn, Placement(sheet.placement.size, cards, paths, ()))


def _map_node(name: str, title: str) -> Node:
    return Node(NodeId(name), "", title, "", None, None, None, None, ElementState.FIRM, (), ())
