"""The JSON of a session file, taken apart with care: whatever a file holds is a value or one sentence."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from explorer.core.errors import ExplorerError
from explorer.storage.packs.table_reader import format_value, one_line

MAX_SESSION_BYTES = 8_000_000
"""More than any session holds; what is larger is no session and is not read to its end."""

_MAX_DEPTH = 40
"""Levels of nesting; far more than a session has, far fewer than would exhaust the stack."""


class SessionError(ExplorerError):
    """What is no session; its text says which and why."""


@dataclass(frozen=True)
class RawSession:
    """The values of a session file as they stand, and a sentence for each that is not what it should be."""

    values: dict[str, object]
    warnings: tuple[str, ...] = ()

    def table(self, key: str) -> dict[str, object]:
        """A table by its key; empty where there is none."""
        value = self.values.get(key)
        return value if isinstance(value, dict) else {}

    @property
    def pack_id_and_version(self) -> tuple[str | None, str | None]:
        """The id and the version of the pack that the session belongs to, where it says so."""
        about = self.table("pack")
        name, version = about.get("id"), about.get("version")
        return name if isinstance(name, str) else None, version if isinstance(version, str) else None


def parse_session_json(data: bytes | str, origin: str) -> RawSession:
    """The values of a session; SessionError, which names the `origin`, when it is none."""
    if len(data) > MAX_SESSION_BYTES:
        raise SessionError(f"“{origin}” is no session: it is larger than {MAX_SESSION_BYTES:,} bytes.")
    remarks: list[str] = []

    def table(pairs: Iterable[tuple[str, object]]) -> dict[str, object]:
        found: dict[str, object] = {}
        for key, value in pairs:
            if key in found:
                remarks.append(f"“{one_line(key)}” stands in it twice, and the last one counts")
            found[key] = value
        return found

    try:
        text = data if isinstance(data, str) else data.decode("utf-8-sig")
        values = json.loads(text, object_pairs_hook=table)
    except (ValueError, RecursionError) as error:
        line = f", line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise SessionError(f"“{origin}” is no session: it is not JSON in UTF-8{line}.") from error
    return validate_session_values(values, origin, tuple(remarks))


def validate_session_values(values: object, origin: str, remarks: tuple[str, ...] = ()) -> RawSession:
    """Values that were read from JSON as those of a session; SessionError when they are none."""
    if not isinstance(values, dict) or "berth" not in values:
        raise SessionError(f"“{origin}” is no session of Berth: the key “berth” is missing.")
    if any(depth > _MAX_DEPTH for depth in _nesting_depths(values)):
        raise SessionError(f"“{origin}” is no session: it is nested more than {_MAX_DEPTH} levels deep.")
    if not isinstance(values.get("answers", {}), dict):
        raise SessionError(f"“{origin}” cannot be used: its “answers” are no table.")
    strange = [
        f"its “{key}” is {format_value(values[key])}, which is no table"
        for key in ("pack", "view", "scenarios", "history")
        if not isinstance(values.get(key, {}), dict)
    ]
    return RawSession(_sanitize(values), tuple(dict.fromkeys((*remarks, *strange))))


def _sanitize(value: object) -> Any:
    """The value without what could not be written again: halves of characters, and what is no number."""
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
    """How deep each table and list stands, without climbing down by recursion."""
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
