r"""DOT writer: an architecture or a decision map for Graphviz and compatible programs.

Nodes are numbered; text from a pack is used only in labels.

>>> escape_text("R&D <b>\\N</b>")
'R&amp;D <b>\\\\N</b>'
"""

from __future__ import annotations

from collections.abc import Mapping

import graphviz

from explorer.core.decision_map.map import DecisionMap, MapNodeKind
from explorer.core.model.architecture import Architecture, Edge, ElementState, Group, Node
from explorer.core.model.pack import NodeId
from explorer.core.text import strip_control_chars
from explorer.export.request.graph import NoGraphError
from explorer.export.request.request import ArchitectureSubject, Request
from explorer.layout.decision_map.cards import branch_answers, card_title
from explorer.render.decision_map import DrawnMap

_NODE_STYLES = {
    ElementState.FIRM: {"style": "rounded"},
    ElementState.DEFAULT: {"style": "rounded", "color": "gray50", "fontcolor": "gray30"},
    ElementState.GHOST: {"style": "rounded,dashed", "color": "gray60", "fontcolor": "gray45"},
    ElementState.CONFLICT: {"style": "rounded,bold", "color": "red3", "fontcolor": "red3"},
}
_EDGE_STYLES = {
    ElementState.FIRM: {"color": "gray20"},
    ElementState.DEFAULT: {"color": "gray50"},
    ElementState.GHOST: {"color": "gray60", "style": "dotted"},
    ElementState.CONFLICT: {"color": "red3"},
}


def dot_bytes(request: Request) -> bytes:
    """Return an architecture or a decision map as the bytes of a DOT file."""
    match request.subject:
        case ArchitectureSubject(architecture=architecture):
            return architecture_dot(architecture, request.title).encode()
        case DrawnMap(decision_map=shown):
            return map_dot(shown, request.title).encode()
        case None:
            raise NoGraphError


def architecture_dot(architecture: Architecture, title: str = "") -> str:
    """Return the DOT text of an architecture, without positions."""
    dot = graphviz.Digraph(
        graph_attr={"rankdir": "LR", "compound": "true", "fontname": "sans-serif", "newrank": "true"},
        node_attr={"shape": "box", "fontname": "sans-serif", "fontsize": "11"},
        edge_attr={"fontname": "sans-serif", "fontsize": "10"},
    )
    if title:
        dot.graph_attr.update(label=_literal_label(title), labelloc="t")
    node_ids = {node.id: f"n{index}" for index, node in enumerate(architecture.nodes)}
    for node in architecture.nodes:
        if architecture.group_of(node) is None:
            _add_node(dot, node, node_ids[node.id])
    for group in architecture.groups:
        if group.parent is None:
            _add_group(dot, architecture, group, node_ids)
    for node in architecture.nodes:
        if node.attached_to is not None:
            dot.edge(node_ids[node.attached_to], node_ids[node.id], style="dotted", arrowhead="none", color="gray60")
    for edge in architecture.edges:
        _add_edge(dot, edge, node_ids)
    return str(dot.source)


def map_dot(shown: DecisionMap, title: str) -> str:
    """Return the DOT text of a decision map, without positions."""
    dot = graphviz.Digraph(
        graph_attr={
            "rankdir": "LR",
            "fontname": "sans-serif",
            "labelloc": "t",
            "label": _literal_label(title),
        },
        node_attr={"shape": "box", "style": "rounded", "fontname": "sans-serif", "fontsize": "11"},
        edge_attr={"fontname": "sans-serif", "fontsize": "10"},
    )
    node_ids = {node.id: f"n{index}" for index, node in enumerate(shown.nodes)}
    for node in shown.nodes:
        more = f" ({node.hidden_count} more questions)" if node.kind is MapNodeKind.FOLDED else ""
        shape = "box" if node.kind is MapNodeKind.QUESTION else "ellipse"
        dot.node(node_ids[node.id], label=_literal_label(card_title(shown, node) + more), shape=shape)
    for branch in shown.branches:
        dot.edge(node_ids[branch.source], node_ids[branch.target], label=_literal_label(branch_answers(shown, branch)))
    return str(dot.source)


def escape_text(text: str) -> str:
    """Return text that Graphviz shows verbatim; it decodes backslashes and `&…;` even in plain labels."""
    return str(graphviz.escape(strip_control_chars(text).replace("&", "&amp;")))


def _add_node(dot: graphviz.Digraph, node: Node, name: str) -> None:
    label = escape_text(node.label)
    if node.detail:
        label += f"\\n{escape_text(node.detail)}"
    size = {"fontsize": "9"} if node.attached_to is not None else {}
    dot.node(name, label=graphviz.nohtml(label), **_NODE_STYLES[node.state], **size)


def _add_group(dot: graphviz.Digraph, architecture: Architecture, group: Group, node_ids: Mapping[NodeId, str]) -> None:
    number = architecture.groups.index(group)
    with dot.subgraph(name=f"cluster_{number}") as cluster:  # pyright: ignore[reportOptionalContextManager]
        cluster.attr(label=_literal_label(group.label), labeljust="l", style="rounded", color="gray50")
        for node in architecture.nodes:
            if architecture.group_of(node) == group.id:
                _add_node(cluster, node, node_ids[node.id])
        for inner in architecture.groups:
            if inner.parent == group.id:
                _add_group(cluster, architecture, inner, node_ids)


def _add_edge(dot: graphviz.Digraph, edge: Edge, node_ids: Mapping[NodeId, str]) -> None:
    label = escape_text(edge.label)
    if edge.step is not None:
        label = f"{edge.step}. {label}".strip()
    attributes = dict(_EDGE_STYLES[edge.state])
    if edge.control:
        attributes["style"] = "dashed"
    if label:
        attributes["label"] = graphviz.nohtml(label)
    dot.edge(node_ids[edge.source], node_ids[edge.target], **attributes)


def _literal_label(text: str) -> str:
    """Return a label that Graphviz never reads as HTML: `nohtml` marks it by its type."""
    label: str = graphviz.nohtml(escape_text(text))
    return label
