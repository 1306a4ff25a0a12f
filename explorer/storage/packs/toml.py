"""A hand-written TOML file read whole, or the reason with its line why it cannot be."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from explorer.core.errors import refusal

MAX_BYTES = 2_000_000
"""A file larger than this is refused unread: no hand-written one comes near."""
MAX_LINE = 20_000
"""A longer line is refused too: the parser takes hours for a header of a million words."""

_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_AT_END = "(at end of document)"
_TOO_MANY_DIGITS = re.compile(r"\d[\d_]{4299,}")


class UnreadableError(Exception):
    """A file that cannot be read: at which line, what, and what was expected."""

    def __init__(self, line: int, what: str, expected: str = "") -> None:
        super().__init__(what)
        self.line, self.what, self.expected = line, what, expected


def text_of(path: Path, siblings: tuple[str, ...] = ()) -> str:
    """The text of a file among its siblings; UnreadableError where it is none of bearable size in UTF-8."""
    try:
        if path.exists() and not path.is_file():
            raise UnreadableError(1, "this is no ordinary file", "a text file")
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        expected = f"one of {', '.join(siblings)}" if siblings else ""
        raise UnreadableError(1, "the file is missing", expected) from error
    except (OSError, ValueError) as error:
        raise UnreadableError(1, f"the file cannot be read ({refusal(error)})") from error
    if len(raw) > MAX_BYTES:
        raise UnreadableError(1, "the file is too large", f"at most {MAX_BYTES:,} bytes")
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise UnreadableError(line, f"byte 0x{raw[error.start]:02x} is not text", "UTF-8") from error
    for number, row in enumerate(text.split("\n"), start=1):
        if len(row) > MAX_LINE:
            raise UnreadableError(number, "the line is too long", f"at most {MAX_LINE:,} characters")
    return text


def values_of(text: str) -> dict[str, object]:
    """What a text of TOML holds; UnreadableError where it is none."""
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise UnreadableError(1, "lists or tables are nested too deeply", "a few levels") from error
    except ValueError as error:  # not only TOML's own: a number may have too many digits
        said = str(error)
        place = _AT_LINE.search(said)
        line = int(place[1]) if place else text.count("\n") + 1 if _AT_END in said else 1
        what = _AT_LINE.sub("", said).replace(_AT_END, "").strip()
        if "digits" in said and (digits := _TOO_MANY_DIGITS.search(text)):
            line, what = text.count("\n", 0, digits.start()) + 1, "a number has thousands of digits"
        raise UnreadableError(line, f"this is no TOML: {what[:1].lower()}{what[1:]}") from error
