"""JSON of a session file: parsed within limits, and validated as far as every pack needs."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from explorer.core.errors import ExplorerError
from explorer.storage.packs.table_reader import format_value, one_line

MAX_SESSION_BYTES = 8_000_000
"""Larger files are rejected; sessions have a few kilobytes."""

_MAX_DEPTH = 40
"""Levels of nesting; sessions have 5, and recursion would fail at several hundred."""

_MAX_WARNINGS = 8


class SessionError(ExplorerError):
    """Data that is not a usable session; its text names the source and the reason."""


class WarningList:
    """Collects warnings: keeps the text of the first ones and counts the others.

    A file can have 100,000 unknown answers. Their texts, with suggestions, would take minutes to write.
    """

    def __init__(self) -> None:
        self._texts: dict[str, None] = {}
        self._count = 0

    def __bool__(self) -> bool:
        return self._count > 0

    def add(self, write: Callable[[], str]) -> None:
        """Add the warning that `write` returns; it is called only if the text is kept."""
        self._count += 1
        if self._count <= _MAX_WARNINGS:
            self._texts[one_line(write())] = None

    def texts(self) -> tuple[str, ...]:
        """Return the warnings, each once, and the number of the others."""
        others = self._count - _MAX_WARNINGS
        return (*self._texts, *([f"{others:,} more"] if others > 0 else []))


@dataclass(frozen=True)
class RawSession:
    """The values of a session file, with a warning for each that is not as expected."""

    values: dict[str, object]
    warnings: tuple[str, ...] = ()

    def table(self, key: str) -> dict[str, object]:
        """Return the object under a key; empty if there is none."""
        value = self.values.get(key)
        return value if isinstance(value, dict) else {}

    @property
    def pack_id_and_version(self) -> tuple[str | None, str | None]:
        """The id and version of the session's pack; None for each that is missing."""
        about = self.table("pack")
        name, version = about.get("id"), about.get("version")
        return name if isinstance(name, str) else None, version if isinstance(version, str) else None


def parse_session_json(data: bytes | str, origin: str) -> RawSession:
    """Parse a session; raises SessionError, which names the `origin`, if that fails."""
    if len(data) > MAX_SESSION_BYTES:
        raise SessionError(f"“{origin}” is not a session: it is larger than {MAX_SESSION_BYTES:,} bytes.")
    duplicates = WarningList()

    def to_dict(pairs: Iterable[tuple[str, object]]) -> dict[str, object]:
        values: dict[str, object] = {}
        for key, value in pairs:
            if key in values:
                duplicates.add(partial("the key “{}” occurs twice; the last value is used".format, key[:100]))
            values[key] = value
        return values

    try:
        text = data if isinstance(data, str) else data.decode("utf-8-sig")
        values = json.loads(text, object_pairs_hook=to_dict)
    except (ValueError, RecursionError) as error:
        line = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise SessionError(f"“{origin}” is not a session: it is not valid JSON in UTF-8{line}.") from error
    return validate_session_values(values, origin, duplicates.texts())


def validate_session_values(values: object, origin: str, warnings: tuple[str, ...] = ()) -> RawSession:
    """Return parsed JSON as a session; raises SessionError if it is not one."""
    if not isinstance(values, dict) or "berth" not in values:
        raise SessionError(f"“{origin}” is not a session of Berth: the key “berth” is missing.")
    if any(depth > _MAX_DEPTH for depth in _nesting_depths(values)):
        raise SessionError(f"“{origin}” is not a session: it has more than {_MAX_DEPTH} levels of nesting.")
    if not isinstance(values.get("answers", {}), dict):
        raise SessionError(f"“{origin}” is not a session: “answers” is not an object.")
    wrong_types = [
        one_line(f"“{key}” is {format_value(values[key])}, not an object")
        for key in ("pack", "view", "scenarios", "history")
        if not isinstance(values.get(key, {}), dict)
    ]
    return RawSession(_sanitize(values), (*warnings, *wrong_types))


def _sanitize(value: object) -> Any:
    """Return the value without what cannot be written again: lone surrogates, infinity and not-a-number."""
    match value:
        case str():
            return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        case float() if not math.isfinite(value):
            return None
        case list():
            return [_sanitize(each) for each in value]
        case dict():
            return {_sanitize(key): _sanitize(each) for key, each in value.items()}
    return value


def _nesting_depths(values: object) -> Iterator[int]:
    """Return the depth of each level, without recursion."""
    level, depth = [values], 1
    while level:
        yield depth
        inner: list[object] = []
        for value in level:
            if isinstance(value, dict):
                inner += value.values()
            elif isinstance(value, list):
                inner += value
        level, depth = [each for each in inner if isinstance(each, dict | list)], depth + 1
