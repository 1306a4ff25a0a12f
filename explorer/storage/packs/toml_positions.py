"""On which line of a TOML text each table and key stands, for messages that point at it.

The standard library's parser tells no positions, so this reads the layout of a
text that it has accepted: headers and keys at the start of a statement, and the
keys of inline tables. What it cannot find is answered with the nearest line above.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice

Path = tuple[str | int, ...]

_NAME = r"""(?:"(?:[^"\\\n]++|\\.)*+"|'[^'\n]*+'|[\w\-]++)"""
_DOTTED = rf"{_NAME}(?:[ \t]*\.[ \t]*{_NAME})*"
_TOKEN = re.compile(
    rf"""
    (?P<long>"{{3}}(?:[^"\\]++|\\.|"{{1,2}}+(?!"))*+"{{3,5}} | '{{3}}(?:[^']++|'{{1,2}}+(?!'))*+'{{3,5}})
  | (?P<key>{_DOTTED})(?=[ \t]*=)
  | (?P<short>"(?:[^"\\\n]++|\\.)*+" | '[^'\n]*+')
  | (?P<comment>\#[^\n]*)
  | (?P<mark>[\[\]{{}},\n])
  | (?P<space>[ \t\r]+)
  | (?P<rest>[^\[\]{{}},\n\#"' \t]+|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_HEADER = re.compile(rf"[ \t]*(\[\[?)[ \t]*({_DOTTED})[ \t]*\]\]?")
_PIECE = re.compile(_NAME)
_DEEPEST = 20


def line_numbers(text: str) -> Mapping[Path, int]:
    """The line, from 1, of every table and key, by its path: `("rule", 3, "when")`.

    >>> line_numbers('[[rule]]\\nid = "a"\\n')[("rule", 0, "id")]
    2
    """
    return _Reader(text).found


class _Reader:
    """Reads a text from top to bottom and notes where each path first stands."""

    def __init__(self, text: str) -> None:
        self.found: dict[Path, int] = {(): 1}
        self.line = 1
        self.counts: dict[Path, int] = {}
        self.table: Path = ()
        self.values: list[tuple[Path, bool]] = []
        self.key: Path = ()
        at = 0
        while at < len(text):
            header = _HEADER.match(text, at) if not self.values else None
            if header and (at == 0 or text[at - 1] == "\n"):
                self._open_table(_pieces(header[2]), header[1] == "[[")
                at = header.end()
                continue
            token = _TOKEN.match(text, at)
            assert token is not None  # `rest` takes whatever is left
            self._take(token)
            self.line += token[0].count("\n")
            at = token.end()

    def _take(self, token: re.Match[str]) -> None:
        if token.lastgroup == "key":
            self.key = (*self._around(), *_pieces(token[0]))
            self._note(self.key)
        elif token.lastgroup == "mark":
            self._step(token[0])

    def _step(self, mark: str) -> None:
        """Into a list or an inline table, out of it, or on to the list's next entry."""
        if mark == "[":
            self.values.append(((*self.key, 0), True))
        elif mark == "{":
            self._note(self.key)
            self.values.append((self.key, False))
        elif mark in "]}" and self.values:
            self.values.pop()
        elif mark == "," and self.values and self.values[-1][1]:
            *above, index = self.values[-1][0]
            self.values[-1] = ((*above, int(index) + 1), True)
        else:
            return
        self.key = self._around()

    def _around(self) -> Path:
        return self.values[-1][0] if self.values else self.table

    def _note(self, path: Path) -> None:
        self.found.setdefault(path, self.line)

    def _open_table(self, names: tuple[str, ...], is_entry: bool) -> None:
        path: Path = ()
        for depth, name in enumerate(names):
            path = (*path, name)
            if depth == len(names) - 1 and is_entry:
                self.counts[path] = self.counts.get(path, -1) + 1
            if path in self.counts:
                path = (*path, self.counts[path])
        self.table = self.key = path
        self._note(path)


def _pieces(dotted: str) -> tuple[str, ...]:
    found = islice(_PIECE.finditer(dotted), _DEEPEST)
    return tuple(piece[0].strip("\"'") for piece in found)


def line_of(numbers: Mapping[Path, int], path: Path) -> int:
    """The line of a path, or of the nearest thing around it that has one."""
    while path not in numbers:
        path = path[:-1]
    return numbers[path]
