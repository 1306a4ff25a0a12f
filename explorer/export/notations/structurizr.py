r"""An architecture as a Structurizr workspace: frames are deployment nodes, what they hold infrastructure.

>>> quoted('say "hi" \\')
'"say \\"hi\\" /"'
"""

from __future__ import annotations

from collections.abc import Iterator

from explorer.core.model.architecture import Architecture, Edge, State
from explorer.core.model.pack import GroupId
from explorer.export.notations.numbered_graph import Outline, numbered, one_line, words_of

_ENVIRONMENT = "berth"
_TAGS = {State.DEFAULT: "default", State.GHOST: "alternative", State.CONFLICT: "conflict"}
_STYLES = {
    "default": ("opacity 80",),
    "alternative": ("border dashed", "opacity 60"),
    "conflict": ("stroke #b3152c", "strokeWidth 4"),
}


def structurizr_text(architecture: Architecture, title: str = "") -> str:
    """The workspace as text, the last line ended too."""
    outline = Outline(architecture)
    name = quoted(one_line(title) or "Architecture")
    lines = [f"workspace {name} {{", "  model {"]
    lines.append(f'    {_ENVIRONMENT} = deploymentEnvironment "Deployment" {{')
    lines += _within(outline, None, 3)
    lines += (f"      {line}" for line in _relations(outline))
    lines += ["    }", "  }", "  views {", f"    deployment * {_ENVIRONMENT} {{"]
    lines += ["      include *", "      autoLayout lr", "    }", "    styles {"]
    for tag, styles in _STYLES.items():
        lines += [f'      element "{tag}" {{', *(f"        {style}" for style in styles), "      }"]
    lines += ['      relationship "control" {', "        style dashed", "      }", "    }", "  }", "}"]
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    """The text as a string of the language, which knows no backslash in it and fills in `${…}`."""
    told = one_line(text).replace("\\", "/").replace("${", "$ {").replace('"', '\\"')
    return f'"{told}"'


def _within(outline: Outline, group: GroupId | None, depth: int) -> Iterator[str]:
    indent = "  " * depth
    named = _Names()
    for node in outline.nodes_in(group):
        kind = "infrastructureNode" if group is not None else "deploymentNode"
        tags = ["companion"] if node.at is not None else []
        tags += [_TAGS[node.state]] if node.state in _TAGS else []
        words = [
            quoted(named.free(words_of(node)[0])),
            quoted("".join(words_of(node)[1:])),
            '""',
            quoted(",".join(tags)),
        ]
        yield f"{indent}{outline.node[node.id]} = {kind} {' '.join(words)}"
    for inner in outline.groups_in(group):
        name = quoted(named.free(words_of(inner)[0]))
        yield f"{indent}{outline.group[inner.id]} = deploymentNode {name} {{"
        yield from _within(outline, inner.id, depth + 1)
        yield f"{indent}}}"


def _relations(outline: Outline) -> Iterator[str]:
    for host, companion in outline.companions:
        yield f'{host} -> {companion} "has"'
    for edge in outline.architecture.edges:
        yield _relation(outline, edge)


def _relation(outline: Outline, edge: Edge) -> str:
    source, target = outline.ends(edge)
    tags = ["control"] if edge.control else []
    return f'{source} -> {target} {quoted(numbered(edge))} "" {quoted(",".join(tags))}'


class _Names:
    """Names that are told apart: no two things in one place may be called the same."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def free(self, wanted: str) -> str:
        """The name, or with a number where it is taken."""
        numbered = (f"{wanted} ({number})" for number in range(2, len(self._taken) + 3))
        name = next(name for name in (wanted, *numbered) if name.lower() not in self._taken)
        self._taken.add(name.lower())
        return name
