"""Table reader: reads typed values from parsed TOML and collects every problem with its line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time

from explorer.core.errors import Problem, did_you_mean
from explorer.core.text import strip_control_chars
from explorer.storage.packs.toml_positions import TomlPath, line_numbers, line_of


@dataclass
class TomlSource:
    """A TOML file: its name, its text, and the problems found so far.

    It is `incomplete` if a problem prevented an id or an entry from being read: references to them would be reported
    as problems too.
    """

    name: str
    text: str
    problems: list[Problem] = field(default_factory=list)
    incomplete: bool = False
    _line_numbers: Mapping[TomlPath, int] | None = None

    def line(self, path: TomlPath) -> int:
        """Return the line of a path; the text is scanned only when it is first needed."""
        if self._line_numbers is None:
            self._line_numbers = line_numbers(self.text)
        return line_of(self._line_numbers, path)

    def add_problem(self, path: TomlPath, message: str, expected: str = "") -> None:
        """Add a problem at a path."""
        self.problems.append(Problem(self.name, self.line(path), one_line(message), one_line(expected)))

    def suggest(self, word: str, known: Iterable[str]) -> str:
        """Return a hint for an unknown word; empty after many problems, because suggestions take time."""
        return did_you_mean(word[:_MAX_WORD], known) if len(self.problems) < _MAX_SUGGESTIONS else ""


def one_line(text: str) -> str:
    """Return the text as one line of limited length, without control characters that a terminal would execute."""
    text = text if len(text) <= _MAX_LENGTH else f"{text[:_MAX_LENGTH]}…"
    return strip_control_chars(text)


_MAX_LENGTH = 300
_MAX_WORD = 100
_MAX_SUGGESTIONS = 200
_MAX_GRID_INDEX = 99
_TYPE_NAMES = {
    str: "a text in quotes",
    bool: "true or false",
    int: "a whole number",
    list: "a list",
    dict: "a table",
}


def format_value(value: object) -> str:
    """Return a value as messages show it: text in quotes, other values as JSON, both shortened.

    >>> format_value("night"), format_value(True), format_value([1, None])
    ('“night”', 'true', '[1, null]')
    """
    if isinstance(value, str):
        return f"“{_shorten(value)}”"
    if isinstance(value, date | time):
        return value.isoformat()
    try:
        return _shorten(json.dumps(value, ensure_ascii=False, default=str))
    except (ValueError, RecursionError):  # a number of thousands of digits, or thousands of levels
        return "too large to show"


def _shorten(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"


@dataclass(frozen=True)
class TomlTable:
    """A table of a file. A key that is missing or has the wrong type adds a problem."""

    source: TomlSource
    path: TomlPath
    values: Mapping[str, object]

    def reject_unknown_keys(self, *known: str) -> TomlTable:
        """Add a problem for every key that is not known, and return the table."""
        for key in self.values:
            if key not in known:
                self.add_problem(key, f"unknown key “{key}”", self.source.suggest(key, known))
        return self

    def add_problem(self, key: str, message: str, expected: str = "") -> None:
        """Add a problem at a key."""
        self.source.add_problem((*self.path, key), message, expected)

    def text(self, key: str, default: str | None = None) -> str:
        """Return text that is not blank, or the default."""
        if key not in self.values and default is not None:
            return default
        value = self._typed_value(key, str)
        if isinstance(value, str) and value.strip():
            return value
        if isinstance(value, str) and default is None:
            self.add_problem(key, f"“{key}” is empty", "a text")
        return default or ""

    def optional_text(self, key: str) -> str | None:
        """Return text; None if the key is missing."""
        return self.text(key) if key in self.values else None

    def identifier(self, key: str) -> str:
        """Return an id: letters, digits, `_`, `-` and `.`."""
        value = self.text(key)
        if not all(c.isalnum() or c in "_-." for c in value):
            self.add_problem(key, f"“{key}” is {format_value(value)}", "letters, digits, “_”, “-” and “.” only")
        self.source.incomplete |= not value
        return value

    def boolean(self, key: str, default: bool = False) -> bool:
        """Return true or false."""
        value = self._typed_value(key, bool) if key in self.values else default
        return value if isinstance(value, bool) else default

    def grid_index(self, key: str) -> int | None:
        """Return a row or column number; None if the key is missing."""
        value = self._typed_value(key, int) if key in self.values else None
        if not isinstance(value, int) or isinstance(value, bool):
            return None
        if not 0 <= value <= _MAX_GRID_INDEX:
            self.add_problem(key, f"“{key}” is {format_value(value)}", f"a whole number from 0 to {_MAX_GRID_INDEX}")
            return None
        return value

    def text_list(self, key: str, required: bool = False) -> tuple[str, ...]:
        """Return a list of texts; a single text is a list of one."""
        if key not in self.values:
            if required:
                self._typed_value(key, list)
            return ()
        return self._parse_texts((*self.path, key), self.values[key])

    def mapping(self, key: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return a table whose values are texts or lists of texts; empty if the key is missing."""
        return self._parse_mapping((*self.path, key), self.values[key]) if key in self.values else ()

    def mappings(self, key: str) -> tuple[tuple[tuple[str, tuple[str, ...]], ...], ...]:
        """Return one table as in `mapping`, or a list of them."""
        value = self.values.get(key)
        if not isinstance(value, list):
            return (self.mapping(key),) if key in self.values else ()
        return tuple(self._parse_mapping((*self.path, key, index), entry) for index, entry in enumerate(value))

    def subtable(self, key: str) -> TomlTable | None:
        """Return a table in this one; None if it is missing."""
        if key not in self.values:
            return None
        value = self._typed_value(key, dict)
        return TomlTable(self.source, (*self.path, key), value) if isinstance(value, dict) else None

    def entries(self, key: str) -> Iterator[TomlTable]:
        """Return the tables of an array of tables."""
        value = self._typed_value(key, list) if key in self.values else []
        for index, entry in enumerate(value if isinstance(value, list) else ()):
            path = (*self.path, key, index)
            if isinstance(entry, dict):
                yield TomlTable(self.source, path, entry)
            else:
                self.source.incomplete = True
                self.source.add_problem(path, f"“{key}” contains {format_value(entry)}", "only tables")

    def _typed_value(self, key: str, kind: type) -> object:
        if key not in self.values:
            self.source.add_problem(self.path, f"“{key}” is missing", _TYPE_NAMES[kind])
            return None
        value = self.values[key]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.source.incomplete |= kind in (list, dict)
            self.add_problem(key, f"“{key}” is {format_value(value)}", _TYPE_NAMES[kind])
            return None
        return value

    def _parse_mapping(self, path: TomlPath, value: object) -> tuple[tuple[str, tuple[str, ...]], ...]:
        if isinstance(value, dict):
            return tuple((name, self._parse_texts((*path, name), words)) for name, words in value.items())
        return self._skip(path, value, "a table")

    def _parse_texts(self, path: TomlPath, value: object) -> tuple[str, ...]:
        words = [value] if isinstance(value, str) else value
        if isinstance(words, list) and all(isinstance(word, str) for word in words):
            return tuple(words)
        return self._skip(path, value, "a text or a list of texts")

    def _skip(self, path: TomlPath, value: object, expected: str) -> tuple[()]:
        name = next(part for part in reversed(path) if isinstance(part, str))
        self.source.incomplete = True
        self.source.add_problem(path, f"“{name}” is {format_value(value)}", expected)
        return ()
