"""Architecture with generated ids and nested groups: what all text notations have in common.

Ids from a pack are not safe as identifiers of another language, so nodes and groups are numbered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from explorer.core.model.architecture import Architecture, Edge, ElementState, Group, Node
from explorer.core.model.pack import GroupId, NodeId
from explorer.core.text import strip_control_chars


@dataclass(frozen=True)
class NumberedGraph:
    """An architecture whose nodes are named `n0`, `n1`, … and whose groups are named `g0`, `g1`, …"""

    architecture: Architecture

    @cached_property
    def node_ids(self) -> Mapping[NodeId, str]:
        """The generated id of each node."""
        return {node.id: f"n{number}" for number, node in enumerate(self.architecture.nodes)}

    @cached_property
    def group_ids(self) -> Mapping[GroupId, str]:
        """The generated id of each group."""
        return {group.id: f"g{number}" for number, group in enumerate(self.architecture.groups)}

    def nodes_in(self, group: GroupId | None) -> Iterator[Node]:
        """Yield the nodes directly in a group; None yields those in no group."""
        return (node for node in self.architecture.nodes if self.architecture.group_of(node) == group)

    def groups_in(self, group: GroupId | None) -> Iterator[Group]:
        """Yield the groups directly in a group; None yields the outermost groups."""
        return (inner for inner in self.architecture.groups if inner.parent == group)

    def nested_lines(
        self,
        node_lines: Callable[[Node], Iterable[str]],
        group_line: Callable[[Group], str],
        end: str,
        indent: str,
        margin: str = "",
    ) -> Iterator[str]:
        """Yield the lines of all nodes, nested in the lines that open and close their groups.

        `node_lines` returns the lines of a node, `group_line` the line that opens a group, and `end` closes it.
        `indent` is added for each level, `margin` to all lines.
        """

        def lines_in(group: GroupId | None, margin: str) -> Iterator[str]:
            for node in self.nodes_in(group):
                yield from (f"{margin}{line}" for line in node_lines(node))
            for inner in self.groups_in(group):
                yield f"{margin}{group_line(inner)}"
                yield from lines_in(inner.id, margin + indent)
                yield f"{margin}{end}"

        return lines_in(None, margin)

    @property
    def companion_ids(self) -> Iterator[tuple[str, str]]:
        """The ids of each companion's host and of the companion."""
        nodes = self.architecture.nodes
        return ((self.node_ids[node.attached_to], self.node_ids[node.id]) for node in nodes if node.attached_to)

    def edge_ends(self, edge: Edge) -> tuple[str, str]:
        """Return the ids of an edge's source and target."""
        return self.node_ids[edge.source], self.node_ids[edge.target]


def one_line(text: str) -> str:
    r"""Return the text on one line, without control characters.

    >>> one_line("one\ntwo")
    'one two'
    """
    return strip_control_chars(text).strip()


def label_lines(element: Node | Group) -> tuple[str, ...]:
    """Return the label and, for a node, the detail; the label of an alternative starts with “or”."""
    label = one_line(element.label) or "unnamed"
    if isinstance(element, Group):
        return (label,)
    label = f"or {label}" if element.state is ElementState.GHOST else label
    detail = one_line(element.detail)
    return (label, detail) if detail else (label,)


def edge_label(edge: Edge) -> str:
    """Return the label of an edge, after its step number if it has one."""
    label = one_line(edge.label)
    return f"({edge.step}) {label}".strip() if edge.step is not None else label
