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
from explorer.storage.icons.names import icon_key, load_icon_names
from explorer.storage.icons.outline import OUTLINE_SUFFIX, outline_glyph
from explorer.storage.icons.svg_sanitizer import read_svg
from explorer.storage.resources import resource_path

GLYPH_FOLDER = resource_path("glyphs")
ICON_NAMES_FILE = resource_path("icons.toml")
INSTALLED_ICONS = resource_path("icons-aws")
"""Holds the icons that the set-up step took, with their licence and notice; not part of the repository."""

AWS_ICON_CREDIT = "AWS Architecture Icons © Amazon Web Services, Inc. or its affiliates"


class IconOrigin(Enum):
    """Whose icons are drawn, wherever they have one."""

    PACKAGE = "package"
    SET_UP = "set-up"
    OWN = "own"


@dataclass(frozen=True)
class IconSource:
    """Gives the SVG of an icon by its name: the origin's where it has one, else our own glyph.

    Frozen, and so it may be asked in any thread, and handed to another process.
    """

    origin: IconOrigin = IconOrigin.OWN
    path: Path | None = None
    package_files: Mapping[str, bytes] = field(default_factory=dict, compare=False, repr=False)

    @property
    def description(self) -> str:
        """What is drawn, in a few words."""
        match self.origin:
            case IconOrigin.OWN:
                return "Berth's own glyphs"
            case IconOrigin.SET_UP:
                return "the AWS Architecture Icons that came with the set-up"
        return f"the AWS Architecture Icons in {self.path}"

    @property
    def credit(self) -> str:
        """Whose icons a picture shows, for the picture itself; nothing for our own glyphs."""
        return "" if self.origin is IconOrigin.OWN else AWS_ICON_CREDIT

    def svg(self, name: str) -> bytes | None:
        """The file as it is, None where there is none of that name."""
        official = None if self.origin is IconOrigin.OWN else self.official_svg(name)
        return bundled_glyph(name) if official is None else official

    def official_svg(self, name: str) -> bytes | None:
        """AWS's own icon for a name, None where this source has none."""
        files = load_icon_names(ICON_NAMES_FILE).official_files.get(name, ())
        from_package = (self.package_files.get(icon_key(file)) for file in files)
        from_set_up = (_installed_icon(file) for file in files)
        return next((data for data in chain(from_package, from_set_up) if data is not None), None)


GLYPHS_ONLY = IconSource()


def bundled_glyph(name: str) -> bytes | None:
    """The SVG of one of our own glyphs, None where there is none of that name.

    A name that ends in `OUTLINED` gives the glyph as an outline; there always is one.
    """
    if name.endswith(OUTLINE_SUFFIX):
        glyph = bundled_glyph(name.removesuffix(OUTLINE_SUFFIX)) or bundled_glyph("unknown")
        return outline_glyph(glyph) if glyph else None
    # A name comes from a pack: it must not lead out of the folder.
    if not re.fullmatch(r"[\w-]+", name):
        return None
    try:
        return (GLYPH_FOLDER / f"{name}.svg").read_bytes()
    except OSError:
        return None


def default_icon_source() -> IconSource:
    """What is drawn where nobody has chosen: the icons that the set-up took, else our own glyphs."""
    return IconSource(IconOrigin.SET_UP, INSTALLED_ICONS) if (INSTALLED_ICONS / "NOTICE.txt").is_file() else GLYPHS_ONLY


def icon_notice(source: IconSource) -> str:
    """Where icons are looked for, which are in use, and on whose terms; as plain text of some paragraphs."""
    order = (
        "Icons are looked for in your own copy of the AWS Architecture Icons, where you have chosen one; "
        "then among those that the set-up took; then among Berth's own glyphs, which stand for all others."
    )
    return f"{order}\n\nIn use: {source.description}.\n\n{_license_text(source)}"


def _license_text(source: IconSource) -> str:
    match source.origin:
        case IconOrigin.PACKAGE:
            return f"{AWS_ICON_CREDIT}: your own copy, unmodified, on the terms on which AWS gave it to you."
        case IconOrigin.SET_UP:
            with suppress(OSError):
                paragraphs = (INSTALLED_ICONS / "NOTICE.txt").read_text("utf-8").split("\n\n")
                return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)
            return f"{AWS_ICON_CREDIT}, under CC BY-ND 2.0, unmodified."
    return "Berth's own glyphs are part of Berth, and under its licence."


def initial_icon_source(wish: str) -> IconSource:
    """What is shown until the wished source is read: the wished one itself where that takes no time."""
    return GLYPHS_ONLY if wish == IconOrigin.OWN.value else default_icon_source()


def load_icon_source(wish: str) -> IconSource:
    """The source a person asks for: nothing for the usual one, `own`, or a folder or zip; PackageError."""
    if wish in ("", IconOrigin.OWN.value):
        return initial_icon_source(wish)
    from explorer.storage.icons.aws_package import read_icon_package  # noqa: PLC0415 (rarely asked for)

    path = Path(wish).expanduser()
    wanted = frozenset(map(icon_key, load_icon_names(ICON_NAMES_FILE).all_files))
    return IconSource(IconOrigin.PACKAGE, path, read_icon_package(path, wanted))


def _installed_icon(file: str) -> bytes | None:
    """An icon that the set-up took, None where it is missing or no longer what it was."""
    try:
        return read_svg(INSTALLED_ICONS / f"{file}.svg")
    except (OSError, ExplorerError):
        return None
