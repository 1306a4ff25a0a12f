r"""An architecture as PlantUML text.

>>> shown('R&D "x" <b>')
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
    ElementState.CONFLICT: "#line:b3152c;line.bold;text:b3152c",
}
_ALTERNATIVE_STYLE = "#line:8c8c8c;line.dashed;text:595959"


def plantuml_text(architecture: Architecture, title: str = "") -> str:
    """The diagram as text, the last line ended too."""
    outline = NumberedGraph(architecture)
    lines = ["@startuml"]
    if one_line(title):
        lines.append(f"title {escape_text(title)}")
    lines += ["left to right direction", "skinparam defaultTextAlignment center", "skinparam shadowing false"]
    lines += outline.nested_lines(partial(_node_lines, outline), partial(_group_line, outline), "}", indent="  ")
    lines += [f"{host} .. {companion}" for host, companion in outline.companion_ids]
    lines += [_edge_line(outline, edge) for edge in architecture.edges]
    return "\n".join([*lines, "@enduml"]) + "\n"


def escape_text(text: str) -> str:
    """The text as it is shown verbatim: what could be markup is told by its number."""
    return "".join(c if c.isalnum() or c in _SAFE_CHARS else f"<U+{ord(c):04X}>" for c in one_line(text))


def _group_line(outline: NumberedGraph, group: Group) -> str:
    return f'rectangle "{escape_text(label_lines(group)[0])}" as {outline.group_ids[group.id]} {{'


def _node_lines(outline: NumberedGraph, node: Node) -> Iterator[str]:
    words = r"\n".join(map(escape_text, label_lines(node)))
    look = _ALTERNATIVE_STYLE if node.state is ElementState.GHOST else _STATE_STYLES.get(node.state, "")
    kind = "card" if node.attached_to is not None else "rectangle"
    yield f'{kind} "{words}" as {outline.node_ids[node.id]} {look}'.rstrip()


def _edge_line(outline: NumberedGraph, edge: Edge) -> str:
    source, target = outline.edge_ends(edge)
    arrow = "..>" if edge.control or edge.state is ElementState.GHOST else "-->"
    words = edge_label(edge)
    return f"{source} {arrow} {target} : {escape_text(words)}" if words else f"{source} {arrow} {target}"
