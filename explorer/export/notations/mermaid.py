r"""An architecture as a Mermaid flowchart, which many wikis and code hosts draw by themselves.

>>> label('R&D "x" #1')
'"R#amp;D #quot;x#quot; #35;1"'
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial

from explorer.core.model.architecture import Architecture, Group, Node, State
from explorer.export.notations.numbered_graph import Outline, numbered, one_line, words_of

_CLASSES = {
    State.DEFAULT: ("usual", "stroke:#8c8c8c,color:#4d4d4d"),
    State.GHOST: ("alternative", "stroke:#8c8c8c,color:#595959,stroke-dasharray:4 3"),
    State.CONFLICT: ("conflict", "stroke:#b3152c,stroke-width:3px,color:#b3152c"),
}
_ENTITIES = {'"': "#quot;", "#": "#35;", "&": "#amp;", "<": "#lt;", ">": "#gt;", "`": "#96;", "\\": "#92;"}


def mermaid_text(architecture: Architecture, title: str = "") -> str:
    """The flowchart as text, the last line ended too."""
    outline = Outline(architecture)
    lines: list[str] = []
    if title := one_line(title):
        lines += ["---", f"title: {_in_front(title)}", "---"]
    lines.append("flowchart LR")
    indent = "    "
    lines += outline.lines(partial(_node, outline), partial(_frame, outline), "end", indent, margin=indent)
    lines += [f"    {host} --- {companion}" for host, companion in outline.companions]
    lines += _edges(outline)
    states = {node.state for node in architecture.nodes}
    lines += [f"    classDef {name} {style}" for state, (name, style) in _CLASSES.items() if state in states]
    return "\n".join(lines) + "\n"


def label(*lines: str) -> str:
    """Lines of text as a label that is shown as it is."""
    return '"' + "<br/>".join(_shown(line) for line in lines if line) + '"'


def _in_front(title: str) -> str:
    """The title as front matter: Mermaid would take `<` for a tag and change the quotes up to its end."""
    told = json.dumps(title, ensure_ascii=False)
    return told.replace("<", "\\u003c").replace(">", "\\u003e")


def _shown(text: str) -> str:
    told = "".join(_ENTITIES.get(c, c) for c in one_line(text))
    # Mermaid cuts what looks to it like a style off at its last semicolon.
    if "style" in told or "classDef" in told:
        told = told.replace(":", "#58;")
    # A line that begins like a list or a heading would be taken for Markdown.
    first = told.lstrip()[:1]
    if first and (first in "-*+=_" or first.isdigit()):
        told = told.replace(first, f"#{ord(first)};", 1)
    return told


def _frame(outline: Outline, group: Group) -> str:
    return f"subgraph {outline.group[group.id]}[{label(words_of(group)[0])}]"


def _node(outline: Outline, node: Node) -> Iterator[str]:
    words = label(*words_of(node))
    shape = f"({words})" if node.at is not None else f"[{words}]"
    state = f":::{_CLASSES[node.state][0]}" if node.state in _CLASSES else ""
    yield f"{outline.node[node.id]}{shape}{state}"


def _edges(outline: Outline) -> Iterator[str]:
    for edge in outline.architecture.edges:
        source, target = outline.ends(edge)
        arrow = "-.->" if edge.control or edge.state is State.GHOST else "-->"
        words = numbered(edge)
        yield f"    {source} {arrow}{f'|{label(words)}|' if words else ''} {target}"
