"""Strict parsers of the text formats: a line that is not valid in the language fails.

They accept the part of each language that Berth uses, after its published grammar, and share no code with the
writers. All return the same: labels of nodes, groups and edges.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise


@dataclass
class Diagram:
    """A parsed diagram; `within` is the group of each node and of each inner group."""

    nodes: dict[str, str] = field(default_factory=dict)
    frames: dict[str, str] = field(default_factory=dict)
    within: dict[str, str | None] = field(default_factory=dict)
    edges: list[tuple[str, str, str]] = field(default_factory=list)
    title: str = ""
    accessible: dict[str, str] = field(default_factory=dict)


class InvalidLineError(AssertionError):
    """A line that is not valid in the language."""


def mermaid(text: str) -> Diagram:
    """Parse a Mermaid flowchart with quoted labels and `#…;` entities."""
    read, open_, lines = Diagram(), list[str](), text.splitlines()
    if lines[0] == "---":
        assert "<" not in lines[1], "Mermaid looks for tags before it reads the title"
        read.title = _json(lines[1].removeprefix("title: "))
        assert lines[2] == "---"
        lines = lines[3:]
    assert lines[0] == "flowchart LR"
    quoted = r'"([^"]*)"'
    for line in map(str.strip, lines[1:]):
        if found := re.fullmatch(rf"subgraph (\w+)\[{quoted}\]", line):
            read.frames[found[1]] = _entities(found[2])
            read.within[found[1]] = open_[-1] if open_ else None
            open_.append(found[1])
        elif line == "end":
            open_.pop()
        elif found := re.fullmatch(rf"(\w+)(?:\[{quoted}\]|\({quoted}\))(?::::\w+)?", line):
            read.nodes[found[1]] = _entities(found[2] or found[3])
            read.within[found[1]] = open_[-1] if open_ else None
        elif found := re.fullmatch(rf"(\w+) (-->|-\.->|---)(?:\|{quoted}\|)? (\w+)", line):
            read.edges.append((found[1], found[4], _entities(found[3] or "")))
        elif found := re.fullmatch(r"(accTitle|accDescr): ([^#;{}<>%]+)", line):
            read.accessible[found[1]] = found[2]
        elif not re.fullmatch(r"classDef \w+ [\w:#,\- ]+", line):
            raise InvalidLineError(line)
    assert not open_
    return read


def d2(text: str) -> Diagram:
    """Parse D2: keys, maps, double-quoted strings with escapes."""
    read, open_ = Diagram(), list[str]()
    quoted = r'"((?:[^"\\$]|\\.)*)"'
    inner: list[str] = []
    for line in map(str.strip, text.splitlines()):
        if inner:
            if line == "}":
                inner.pop()
            elif not re.fullmatch(r'(?:shape|near|style\.[\w-]+): (?:[\w.-]+|"#\w+")', line):
                raise InvalidLineError(line)
        elif found := re.fullmatch(rf"title: {quoted} {{", line):
            read.title = _backslashes(found[1])
            inner.append("title")
        elif found := re.fullmatch(rf"(g\d+): {quoted} {{", line):
            read.frames[found[1]] = _backslashes(found[2])
            read.within[found[1]] = open_[-1] if open_ else None
            open_.append(found[1])
        elif line == "}":
            open_.pop()
        elif found := re.fullmatch(rf"(n\d+): {quoted}( {{)?", line):
            read.nodes[found[1]] = _backslashes(found[2])
            read.within[found[1]] = open_[-1] if open_ else None
            inner += ["node"] * bool(found[3])
        elif found := re.fullmatch(rf"([\w.]+) (->|--) ([\w.]+): (?:{quoted} ?)?(?:{{[^{{}}]*}})?", line):
            ends = [_known(read, end) for end in (found[1], found[3])]
            read.edges.append((*ends, _backslashes(found[4] or "")))  # type: ignore[arg-type]
        elif line != "direction: right":
            raise InvalidLineError(line)
    assert not open_
    assert not inner
    return read


def plantuml(text: str) -> Diagram:
    """Parse a PlantUML component diagram; labels must not contain its markup."""
    read, open_, lines = Diagram(), list[str](), text.splitlines()
    assert (lines[0], lines[-1]) == ("@startuml", "@enduml")
    quoted, look = r'"([^"]*)"', r"(?: #[\w:;.]+)?"
    for line in map(str.strip, lines[1:-1]):
        if found := re.fullmatch(rf"rectangle {quoted} as (g\d+) {{", line):
            read.frames[found[2]] = _numbers(found[1])
            read.within[found[2]] = open_[-1] if open_ else None
            open_.append(found[2])
        elif line == "}":
            open_.pop()
        elif found := re.fullmatch(rf"(?:rectangle|card) {quoted} as (n\d+){look}", line):
            read.nodes[found[2]] = _numbers(found[1])
            read.within[found[2]] = open_[-1] if open_ else None
        elif found := re.fullmatch(r"(n\d+) (?:-->|\.\.>|\.\.) (n\d+)(?: : (.+))?", line):
            read.edges.append((found[1], found[2], _numbers(found[3] or "")))
        elif found := re.fullmatch(r"title (.+)", line):
            read.title = _numbers(found[1])
        elif not re.fullmatch(r"left to right direction|skinparam \w+ \w+", line):
            raise InvalidLineError(line)
    assert not open_
    return read


def structurizr(text: str) -> Diagram:
    """Parse a Structurizr workspace with one deployment environment."""
    read, open_ = Diagram(), list[str]()
    quoted = r'"((?:[^"\\]|\\")*)"'
    for line in map(str.strip, text.splitlines()):
        if found := re.fullmatch(rf"workspace {quoted} {{", line):
            read.title = found[1].replace('\\"', '"')
            open_.append("workspace")
        elif re.fullmatch(r"(?:model|views|styles|deployment \* berth|(?:element|relationship) \"\w+\") {", line):
            open_.append("block")
        elif line == 'berth = deploymentEnvironment "Deployment" {':
            open_.append("environment")
        elif found := re.fullmatch(rf"(g\d+) = deploymentNode {quoted} {{", line):
            read.frames[found[1]] = found[2].replace('\\"', '"')
            read.within[found[1]] = _frame(open_)
            open_.append(found[1])
        elif found := re.fullmatch(rf"(n\d+) = (\w+) {quoted} {quoted} \"\" {quoted}", line):
            assert found[2] == ("infrastructureNode" if _frame(open_) else "deploymentNode")
            name, detail = (found[number].replace('\\"', '"') for number in (3, 4))
            read.nodes[found[1]] = f"{name}\n{detail}" if detail else name
            read.within[found[1]] = _frame(open_)
        elif found := re.fullmatch(rf"(n\d+) -> (n\d+) {quoted}(?: \"\" {quoted})?", line):
            assert open_[-1] == "environment"
            read.edges.append((found[1], found[2], found[3].replace('\\"', '"')))
        elif line == "}":
            open_.pop()
        elif not re.fullmatch(
            r"include \*|autoLayout lr|(?:opacity|strokeWidth) \d+|border dashed|"
            r"style dashed|stroke #\w{6}",
            line,
        ):
            raise InvalidLineError(line)
    assert not open_
    for frame in {*read.within.values()}:
        names = [
            (read.nodes.get(name) or read.frames[name]).split("\n")[0].lower()
            for name, home in read.within.items()
            if home == frame
        ]
        assert len(names) == len(set(names)), "two elements of one group have the same name"
    return read


def _frame(open_: list[str]) -> str | None:
    return open_[-1] if open_[-1].startswith("g") else None


def _known(read: Diagram, path: str) -> str:
    """Return the last id of a path; each element must be within the previous one."""
    *frames, name = path.split(".")
    for outer, inner in pairwise([*frames, name]):
        assert read.within[inner] == outer
    assert (read.within[name] is None) == (not frames)
    return name


def _json(text: str) -> str:
    import json

    found = json.loads(text)
    assert isinstance(found, str)
    return found


def _entities(text: str) -> str:
    """Decode Mermaid entities (HTML entities with `#` for `&`); nothing else may look like markup."""
    bare = text.replace("<br/>", "\n")
    assert not set(bare) & set('<>`"\\')
    return html.unescape(re.sub(r"#(\w+);", lambda m: f"&#{m[1]};" if m[1].isdigit() else f"&{m[1]};", bare))


def _backslashes(text: str) -> str:
    return "".join(_escapes(text))


def _escapes(text: str) -> Iterator[str]:
    for found in re.finditer(r"\\(.)|([^\\])", text):
        yield "\n" if found[1] == "n" else found[1] or found[2]


def _numbers(text: str) -> str:
    bare = text.replace("\\n", "\n")
    assert not re.search(r"<(?!U\+[0-9A-F]{4,6}>)|[*~\[\]{}|^%$@!&#_=\\\"]|//|--", bare)
    return re.sub(r"<U\+([0-9A-F]+)>", lambda found: chr(int(found[1], 16)), bare)
