r"""An architecture as a Structurizr workspace: frames are deployment nodes, what they hold infrastructure.

>>> quoted('say "hi" \\')
'"say \\"hi\\" /"'
"""

from __future__ import annotations

from collections.abc import Iterator

from explorer.core.model.architecture import Architecture, Edge, ElementState
from explorer.core.model.pack import GroupId
from explorer.export.notations.numbered_graph import NumberedGraph, edge_label, label_lines, one_line

_ENVIRONMENT = "berth"
_STATE_TAGS = {
    ElementState.DEFAULT: "default",
    ElementState.GHOST: "alternative",
    ElementState.CONFLICT: "conflict",
}
_TAG_STYLES = {
    "default": ("opacity 80",),
    "alternative": ("border dashed", "opacity 60"),
    "conflict": ("stroke #b3152c", "strokeWidth 4"),
}


def structurizr_text(architecture: Architecture, title: str = "") -> str:
    """The workspace as text, the last line ended too."""
    outline = NumberedGraph(architecture)
    name = quote(one_line(title) or "Architecture")
    lines = [f"workspace {name} {{", "  model {"]
    lines.append(f'    {_ENVIRONMENT} = deploymentEnvironment "Deployment" {{')
    lines += _nested_lines(outline, None, 3)
    lines += (f"      {line}" for line in _relationship_lines(outline))
    lines += ["    }", "  }", "  views {", f"    deployment * {_ENVIRONMENT} {{"]
    lines += ["      include *", "      autoLayout lr", "    }", "    styles {"]
    for tag, styles in _TAG_STYLES.items():
        lines += [f'      element "{tag}" {{', *(f"        {style}" for style in styles), "      }"]
    lines += ['      relationship "control" {', "        style dashed", "      }", "    }", "  }", "}"]
    return "\n".join(lines) + "\n"


def quote(text: str) -> str:
    """The text as a string of the language, which knows no backslash in it and fills in `${…}`."""
    told = one_line(text).replace("\\", "/").replace("${", "$ {").replace('"', '\\"')
    return f'"{told}"'


def _nested_lines(outline: NumberedGraph, group: GroupId | None, depth: int) -> Iterator[str]:
    indent = "  " * depth
    named = _UniqueNames()
    for node in outline.nodes_in(group):
        kind = "infrastructureNode" if group is not None else "deploymentNode"
        tags = ["companion"] if node.attached_to is not None else []
        tags += [_STATE_TAGS[node.state]] if node.state in _STATE_TAGS else []
        words = [
            quote(named.unique(label_lines(node)[0])),
            quote("".join(label_lines(node)[1:])),
            '""',
            quote(",".join(tags)),
        ]
        yield f"{indent}{outline.node_ids[node.id]} = {kind} {' '.join(words)}"
    for inner in outline.groups_in(group):
        name = quote(named.unique(label_lines(inner)[0]))
        yield f"{indent}{outline.group_ids[inner.id]} = deploymentNode {name} {{"
        yield from _nested_lines(outline, inner.id, depth + 1)
        yield f"{indent}}}"


def _relationship_lines(outline: NumberedGraph) -> Iterator[str]:
    for host, companion in outline.companion_ids:
        yield f'{host} -> {companion} "has"'
    for edge in outline.architecture.edges:
        yield _relationship_line(outline, edge)


def _relationship_line(outline: NumberedGraph, edge: Edge) -> str:
    source, target = outline.edge_ends(edge)
    tags = ["control"] if edge.control else []
    return f'{source} -> {target} {quote(edge_label(edge))} "" {quote(",".join(tags))}'


class _UniqueNames:
    """Names that are told apart: no two things in one place may be called the same."""

    def __init__(self) -> None:
        self._used: set[str] = set()

    def unique(self, wanted: str) -> str:
        """The name, or with a number where it is taken."""
        numbered = (f"{wanted} ({number})" for number in range(2, len(self._used) + 3))
        name = next(name for name in (wanted, *numbered) if name.lower() not in self._used)
        self._used.add(name.lower())
        return name
