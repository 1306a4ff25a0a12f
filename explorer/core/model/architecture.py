"""Architecture graph of an outcome: nodes, edges and nested groups, each with the rules behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

from explorer.core.model.pack import GroupId, NodeId, RuleId, TakeawayId

if TYPE_CHECKING:
    import networkx as nx


class ElementState(Enum):
    """How a node or an edge is drawn: decided, by default, as an alternative (ghost), or in conflict."""

    FIRM = "firm"
    DEFAULT = "default"
    GHOST = "ghost"
    CONFLICT = "conflict"


@dataclass(frozen=True)
class Node:
    """A node of the architecture. A companion is `attached_to` another node.

    `column` and `row` are hints for the reading order; None leaves the position to the layout.
    """

    id: NodeId
    kind: str
    label: str
    detail: str
    group: GroupId | None
    attached_to: NodeId | None
    column: int | None
    row: int | None
    state: ElementState
    rules: tuple[RuleId, ...]
    takeaways: tuple[TakeawayId, ...]


@dataclass(frozen=True)
class Edge:
    """An edge between two nodes. `step` numbers the main flow from 1; `control` edges carry no traffic."""

    source: NodeId
    target: NodeId
    label: str
    control: bool
    step: int | None
    state: ElementState
    rules: tuple[RuleId, ...]
    takeaways: tuple[TakeawayId, ...]

    @property
    def id(self) -> str:
        """An id that is unique within the architecture."""
        return f"{self.source}>{self.target}"


@dataclass(frozen=True)
class Group:
    """A group: a frame around nodes and other groups."""

    id: GroupId
    kind: str
    label: str
    parent: GroupId | None
    rules: tuple[RuleId, ...]


@dataclass(frozen=True)
class Architecture:
    """An architecture as a frozen value: everything that the diagram shows."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    groups: tuple[Group, ...]

    @cached_property
    def node_by_id(self) -> Mapping[NodeId, Node]:
        """All nodes by id."""
        return {node.id: node for node in self.nodes}

    @cached_property
    def group_by_id(self) -> Mapping[GroupId, Group]:
        """All groups by id."""
        return {group.id: group for group in self.groups}

    def group_of(self, node: Node) -> GroupId | None:
        """Return the group that contains a node; a companion is in the group of its host."""
        while node.attached_to is not None:
            node = self.node_by_id[node.attached_to]
        return node.group

    def common_group(self, edge: Edge) -> GroupId | None:
        """Return the innermost group that contains both ends of an edge, or None."""
        groups = (self.group_of(self.node_by_id[end]) for end in (edge.source, edge.target))
        around_source, around_target = (self.ancestors(group) for group in groups)
        return next((group for group in around_source if group in around_target), None)

    def ancestors(self, group: GroupId | None) -> tuple[GroupId, ...]:
        """Return a group and all groups around it, innermost first."""
        chain: list[GroupId] = []
        while group is not None:
            chain.append(group)
            group = self.group_by_id[group].parent
        return tuple(chain)


def to_networkx(architecture: Architecture) -> nx.MultiDiGraph[NodeId]:
    """Return a new networkx graph of an architecture. Changes to it do not affect the architecture."""
    import networkx as nx  # noqa: PLC0415 (takes 0.1 to 0.2 s, which would delay the first paint)

    graph: nx.MultiDiGraph[NodeId] = nx.MultiDiGraph()
    for node in architecture.nodes:
        graph.add_node(node.id, node=node)
    for edge in architecture.edges:
        graph.add_edge(edge.source, edge.target, edge=edge)
    return graph
