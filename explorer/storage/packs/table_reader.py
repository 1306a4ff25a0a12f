"""Reads typed values out of parsed TOML and notes every fault with its place instead of stopping."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time

from explorer.core.errors import Problem, did_you_mean
from explorer.core.text import strip_control_chars
from explorer.storage.packs.toml_positions import TomlPath, line_numbers, line_of


@dataclass
class TomlSource:
    """One TOML file: its name, its text, and the faults found in it so far.

    It is `lossy` once a fault kept an id or an entry from being read, so that
    what names them would look at fault too.
    """

    name: str
    text: str
    problems: list[Problem] = field(default_factory=list)
    incomplete: bool = False
    _line_numbers: Mapping[TomlPath, int] | None = None

    def line(self, path: TomlPath) -> int:
        """The line that a path stands on; the text is only scanned when the first fault asks."""
        if self._line_numbers is None:
            self._line_numbers = line_numbers(self.text)
        return line_of(self._line_numbers, path)

    def add_problem(self, path: TomlPath, what: str, expected: str = "") -> None:
        """Note a fault at a path."""
        self.problems.append(Problem(self.name, self.line(path), one_line(what), one_line(expected)))


def one_line(text: str) -> str:
    """The text as one line of bearable length that no terminal takes for a command."""
    text = text if len(text) <= _MAX_LENGTH else f"{text[:_MAX_LENGTH]}…"
    return strip_control_chars(text)


_MAX_LENGTH = 300
_MAX_GRID_INDEX = 99
_TYPE_NAMES = {
    str: "a text in quotes",
    bool: "true or false",
    int: "a whole number",
    list: "a list",
    dict: "a table",
}


def format_value(value: object) -> str:
    """A value as a message shows it: a text in quotes, anything else as a file would hold it, shortened.

    >>> shown("night"), shown(True), shown([1, None])
    ('“night”', 'true', '[1, null]')
    """
    if isinstance(value, str):
        return f"“{_shorten(value)}”"
    if isinstance(value, date | time):
        return value.isoformat()
    try:
        return _shorten(json.dumps(value, ensure_ascii=False, default=str))
    except (ValueError, RecursionError):  # a number of thousands of digits, tables a thousand deep
        return "too large to show"


def _shorten(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"


@dataclass(frozen=True)
class TomlTable:
    """One table of a file; reading a key that is missing or of the wrong type notes a fault."""

    source: TomlSource
    path: TomlPath
    values: Mapping[str, object]

    def reject_unknown_keys(self, *known: str) -> TomlTable:
        """Note every key that is not known."""
        for key in self.values:
            if key not in known:
                self.add_problem(key, f"unknown key “{key}”", did_you_mean(key, known))
        return self

    def add_problem(self, key: str, what: str, expected: str = "") -> None:
        """Note a fault at one of the table's keys."""
        self.source.add_problem((*self.path, key), what, expected)

    def text(self, key: str, default: str | None = None) -> str:
        """A text that is not blank, or the default."""
        if key not in self.values and default is not None:
            return default
        value = self._typed_value(key, str)
        if isinstance(value, str) and value.strip():
            return value
        if isinstance(value, str) and default is None:
            self.add_problem(key, f"“{key}” is empty", "a text")
        return default or ""

    def optional_text(self, key: str) -> str | None:
        """A text, or None where the key is missing."""
        return self.text(key) if key in self.values else None

    def identifier(self, key: str) -> str:
        """An id: letters, digits, `_`, `-`, `.`."""
        value = self.text(key)
        if not all(c.isalnum() or c in "_-." for c in value):
            self.add_problem(key, f"“{key}” is {format_value(value)}", "letters, digits, “_”, “-” and “.” only")
        self.source.incomplete |= not value
        return value

    def boolean(self, key: str, default: bool = False) -> bool:
        """True or false."""
        value = self._typed_value(key, bool) if key in self.values else default
        return value if isinstance(value, bool) else default

    def grid_index(self, key: str) -> int | None:
        """A place in a grid, or None where the key is missing."""
        value = self._typed_value(key, int) if key in self.values else None
        if not isinstance(value, int) or isinstance(value, bool):
            return None
        if not 0 <= value <= _MAX_GRID_INDEX:
            self.add_problem(key, f"“{key}” is {format_value(value)}", f"a whole number from 0 to {_MAX_GRID_INDEX}")
            return None
        return value

    def text_list(self, key: str, required: bool = False) -> tuple[str, ...]:
        """A list of texts; one text alone counts as a list of one."""
        if key not in self.values:
            if required:
                self._typed_value(key, list)
            return ()
        return self._parse_texts((*self.path, key), self.values[key])

    def mapping(self, key: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """A table whose values are texts or lists of texts; nothing where the key is missing."""
        return self._parse_mapping((*self.path, key), self.values[key]) if key in self.values else ()

    def mappings(self, key: str) -> tuple[tuple[tuple[str, tuple[str, ...]], ...], ...]:
        """One such table, or a list of them."""
        value = self.values.get(key)
        if not isinstance(value, list):
            return (self.mapping(key),) if key in self.values else ()
        return tuple(self._parse_mapping((*self.path, key, index), entry) for index, entry in enumerate(value))

    def subtable(self, key: str) -> TomlTable | None:
        """A table within this one, or None where it is missing."""
        if key not in self.values:
            return None
        value = self._typed_value(key, dict)
        return TomlTable(self.source, (*self.path, key), value) if isinstance(value, dict) else None

    def entries(self, key: str) -> Iterator[TomlTable]:
        """Every table of an array of tables."""
        value = self._typed_value(key, list) if key in self.values else []
        for index, entry in enumerate(value if isinstance(value, list) else ()):
            path = (*self.path, key, index)
            if isinstance(entry, dict):
                yield TomlTable(self.source, path, entry)
            else:
                self.source.incomplete = True
                self.source.add_problem(path, f"“{key}” holds {format_value(entry)}", "tables only")

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
