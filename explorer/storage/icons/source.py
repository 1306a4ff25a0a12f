"""Where icons come from, in this order: a person's own AWS package, what the set-up took, our own glyphs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum
from itertools import chain
from pathlib import Path

from explorer.core.errors import ExplorerError
from explorer.storage.icons.names import icon_names, key_of
from explorer.storage.icons.outline import OUTLINED, outlined
from explorer.storage.icons.svg_sanitizer import read_svg
from explorer.storage.resources import resource

GLYPHS = resource("glyphs")
NAMES = resource("icons.toml")
SET_UP = resource("icons-aws")
"""Holds the icons that the set-up step took, with their licence and notice; not part of the repository."""

CREDIT = "AWS Architecture Icons © Amazon Web Services, Inc. or its affiliates"


class Origin(Enum):
    """Whose icons are drawn, wherever they have one."""

    PACKAGE = "package"
    SET_UP = "set-up"
    OWN = "own"


@dataclass(frozen=True)
class IconSource:
    """Gives the SVG of an icon by its name: the origin's where it has one, else our own glyph.

    Frozen, and so it may be asked in any thread, and handed to another process.
    """

    origin: Origin = Origin.OWN
    path: Path | None = None
    files: Mapping[str, bytes] = field(default_factory=dict, compare=False, repr=False)

    @property
    def title(self) -> str:
        """What is drawn, in a few words."""
        match self.origin:
            case Origin.OWN:
                return "Berth's own glyphs"
            case Origin.SET_UP:
                return "the AWS Architecture Icons that came with the set-up"
        return f"the AWS Architecture Icons in {self.path}"

    @property
    def credit(self) -> str:
        """Whose icons a picture shows, for the picture itself; nothing for our own glyphs."""
        return "" if self.origin is Origin.OWN else CREDIT

    def svg(self, name: str) -> bytes | None:
        """The file as it is, None where there is none of that name."""
        official = None if self.origin is Origin.OWN else self.official(name)
        return bundled_glyph(name) if official is None else official

    def official(self, name: str) -> bytes | None:
        """AWS's own icon for a name, None where this source has none."""
        files = icon_names(NAMES).official.get(name, ())
        from_package = (self.files.get(key_of(file)) for file in files)
        from_set_up = (_taken(file) for file in files)
        return next((data for data in chain(from_package, from_set_up) if data is not None), None)


OWN = IconSource()


def bundled_glyph(name: str) -> bytes | None:
    """The SVG of one of our own glyphs, None where there is none of that name.

    A name that ends in `OUTLINED` gives the glyph as an outline; there always is one.
    """
    if name.endswith(OUTLINED):
        glyph = bundled_glyph(name.removesuffix(OUTLINED)) or bundled_glyph("unknown")
        return outlined(glyph) if glyph else None
    # A name comes from a pack: it must not lead out of the folder.
    if not re.fullmatch(r"[\w-]+", name):
        return None
    try:
        return (GLYPHS / f"{name}.svg").read_bytes()
    except OSError:
        return None


def usual_source() -> IconSource:
    """What is drawn where nobody has chosen: the icons that the set-up took, else our own glyphs."""
    return IconSource(Origin.SET_UP, SET_UP) if (SET_UP / "NOTICE.txt").is_file() else OWN


def notice_of(source: IconSource) -> str:
    """Where icons are looked for, which are in use, and on whose terms; as plain text of some paragraphs."""
    order = (
        "Icons are looked for in your own copy of the AWS Architecture Icons, where you have chosen one; "
        "then among those that the set-up took; then among Berth's own glyphs, which stand for all others."
    )
    return f"{order}\n\nIn use: {source.title}.\n\n{_terms(source)}"


def _terms(source: IconSource) -> str:
    match source.origin:
        case Origin.PACKAGE:
            return f"{CREDIT}: your own copy, unmodified, on the terms on which AWS gave it to you."
        case Origin.SET_UP:
            with suppress(OSError):
                paragraphs = (SET_UP / "NOTICE.txt").read_text("utf-8").split("\n\n")
                return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)
            return f"{CREDIT}, under CC BY-ND 2.0, unmodified."
    return "Berth's own glyphs are part of Berth, and under its licence."


def at_once(wish: str) -> IconSource:
    """What is shown until the wished source is read: the wished one itself where that takes no time."""
    return OWN if wish == Origin.OWN.value else usual_source()


def source_at(wish: str) -> IconSource:
    """The source a person asks for: nothing for the usual one, `own`, or a folder or zip; PackageError."""
    if wish in ("", Origin.OWN.value):
        return at_once(wish)
    from explorer.storage.icons.aws_package import read_package  # noqa: PLC0415 (rarely asked for)

    path = Path(wish).expanduser()
    wanted = frozenset(map(key_of, icon_names(NAMES).files))
    return IconSource(Origin.PACKAGE, path, read_package(path, wanted))


def _taken(file: str) -> bytes | None:
    """An icon that the set-up took, None where it is missing or no longer what it was."""
    try:
        return read_svg(SET_UP / f"{file}.svg")
    except (OSError, ExplorerError):
        return None
