r"""Structurizr writer: groups become deployment nodes, the nodes in them infrastructure nodes.

>>> quote('say "hi" \\')
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
    """Return the workspace as Structurizr DSL that ends with a line break."""
    graph = NumberedGraph(architecture)
    name = quote(one_line(title) or "Architecture")
    lines = [f"workspace {name} {{", "  model {"]
    lines.append(f'    {_ENVIRONMENT} = deploymentEnvironment "Deployment" {{')
    lines += _nested_lines(graph, None, 3)
    lines += (f"      {line}" for line in _relationship_lines(graph))
    lines += ["    }", "  }", "  views {", f"    deployment * {_ENVIRONMENT} {{"]
    lines += ["      include *", "      autoLayout lr", "    }", "    styles {"]
    for tag, styles in _TAG_STYLES.items():
        lines += [f'      element "{tag}" {{', *(f"        {style}" for style in styles), "      }"]
    lines += ['      relationship "control" {', "        style dashed", "      }", "    }", "  }", "}"]
    return "\n".join(lines) + "\n"


def quote(text: str) -> str:
    """Return a DSL string; strings of this language have no backslash and expand `${…}`."""
    escaped = one_line(text).replace("\\", "/").replace("${", "$ {").replace('"', '\\"')
    return f'"{escaped}"'


def _nested_lines(graph: NumberedGraph, group: GroupId | None, depth: int) -> Iterator[str]:
    indent = "  " * depth
    names = _UniqueNames()
    for node in graph.nodes_in(group):
        kind = "infrastructureNode" if group is not None else "deploymentNode"
        tags = ["companion"] if node.attached_to is not None else []
        tags += [_STATE_TAGS[node.state]] if node.state in _STATE_TAGS else []
        arguments = [
            quote(names.unique(label_lines(node)[0])),
            quote("".join(label_lines(node)[1:])),
            '""',
            quote(",".join(tags)),
        ]
        yield f"{indent}{graph.node_ids[node.id]} = {kind} {' '.join(arguments)}"
    for inner in graph.groups_in(group):
        name = quote(names.unique(label_lines(inner)[0]))
        yield f"{indent}{graph.group_ids[inner.id]} = deploymentNode {name} {{"
        yield from _nested_lines(graph, inner.id, depth + 1)
        yield f"{indent}}}"


def _relationship_lines(graph: NumberedGraph) -> Iterator[str]:
    for host, companion in graph.companion_ids:
        yield f'{host} -> {companion} "has"'
    for edge in graph.architecture.edges:
        yield _relationship_line(graph, edge)


def _relationship_line(graph: NumberedGraph, edge: Edge) -> str:
    source, target = graph.edge_ends(edge)
    tags = ["control"] if edge.control else []
    return f'{source} -> {target} {quote(edge_label(edge))} "" {quote(",".join(tags))}'


class _UniqueNames:
    """Makes names unique: two elements of one group must not have the same name."""

    def __init__(self) -> None:
        self._used: set[str] = set()

    def unique(self, name: str) -> str:
        """Return the name, with a number if it is already used."""
        numbered = (f"{name} ({number})" for number in range(2, len(self._used) + 3))
        found = next(candidate for candidate in (name, *numbered) if candidate.lower() not in self._used)
        self._used.add(found.lower())
        return found
