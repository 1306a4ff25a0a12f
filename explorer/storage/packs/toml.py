"""Reads a hand-written TOML file; errors have the line."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from explorer.core.errors import os_error_text

MAX_TOML_BYTES = 2_000_000
"""Larger files are rejected; hand-written ones have some hundred kilobytes."""
MAX_LINE_LENGTH = 20_000
"""Longer lines are rejected: the parser takes hours for a header of a million names."""
MAX_KEY_PARTS = 32
"""Names in a dotted key such as `a.b.c`. The parser's work grows with the square of their number."""

_LINE_POSITION = re.compile(r"\(at line (\d+), column \d+\)")
_END_POSITION = "(at end of document)"
_LONG_KEY = re.compile(rf"""(?<![\w-])(?:(?:[\w-]++|"[^"]*+"|'[^']*+')[ \t]*+\.[ \t]*+){{{MAX_KEY_PARTS}}}""", re.ASCII)
_TOO_MANY_DIGITS = re.compile(r"\d[\d_]{4299,}")


class TomlReadError(Exception):
    """A file is not readable: the line, what is wrong, and what was expected."""

    def __init__(self, line: int, message: str, expected: str = "") -> None:
        super().__init__(message)
        self.line, self.message, self.expected = line, message, expected


def read_toml_text(path: Path, siblings: tuple[str, ...] = ()) -> str:
    """Return the text of a file; raises TomlReadError if it is missing, too large or not UTF-8.

    `siblings` are the names of the files that belong together, for the message of a missing one.
    """
    try:
        if path.exists() and not path.is_file():
            raise TomlReadError(1, "this is not a regular file", "a text file")
        with path.open("rb") as file:
            raw = file.read(MAX_TOML_BYTES + 1)
    except FileNotFoundError as error:
        expected = f"the files {', '.join(siblings)}" if siblings else ""
        raise TomlReadError(1, "the file is missing", expected) from error
    except (OSError, ValueError) as error:
        raise TomlReadError(1, f"the file is not readable ({os_error_text(error)})") from error
    if len(raw) > MAX_TOML_BYTES:
        raise TomlReadError(1, "the file is too large", f"at most {MAX_TOML_BYTES:,} bytes")
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise TomlReadError(line, f"byte 0x{raw[error.start]:02x} is not valid UTF-8", "text in UTF-8") from error
    for number, line_text in enumerate(text.split("\n"), start=1):
        if len(line_text) > MAX_LINE_LENGTH:
            raise TomlReadError(number, "the line is too long", f"at most {MAX_LINE_LENGTH:,} characters")
        if _LONG_KEY.search(line_text):
            raise TomlReadError(number, "a key has too many parts", f"at most {MAX_KEY_PARTS}")
    return text


def parse_toml(text: str) -> dict[str, object]:
    """Parse TOML text; raises TomlReadError if that fails."""
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise TomlReadError(1, "lists or tables are nested too deeply", "a few levels") from error
    except ValueError as error:  # also from int(): a number can have too many digits
        parser_message = str(error)
        position = _LINE_POSITION.search(parser_message)
        line = int(position[1]) if position else text.count("\n") + 1 if _END_POSITION in parser_message else 1
        message = _LINE_POSITION.sub("", parser_message).replace(_END_POSITION, "").strip()
        if "digits" in parser_message and (digits := _TOO_MANY_DIGITS.search(text)):
            line, message = text.count("\n", 0, digits.start()) + 1, "a number has thousands of digits"
        raise TomlReadError(line, f"this is not valid TOML: {message[:1].lower()}{message[1:]}") from error
