r"""An architecture as PlantUML text.

>>> shown('R&D "x" <b>')
'R<U+0026>D <U+0022>x<U+0022> <U+003C>b<U+003E>'
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from explorer.core.model.architecture import Architecture, Edge, Group, Node, State
from explorer.export.notations.numbered_graph import Outline, numbered, one_line, words_of

_PLAIN = frozenset(" .,;:()+?×–—’“”…·")
_COLOURS = {State.DEFAULT: "#line:8c8c8c;text:4d4d4d", State.CONFLICT: "#line:b3152c;line.bold;text:b3152c"}
_GHOST = "#line:8c8c8c;line.dashed;text:595959"


def plantuml_text(architecture: Architecture, title: str = "") -> str:
    """The diagram as text, the last line ended too."""
    outline = Outline(architecture)
    lines = ["@startuml"]
    if one_line(title):
        lines.append(f"title {shown(title)}")
    lines += ["left to right direction", "skinparam defaultTextAlignment center", "skinparam shadowing false"]
    lines += outline.lines(partial(_node, outline), partial(_frame, outline), "}", indent="  ")
    lines += [f"{host} .. {companion}" for host, companion in outline.companions]
    lines += [_edge(outline, edge) for edge in architecture.edges]
    return "\n".join([*lines, "@enduml"]) + "\n"


def shown(text: str) -> str:
    """The text as it is shown verbatim: what could be markup is told by its number."""
    return "".join(c if c.isalnum() or c in _PLAIN else f"<U+{ord(c):04X}>" for c in one_line(text))


def _frame(outline: Outline, group: Group) -> str:
    return f'rectangle "{shown(words_of(group)[0])}" as {outline.group[group.id]} {{'


def _node(outline: Outline, node: Node) -> Iterator[str]:
    words = r"\n".join(map(shown, words_of(node)))
    look = _GHOST if node.state is State.GHOST else _COLOURS.get(node.state, "")
    kind = "card" if node.at is not None else "rectangle"
    yield f'{kind} "{words}" as {outline.node[node.id]} {look}'.rstrip()


def _edge(outline: Outline, edge: Edge) -> str:
    source, target = outline.ends(edge)
    arrow = "..>" if edge.control or edge.state is State.GHOST else "-->"
    words = numbered(edge)
    return f"{source} {arrow} {target} : {shown(words)}" if words else f"{source} {arrow} {target}"
