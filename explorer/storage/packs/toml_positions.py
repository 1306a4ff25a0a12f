"""TOML positions: the line of each table and key, for error messages.

The parser of the standard library has no positions. This scanner reads a text that the parser has accepted: table
headers, keys at the start of a statement, and keys of inline tables. For any other path it returns the nearest line
above.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice

TomlPath = tuple[str | int, ...]

_KEY = r"""(?:"(?:[^"\\\n]++|\\.)*+"|'[^'\n]*+'|[\w\-]++)"""
_DOTTED_KEY = rf"{_KEY}(?:[ \t]*\.[ \t]*{_KEY})*"
_TOKEN = re.compile(
    rf"""
    (?P<long>"{{3}}(?:[^"\\]++|\\.|"{{1,2}}+(?!"))*+"{{3,5}} | '{{3}}(?:[^']++|'{{1,2}}+(?!'))*+'{{3,5}})
  | (?P<key>{_DOTTED_KEY})(?=[ \t]*=)
  | (?P<short>"(?:[^"\\\n]++|\\.)*+" | '[^'\n]*+')
  | (?P<comment>\#[^\n]*)
  | (?P<mark>[\[\]{{}},\n])
  | (?P<space>[ \t\r]+)
  | (?P<rest>[^\[\]{{}},\n\#"' \t]+|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_HEADER = re.compile(rf"[ \t]*(\[\[?)[ \t]*({_DOTTED_KEY})[ \t]*\]\]?")
_KEY_PART = re.compile(_KEY)
_MAX_KEY_PARTS = 20


def line_numbers(text: str) -> Mapping[TomlPath, int]:
    """Return the line, from 1, of every table and key by its path, such as `("rule", 3, "when")`.

    >>> line_numbers('[[rule]]\\nid = "a"\\n')[("rule", 0, "id")]
    2
    """
    return _PositionScanner(text).lines


class _PositionScanner:
    """Scans a text and records the first line of each path."""

    def __init__(self, text: str) -> None:
        self.lines: dict[TomlPath, int] = {(): 1}
        self.current_line = 1
        self.array_counts: dict[TomlPath, int] = {}
        self.current_table: TomlPath = ()
        self.open_values: list[tuple[TomlPath, bool]] = []
        self.current_key: TomlPath = ()
        at = 0
        while at < len(text):
            header = _HEADER.match(text, at) if not self.open_values else None
            if header and (at == 0 or text[at - 1] == "\n"):
                self._open_table(_split_key(header[2]), header[1] == "[[")
                at = header.end()
                continue
            token = _TOKEN.match(text, at)
            assert token is not None  # `rest` matches any character
            self._consume(token)
            self.current_line += token[0].count("\n")
            at = token.end()

    def _consume(self, token: re.Match[str]) -> None:
        if token.lastgroup == "key":
            self.current_key = (*self._enclosing_path(), *_split_key(token[0]))
            self._record(self.current_key)
        elif token.lastgroup == "mark":
            self._handle_bracket(token[0])

    def _handle_bracket(self, mark: str) -> None:
        """Enter or leave a list or an inline table, or go to the list's next entry."""
        if mark == "[":
            self.open_values.append(((*self.current_key, 0), True))
        elif mark == "{":
            self._record(self.current_key)
            self.open_values.append((self.current_key, False))
        elif mark in "]}" and self.open_values:
            self.open_values.pop()
        elif mark == "," and self.open_values and self.open_values[-1][1]:
            *above, index = self.open_values[-1][0]
            self.open_values[-1] = ((*above, int(index) + 1), True)
        else:
            return
        self.current_key = self._enclosing_path()

    def _enclosing_path(self) -> TomlPath:
        return self.open_values[-1][0] if self.open_values else self.current_table

    def _record(self, path: TomlPath) -> None:
        self.lines.setdefault(path, self.current_line)

    def _open_table(self, names: tuple[str, ...], is_entry: bool) -> None:
        path: TomlPath = ()
        for depth, name in enumerate(names):
            path = (*path, name)
            if depth == len(names) - 1 and is_entry:
                self.array_counts[path] = self.array_counts.get(path, -1) + 1
            if path in self.array_counts:
                path = (*path, self.array_counts[path])
        self.current_table = self.current_key = path
        self._record(path)


def _split_key(dotted: str) -> tuple[str, ...]:
    parts = islice(_KEY_PART.finditer(dotted), _MAX_KEY_PARTS)
    return tuple(part[0].strip("\"'") for part in parts)


def line_of(numbers: Mapping[TomlPath, int], path: TomlPath) -> int:
    """Return the line of a path, or of the nearest enclosing one."""
    while path not in numbers:
        path = path[:-1]
    return numbers[path]
