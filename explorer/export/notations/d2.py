r"""D2 writer: an architecture as D2 text.

>>> quote('say "${x}"')
'"say \\"\\${x}\\""'
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from explorer.core.model.architecture import Architecture, Edge, ElementState, Group, Node
from explorer.export.notations.numbered_graph import NumberedGraph, edge_label, label_lines, one_line

_STATE_STYLES = {
    ElementState.DEFAULT: ("style.opacity: 0.8",),
    ElementState.GHOST: ("style.stroke-dash: 4", "style.opacity: 0.7"),
    ElementState.CONFLICT: ('style.stroke: "#b3152c"', "style.stroke-width: 4"),
}


def d2_text(architecture: Architecture, title: str = "") -> str:
    """Return the diagram as D2 text that ends with a line break."""
    graph = NumberedGraph(architecture)
    lines = ["direction: right"]
    if one_line(title):
        lines += [f"title: {quote(title)} {{", "  shape: text", "  near: top-center", "}"]
    lines += graph.nested_lines(partial(_node_lines, graph), partial(_group_line, graph), "}", indent="  ")
    qualified_ids = _qualified_ids(graph)
    for host, companion in graph.companion_ids:
        lines.append(f"{qualified_ids[host]} -- {qualified_ids[companion]}: {{style.stroke-dash: 2}}")
    lines += [_edge_line(graph, qualified_ids, edge) for edge in architecture.edges]
    return "\n".join(lines) + "\n"


def quote(*lines: str) -> str:
    """Return lines of text as a D2 string."""
    return '"' + r"\n".join(_escape(line) for line in lines if line) + '"'


def _escape(text: str) -> str:
    return one_line(text).replace("\\", "\\\\").replace('"', '\\"').replace("$", "\\$")


def _group_line(graph: NumberedGraph, group: Group) -> str:
    return f"{graph.group_ids[group.id]}: {quote(*label_lines(group))} {{"


def _node_lines(graph: NumberedGraph, node: Node) -> Iterator[str]:
    definition = f"{graph.node_ids[node.id]}: {quote(*label_lines(node))}"
    rounded = ("style.border-radius: 8",) if node.attached_to is not None else ()
    styles = (*_STATE_STYLES.get(node.state, ()), *rounded)
    if not styles:
        yield definition
        return
    yield f"{definition} {{"
    yield from (f"  {style}" for style in styles)
    yield "}"


def _edge_line(graph: NumberedGraph, qualified_ids: Mapping[str, str], edge: Edge) -> str:
    source, target = (qualified_ids[end] for end in graph.edge_ends(edge))
    styles = [*_STATE_STYLES.get(edge.state, ())]
    if edge.control and edge.state is not ElementState.GHOST:
        styles.append("style.stroke-dash: 4")
    definition = f"{source} -> {target}: {quote(edge_label(edge))}"
    return f"{definition} {{{'; '.join(styles)}}}" if styles else definition


def _qualified_ids(graph: NumberedGraph) -> dict[str, str]:
    """Return each node's id with the ids of its groups, as edges outside the groups refer to it."""
    architecture = graph.architecture
    found = {}
    for node in architecture.nodes:
        groups = reversed(architecture.ancestors(architecture.group_of(node)))
        node_id = graph.node_ids[node.id]
        found[node_id] = ".".join((*(graph.group_ids[group] for group in groups), node_id))
    return found
