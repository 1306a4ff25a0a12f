r"""PlantUML writer: an architecture as PlantUML text.

>>> escape_text('R&D "x" <b>')
'R<U+0026>D <U+0022>x<U+0022> <U+003C>b<U+003E>'
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from explorer.core.model.architecture import Architecture, Edge, ElementState, Group, Node
from explorer.export.notations.numbered_graph import NumberedGraph, edge_label, label_lines, one_line

_SAFE_CHARS = frozenset(" .,;:()+?×–—’“”…·")
_STATE_STYLES = {
    ElementState.DEFAULT: "#line:8c8c8c;text:4d4d4d",
    ElementState.GHOST: "#line:8c8c8c;line.dashed;text:595959",
    ElementState.CONFLICT: "#line:b3152c;line.bold;text:b3152c",
}


def plantuml_text(architecture: Architecture, title: str = "") -> str:
    """Return the diagram as PlantUML text that ends with a line break."""
    graph = NumberedGraph(architecture)
    lines = ["@startuml"]
    if one_line(title):
        lines.append(f"title {escape_text(title)}")
    lines += ["left to right direction", "skinparam defaultTextAlignment center", "skinparam shadowing false"]
    lines += graph.nested_lines(partial(_node_lines, graph), partial(_group_line, graph), "}", indent="  ")
    lines += [f"{host} .. {companion}" for host, companion in graph.companion_ids]
    lines += [_edge_line(graph, edge) for edge in architecture.edges]
    return "\n".join([*lines, "@enduml"]) + "\n"


def escape_text(text: str) -> str:
    """Return text that PlantUML shows verbatim: characters that could be markup are written by code point."""
    return "".join(c if c.isalnum() or c in _SAFE_CHARS else f"<U+{ord(c):04X}>" for c in one_line(text))


def _group_line(graph: NumberedGraph, group: Group) -> str:
    return f'rectangle "{escape_text(label_lines(group)[0])}" as {graph.group_ids[group.id]} {{'


def _node_lines(graph: NumberedGraph, node: Node) -> Iterator[str]:
    label = r"\n".join(map(escape_text, label_lines(node)))
    style = _STATE_STYLES.get(node.state, "")
    kind = "card" if node.attached_to is not None else "rectangle"
    yield f'{kind} "{label}" as {graph.node_ids[node.id]} {style}'.rstrip()


def _edge_line(graph: NumberedGraph, edge: Edge) -> str:
    source, target = graph.edge_ends(edge)
    arrow = "..>" if edge.control or edge.state is ElementState.GHOST else "-->"
    label = edge_label(edge)
    return f"{source} {arrow} {target} : {escape_text(label)}" if label else f"{source} {arrow} {target}"
