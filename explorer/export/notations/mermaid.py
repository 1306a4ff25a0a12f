r"""An architecture as a Mermaid flowchart, which many wikis and code hosts draw by themselves.

>>> label('R&D "x" #1')
'"R#amp;D #quot;x#quot; #35;1"'
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial

from explorer.core.model.architecture import Architecture, ElementState, Group, Node
from explorer.export.notations.numbered_graph import NumberedGraph, edge_label, label_lines, one_line

_STATE_CLASSES = {
    ElementState.DEFAULT: ("usual", "stroke:#8c8c8c,color:#4d4d4d"),
    ElementState.GHOST: ("alternative", "stroke:#8c8c8c,color:#595959,stroke-dasharray:4 3"),
    ElementState.CONFLICT: ("conflict", "stroke:#b3152c,stroke-width:3px,color:#b3152c"),
}
_ENTITIES = {'"': "#quot;", "#": "#35;", "&": "#amp;", "<": "#lt;", ">": "#gt;", "`": "#96;", "\\": "#92;"}


def mermaid_text(architecture: Architecture, title: str = "") -> str:
    """The flowchart as text, the last line ended too."""
    outline = NumberedGraph(architecture)
    lines: list[str] = []
    if title := one_line(title):
        lines += ["---", f"title: {_front_matter_title(title)}", "---"]
    lines.append("flowchart LR")
    indent = "    "
    lines += outline.nested_lines(
        partial(_node_lines, outline), partial(_group_line, outline), "end", indent, margin=indent
    )
    lines += [f"    {host} --- {companion}" for host, companion in outline.companion_ids]
    lines += _edge_lines(outline)
    states = {node.state for node in architecture.nodes}
    lines += [f"    classDef {name} {style}" for state, (name, style) in _STATE_CLASSES.items() if state in states]
    return "\n".join(lines) + "\n"


def quote_label(*lines: str) -> str:
    """Lines of text as a label that is shown as it is."""
    return '"' + "<br/>".join(_escape(line) for line in lines if line) + '"'


def _front_matter_title(title: str) -> str:
    """The title as front matter: Mermaid would take `<` for a tag and change the quotes up to its end."""
    told = json.dumps(title, ensure_ascii=False)
    return told.replace("<", "\\u003c").replace(">", "\\u003e")


def _escape(text: str) -> str:
    told = "".join(_ENTITIES.get(c, c) for c in one_line(text))
    # Mermaid cuts what looks to it like a style off at its last semicolon.
    if "style" in told or "classDef" in told:
        told = told.replace(":", "#58;")
    # A line that begins like a list or a heading would be taken for Markdown.
    first = told.lstrip()[:1]
    if first and (first in "-*+=_" or first.isdigit()):
        told = told.replace(first, f"#{ord(first)};", 1)
    return told


def _group_line(outline: NumberedGraph, group: Group) -> str:
    return f"subgraph {outline.group_ids[group.id]}[{quote_label(label_lines(group)[0])}]"


def _node_lines(outline: NumberedGraph, node: Node) -> Iterator[str]:
    words = quote_label(*label_lines(node))
    shape = f"({words})" if node.attached_to is not None else f"[{words}]"
    state = f":::{_STATE_CLASSES[node.state][0]}" if node.state in _STATE_CLASSES else ""
    yield f"{outline.node_ids[node.id]}{shape}{state}"


def _edge_lines(outline: NumberedGraph) -> Iterator[str]:
    for edge in outline.architecture.edges:
        source, target = outline.edge_ends(edge)
        arrow = "-.->" if edge.control or edge.state is ElementState.GHOST else "-->"
        words = edge_label(edge)
        yield f"    {source} {arrow}{f'|{quote_label(words)}|' if words else ''} {target}"
