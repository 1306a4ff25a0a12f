r"""An architecture as D2 text, which D2 lays out and draws.

>>> quoted('say "${x}"')
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
    """The diagram as text, the last line ended too."""
    outline = NumberedGraph(architecture)
    lines = ["direction: right"]
    if one_line(title):
        lines += [f"title: {quote(title)} {{", "  shape: text", "  near: top-center", "}"]
    lines += outline.nested_lines(partial(_node_lines, outline), partial(_group_line, outline), "}", indent="  ")
    place = _qualified_ids(outline)
    for host, companion in outline.companion_ids:
        lines.append(f"{place[host]} -- {place[companion]}: {{style.stroke-dash: 2}}")
    lines += [_edge_line(outline, place, edge) for edge in architecture.edges]
    return "\n".join(lines) + "\n"


def quote(*lines: str) -> str:
    """Lines of text as a string of the language."""
    return '"' + r"\n".join(_escape(line) for line in lines if line) + '"'


def _escape(text: str) -> str:
    return one_line(text).replace("\\", "\\\\").replace('"', '\\"').replace("$", "\\$")


def _group_line(outline: NumberedGraph, group: Group) -> str:
    return f"{outline.group_ids[group.id]}: {quote(*label_lines(group))} {{"


def _node_lines(outline: NumberedGraph, node: Node) -> Iterator[str]:
    words = f"{outline.node_ids[node.id]}: {quote(*label_lines(node))}"
    styles = (
        *_STATE_STYLES.get(node.state, ()),
        *(("style.border-radius: 8",) if node.attached_to is not None else ()),
    )
    if not styles:
        yield words
        return
    yield f"{words} {{"
    yield from (f"  {style}" for style in styles)
    yield "}"


def _edge_line(outline: NumberedGraph, place: Mapping[str, str], edge: Edge) -> str:
    source, target = (place[end] for end in outline.edge_ends(edge))
    styles = [*_STATE_STYLES.get(edge.state, ())]
    if edge.control and edge.state is not ElementState.GHOST:
        styles.append("style.stroke-dash: 4")
    told = f"{source} -> {target}: {quote(edge_label(edge))}"
    return f"{told} {{{'; '.join(styles)}}}" if styles else told


def _qualified_ids(outline: NumberedGraph) -> dict[str, str]:
    """Every node's name with the frames around it, as a line from outside names it."""
    found = {}
    for node in outline.architecture.nodes:
        around = reversed(outline.architecture.ancestors(outline.architecture.group_of(node)))
        found[outline.node_ids[node.id]] = ".".join(
            (*(outline.group_ids[g] for g in around), outline.node_ids[node.id])
        )
    return found
