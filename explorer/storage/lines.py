"""On which line of a TOML text each table and key stands, for messages that point at it.

The standard library's parser tells no positions, so this reads the layout that
packs use: headers and keys at the start of a line. What it cannot find (a key in an
inline table) is answered with the nearest line above.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

Path = tuple[str | int, ...]

_HEADER = re.compile(r"^\s*(\[\[?)\s*([\w.\-]+)\s*\]")
_KEY = re.compile(r"""^\s*("[^"]*"|'[^']*'|[\w.\-]+)\s*=""")
_FENCE = re.compile(r'"""|\'\'\'')


def line_numbers(text: str) -> Mapping[Path, int]:
    """The line, from 1, of every table and key, by its path: `("rule", 3, "when")`.

    >>> line_numbers('[[rule]]\\nid = "a"\\n')[("rule", 0, "id")]
    2
    """
    found: dict[Path, int] = {(): 1}
    counts: dict[Path, int] = {}
    here: Path = ()
    fence = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if fence:
            if fence in line:
                fence = ""
            continue
        if header := _HEADER.match(line):
            here = _table(header[2].split("."), header[1] == "[[", counts)
            found.setdefault(here, number)
        elif key := _KEY.match(line):
            found.setdefault((*here, key[1].strip("\"'")), number)
        fences = _FENCE.findall(line)
        if len(fences) % 2:
            fence = fences[-1]
    return found


def _table(names: list[str], is_entry: bool, counts: dict[Path, int]) -> Path:
    path: Path = ()
    for depth, name in enumerate(names):
        path = (*path, name)
        if depth == len(names) - 1 and is_entry:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def line_of(numbers: Mapping[Path, int], path: Path) -> int:
    """The line of a path, or of the nearest thing around it that has one."""
    while path not in numbers:
        path = path[:-1]
    return numbers[path]
