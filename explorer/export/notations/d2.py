r"""An architecture as D2 text, which D2 lays out and draws.

>>> quoted('say "${x}"')
'"say \\"\\${x}\\""'
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from explorer.core.model.architecture import Architecture, Edge, Group, Node, State
from explorer.export.notations.numbered_graph import Outline, numbered, one_line, words_of

_STYLES = {
    State.DEFAULT: ("style.opacity: 0.8",),
    State.GHOST: ("style.stroke-dash: 4", "style.opacity: 0.7"),
    State.CONFLICT: ('style.stroke: "#b3152c"', "style.stroke-width: 4"),
}


def d2_text(architecture: Architecture, title: str = "") -> str:
    """The diagram as text, the last line ended too."""
    outline = Outline(architecture)
    lines = ["direction: right"]
    if one_line(title):
        lines += [f"title: {quoted(title)} {{", "  shape: text", "  near: top-center", "}"]
    lines += outline.lines(partial(_node, outline), partial(_frame, outline), "}", indent="  ")
    place = _places(outline)
    for host, companion in outline.companions:
        lines.append(f"{place[host]} -- {place[companion]}: {{style.stroke-dash: 2}}")
    lines += [_edge(outline, place, edge) for edge in architecture.edges]
    return "\n".join(lines) + "\n"


def quoted(*lines: str) -> str:
    """Lines of text as a string of the language."""
    return '"' + r"\n".join(_escaped(line) for line in lines if line) + '"'


def _escaped(text: str) -> str:
    return one_line(text).replace("\\", "\\\\").replace('"', '\\"').replace("$", "\\$")


def _frame(outline: Outline, group: Group) -> str:
    return f"{outline.group[group.id]}: {quoted(*words_of(group))} {{"


def _node(outline: Outline, node: Node) -> Iterator[str]:
    words = f"{outline.node[node.id]}: {quoted(*words_of(node))}"
    styles = (*_STYLES.get(node.state, ()), *(("style.border-radius: 8",) if node.at is not None else ()))
    if not styles:
        yield words
        return
    yield f"{words} {{"
    yield from (f"  {style}" for style in styles)
    yield "}"


def _edge(outline: Outline, place: Mapping[str, str], edge: Edge) -> str:
    source, target = (place[end] for end in outline.ends(edge))
    styles = [*_STYLES.get(edge.state, ())]
    if edge.control and edge.state is not State.GHOST:
        styles.append("style.stroke-dash: 4")
    told = f"{source} -> {target}: {quoted(numbered(edge))}"
    return f"{told} {{{'; '.join(styles)}}}" if styles else told


def _places(outline: Outline) -> dict[str, str]:
    """Every node's name with the frames around it, as a line from outside names it."""
    found = {}
    for node in outline.architecture.nodes:
        around = reversed(outline.architecture.ancestors(outline.architecture.home(node)))
        found[outline.node[node.id]] = ".".join((*(outline.group[g] for g in around), outline.node[node.id]))
    return found
