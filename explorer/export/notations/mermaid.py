r"""Mermaid writer: an architecture as a flowchart, which many wikis and code hosts render.

>>> quote_label('R&D "x" #1')
'"R#amp;D #quot;x#quot; #35;1"'
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import partial

from explorer.core.model.architecture import Architecture, ElementState, Group, Node
from explorer.export.notations.numbered_graph import NumberedGraph, edge_label, label_lines, one_line

# Text and fill stay those of the page's theme. A text color without a fill is not legible on dark pages.
_STATE_CLASSES = {
    ElementState.DEFAULT: ("usual", "stroke:#8c8c8c"),
    ElementState.GHOST: ("alternative", "stroke:#8c8c8c,stroke-dasharray:4 3"),
    ElementState.CONFLICT: ("conflict", "stroke:#e0434f,stroke-width:3px"),
}
_ENTITIES = {'"': "#quot;", "#": "#35;", "&": "#amp;", "<": "#lt;", ">": "#gt;", "`": "#96;", "\\": "#92;"}
_NOT_IN_ACCESSIBLE_TEXT = re.compile(r"[#;<>{}%\\`]+")


def mermaid_text(architecture: Architecture, title: str = "", description: str = "") -> str:
    """Return the flowchart as Mermaid text that ends with a line break.

    `description` becomes the text for screen readers, as does the title.
    """
    graph = NumberedGraph(architecture)
    title = one_line(title)
    lines = ["---", f"title: {_front_matter_title(title)}", "---"] if title else []
    lines.append("flowchart LR")
    lines += _accessible_lines(title, description)
    indent = "    "
    lines += graph.nested_lines(partial(_node_lines, graph), partial(_group_line, graph), "end", indent, margin=indent)
    lines += [f"    {host} --- {companion}" for host, companion in graph.companion_ids]
    lines += _edge_lines(graph)
    states = {node.state for node in architecture.nodes}
    lines += [f"    classDef {name} {style}" for state, (name, style) in _STATE_CLASSES.items() if state in states]
    return "\n".join(lines) + "\n"


def quote_label(*lines: str) -> str:
    """Return lines of text as a label that Mermaid shows verbatim."""
    return '"' + "<br/>".join(_escape(line) for line in lines if line) + '"'


def _front_matter_title(title: str) -> str:
    """Return the title as YAML; Mermaid reads `<` in front matter as a tag and changes quotes in it."""
    quoted = json.dumps(title, ensure_ascii=False)
    return quoted.replace("<", "\\u003c").replace(">", "\\u003e")


def _accessible_lines(title: str, description: str) -> Iterator[str]:
    """Yield the title and the description for screen readers, as plain text: Mermaid decodes nothing there."""
    for key, text in (("accTitle", title), ("accDescr", description)):
        plain = " ".join(_NOT_IN_ACCESSIBLE_TEXT.sub(" ", one_line(text).replace(";", ",")).split())
        if plain:
            yield f"    {key}: {plain}"


def _escape(text: str) -> str:
    escaped = "".join(_ENTITIES.get(c, c) for c in one_line(text))
    # Mermaid takes “style…:” for a style definition and drops its last semicolon.
    if "style" in escaped or "classDef" in escaped:
        escaped = escaped.replace(":", "#58;")
    # Mermaid reads a line that starts like a list or a heading as Markdown.
    first = escaped.lstrip()[:1]
    if first and (first in "-*+=_" or first.isdigit()):
        escaped = escaped.replace(first, f"#{ord(first)};", 1)
    return escaped


def _group_line(graph: NumberedGraph, group: Group) -> str:
    return f"subgraph {graph.group_ids[group.id]}[{quote_label(label_lines(group)[0])}]"


def _node_lines(graph: NumberedGraph, node: Node) -> Iterator[str]:
    label = quote_label(*label_lines(node))
    shape = f"({label})" if node.attached_to is not None else f"[{label}]"
    state = f":::{_STATE_CLASSES[node.state][0]}" if node.state in _STATE_CLASSES else ""
    yield f"{graph.node_ids[node.id]}{shape}{state}"


def _edge_lines(graph: NumberedGraph) -> Iterator[str]:
    for edge in graph.architecture.edges:
        source, target = graph.edge_ends(edge)
        arrow = "-.->" if edge.control or edge.state is ElementState.GHOST else "-->"
        label = edge_label(edge)
        yield f"    {source} {arrow}{f'|{quote_label(label)}|' if label else ''} {target}"
