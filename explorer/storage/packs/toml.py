"""A hand-written TOML file read whole, or the reason with its line why it cannot be."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from explorer.core.errors import os_error_text

MAX_TOML_BYTES = 2_000_000
"""A file larger than this is refused unread: no hand-written one comes near."""
MAX_LINE_LENGTH = 20_000
"""A longer line is refused too: the parser takes hours for a header of a million words."""

_LINE_POSITION = re.compile(r"\(at line (\d+), column \d+\)")
_END_POSITION = "(at end of document)"
_TOO_MANY_DIGITS = re.compile(r"\d[\d_]{4299,}")


class TomlReadError(Exception):
    """A file that cannot be read: at which line, what, and what was expected."""

    def __init__(self, line: int, what: str, expected: str = "") -> None:
        super().__init__(what)
        self.line, self.what, self.expected = line, what, expected


def read_toml_text(path: Path, siblings: tuple[str, ...] = ()) -> str:
    """The text of a file among its siblings; UnreadableError where it is none of bearable size in UTF-8."""
    try:
        if path.exists() and not path.is_file():
            raise TomlReadError(1, "this is no ordinary file", "a text file")
        with path.open("rb") as file:
            raw = file.read(MAX_TOML_BYTES + 1)
    except FileNotFoundError as error:
        expected = f"one of {', '.join(siblings)}" if siblings else ""
        raise TomlReadError(1, "the file is missing", expected) from error
    except (OSError, ValueError) as error:
        raise TomlReadError(1, f"the file cannot be read ({os_error_text(error)})") from error
    if len(raw) > MAX_TOML_BYTES:
        raise TomlReadError(1, "the file is too large", f"at most {MAX_TOML_BYTES:,} bytes")
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise TomlReadError(line, f"byte 0x{raw[error.start]:02x} is not text", "UTF-8") from error
    for number, row in enumerate(text.split("\n"), start=1):
        if len(row) > MAX_LINE_LENGTH:
            raise TomlReadError(number, "the line is too long", f"at most {MAX_LINE_LENGTH:,} characters")
    return text


def parse_toml(text: str) -> dict[str, object]:
    """What a text of TOML holds; UnreadableError where it is none."""
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise TomlReadError(1, "lists or tables are nested too deeply", "a few levels") from error
    except ValueError as error:  # not only TOML's own: a number may have too many digits
        said = str(error)
        place = _LINE_POSITION.search(said)
        line = int(place[1]) if place else text.count("\n") + 1 if _END_POSITION in said else 1
        what = _LINE_POSITION.sub("", said).replace(_END_POSITION, "").strip()
        if "digits" in said and (digits := _TOO_MANY_DIGITS.search(text)):
            line, what = text.count("\n", 0, digits.start()) + 1, "a number has thousands of digits"
        raise TomlReadError(line, f"this is no TOML: {what[:1].lower()}{what[1:]}") from error
