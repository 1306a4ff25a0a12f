"""An outcome as a graph of nodes, edges and nested groups, each with the rules that put it there."""

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
    """How firmly something is drawn."""

    FIRM = "firm"
    DEFAULT = "default"
    GHOST = "ghost"
    CONFLICT = "conflict"


@dataclass(frozen=True)
class Node:
    """A thing in the architecture; a companion hangs `at` another node.

    `column` and `row` are reading-order hints, None where the layout is free.
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
    """A relation between two nodes; `control` ones are not traffic, `step` numbers the main flow from 1."""

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
        """A name that is unique within its architecture."""
        return f"{self.source}>{self.target}"


@dataclass(frozen=True)
class Group:
    """A frame around nodes and other frames."""

    id: GroupId
    kind: str
    label: str
    parent: GroupId | None
    rules: tuple[RuleId, ...]


@dataclass(frozen=True)
class Architecture:
    """One architecture as a plain value; what is drawn is this and nothing else."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    groups: tuple[Group, ...]

    @cached_property
    def node_by_id(self) -> Mapping[NodeId, Node]:
        """Every node under its id."""
        return {node.id: node for node in self.nodes}

    @cached_property
    def group_by_id(self) -> Mapping[GroupId, Group]:
        """Every group under its id."""
        return {group.id: group for group in self.groups}

    def group_of(self, node: Node) -> GroupId | None:
        """The frame that a node stands in; a companion stands where its host does."""
        while node.attached_to is not None:
            node = self.node_by_id[node.attached_to]
        return node.group

    def common_group(self, edge: Edge) -> GroupId | None:
        """The innermost frame that holds both ends of an edge."""
        ends = (self.group_of(self.node_by_id[end]) for end in (edge.source, edge.target))
        one, other = (self.ancestors(home) for home in ends)
        return next((group for group in one if group in other), None)

    def ancestors(self, group: GroupId | None) -> tuple[GroupId, ...]:
        """A group and every frame around it, innermost first."""
        chain: list[GroupId] = []
        while group is not None:
            chain.append(group)
            group = self.group_by_id[group].parent
        return tuple(chain)


def to_networkx(architecture: Architecture) -> nx.MultiDiGraph[NodeId]:
    """A fresh networkx graph of an architecture: yours to change, never the source of truth."""
    import networkx as nx  # noqa: PLC0415 (0.1 to 0.2 s that the first paint must not wait for)

    graph: nx.MultiDiGraph[NodeId] = nx.MultiDiGraph()
    for node in architecture.nodes:
        graph.add_node(node.id, node=node)
    for edge in architecture.edges:
        graph.add_edge(edge.source, edge.target, edge=edge)
    return graph
