"""What a request draws, as a graph and where it stands: an architecture, or a decision map likewise."""

from __future__ import annotations

from typing import NamedTuple

from explorer.core.errors import ExplorerError
from explorer.core.model.architecture import Architecture, Edge, Node, State
from explorer.core.model.pack import NodeId
from explorer.export.request.request import Case, Request
from explorer.layout.decision_map.cards import answers_of, title_of
from explorer.layout.geometry import PlacedEdge, PlacedNode, Placement
from explorer.render.decision_map import MapSheet


class Graph(NamedTuple):
    """Nodes, edges and groups, and where they stand in the picture."""

    architecture: Architecture
    placement: Placement


def graph_of(request: Request) -> Graph:
    """The graph of what is drawn; ExplorerError for a mere picture."""
    match request.about:
        case Case(architecture=architecture, placement=placement):
            return Graph(architecture, placement)
        case MapSheet() as sheet:
            return _of_map(sheet)
        case None:
            raise ExplorerError("A mere picture is no graph: choose PNG or SVG.")


def _of_map(sheet: MapSheet) -> Graph:
    """Each card a node, each branch an edge, under the ids that they have in the picture."""
    shown = sheet.shown
    node = {one.id: _node(one.id, title_of(shown, one)) for one in shown.nodes}
    edge = {
        one.id: Edge(
            NodeId(one.source), NodeId(one.target), answers_of(shown, one), False, None, State.FIRM, (), ()
        )
        for one in shown.branches
    }
    cards = tuple(PlacedNode(node[card.node.id], card.box, (), card.box) for card in sheet.placement.cards)
    paths = tuple(PlacedEdge(edge[one.branch.id], one.points, (), None) for one in sheet.placement.branches)
    drawn = Architecture(tuple(node.values()), tuple(edge.values()), ())
    return Graph(drawn, Placement(sheet.placement.size, cards, paths, ()))


def _node(name: str, title: str) -> Node:
    return Node(NodeId(name), "", title, "", None, None, None, None, State.FIRM, (), ())
