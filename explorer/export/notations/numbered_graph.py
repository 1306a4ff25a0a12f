"""An architecture as an outline: names that no language stumbles over, and what stands in which frame."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from explorer.core.model.architecture import Architecture, Edge, ElementState, Group, Node
from explorer.core.model.pack import GroupId, NodeId
from explorer.core.text import strip_control_chars


@dataclass(frozen=True)
class NumberedGraph:
    """The nodes and groups of an architecture by number, since a user's ids are no names of a language."""

    architecture: Architecture

    @cached_property
    def node_ids(self) -> Mapping[NodeId, str]:
        """What every node is called."""
        return {node.id: f"n{number}" for number, node in enumerate(self.architecture.nodes)}

    @cached_property
    def group_ids(self) -> Mapping[GroupId, str]:
        """What every group is called."""
        return {group.id: f"g{number}" for number, group in enumerate(self.architecture.groups)}

    def nodes_in(self, group: GroupId | None) -> Iterator[Node]:
        """The nodes that stand directly in a group, or in none."""
        return (node for node in self.architecture.nodes if self.architecture.group_of(node) == group)

    def groups_in(self, group: GroupId | None) -> Iterator[Group]:
        """The groups that stand directly in a group, or in none."""
        return (inner for inner in self.architecture.groups if inner.parent == group)

    def nested_lines(
        self,
        node: Callable[[Node], Iterable[str]],
        frame: Callable[[Group], str],
        end: str,
        indent: str,
        margin: str = "",
    ) -> Iterator[str]:
        """Every node's lines within those that open and end the groups around it, each group one step in.

        `node` and `frame` say the lines of one; `margin` stands before all of them.
        """

        def within(group: GroupId | None, margin: str) -> Iterator[str]:
            for inner in self.nodes_in(group):
                yield from (f"{margin}{line}" for line in node(inner))
            for around in self.groups_in(group):
                yield f"{margin}{frame(around)}"
                yield from within(around.id, margin + indent)
                yield f"{margin}{end}"

        return within(None, margin)

    @property
    def companion_ids(self) -> Iterator[tuple[str, str]]:
        """The names of every host and what hangs at it."""
        return (
            (self.node_ids[node.attached_to], self.node_ids[node.id])
            for node in self.architecture.nodes
            if node.attached_to
        )

    def edge_ends(self, edge: Edge) -> tuple[str, str]:
        """The names of both ends of an edge."""
        return self.node_ids[edge.source], self.node_ids[edge.target]


def one_line(text: str) -> str:
    r"""The text on one line, without what is not printed.

    >>> one_line("one\ntwo")
    'one two'
    """
    return strip_control_chars(text).strip()


def label_lines(thing: Node | Group) -> tuple[str, ...]:
    """What a node or a group is called, and what it does here; an alternative says that it is one."""
    name = one_line(thing.label) or "unnamed"
    if isinstance(thing, Group):
        return (name,)
    told = f"or {name}" if thing.state is ElementState.GHOST else name
    detail = one_line(thing.detail)
    return (told, detail) if detail else (told,)


def edge_label(edge: Edge) -> str:
    """What is written at an edge: its number in the main flow, and its words."""
    words = one_line(edge.label)
    return f"({edge.step}) {words}".strip() if edge.step is not None else words
