"""Icon source: the user's AWS package, else the icons downloaded during setup, else Berth's glyphs."""

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
"""The icons downloaded during setup, with their license and notice; not part of the repository."""

AWS_ICON_CREDIT = "AWS Architecture Icons © Amazon Web Services, Inc. or its affiliates"


class IconOrigin(Enum):
    """The preferred kind of icons; glyphs replace missing ones."""

    PACKAGE = "package"
    SET_UP = "set-up"
    OWN = "own"


@dataclass(frozen=True)
class IconSource:
    """Returns the SVG of an icon by its name: that of the origin if it has one, else Berth's glyph.

    It is immutable, so threads can share it, and it can be sent to another process.
    """

    origin: IconOrigin = IconOrigin.OWN
    path: Path | None = None
    package_files: Mapping[str, bytes] = field(default_factory=dict, compare=False, repr=False)

    @property
    def description(self) -> str:
        """The source in a few words, as part of a sentence."""
        match self.origin:
            case IconOrigin.OWN:
                return "Berth's glyphs"
            case IconOrigin.SET_UP:
                return "the AWS Architecture Icons downloaded during setup"
        return f"the AWS Architecture Icons in {self.path}"

    @property
    def credit(self) -> str:
        """The credit for a caption; empty for Berth's glyphs."""
        return "" if self.origin is IconOrigin.OWN else AWS_ICON_CREDIT

    def svg(self, name: str) -> bytes | None:
        """Return the unmodified SVG file; None if there is none of that name."""
        official = None if self.origin is IconOrigin.OWN else self.official_svg(name)
        return bundled_glyph(name) if official is None else official

    def official_svg(self, name: str) -> bytes | None:
        """Return the official icon of a name; None if this source has none."""
        files = load_icon_names(ICON_NAMES_FILE).official_files.get(name, ())
        from_package = (self.package_files.get(icon_key(file)) for file in files)
        from_set_up = (_installed_icon(file) for file in files)
        return next((data for data in chain(from_package, from_set_up) if data is not None), None)


GLYPHS_ONLY = IconSource()


def bundled_glyph(name: str) -> bytes | None:
    """Return the SVG of one of Berth's glyphs; None if there is none of that name.

    For a name with `OUTLINE_SUFFIX` it is an outline; a missing glyph gives the outline of the placeholder.
    """
    if name.endswith(OUTLINE_SUFFIX):
        glyph = bundled_glyph(name.removesuffix(OUTLINE_SUFFIX)) or bundled_glyph("unknown")
        return outline_glyph(glyph) if glyph else None
    # The name comes from a pack, so it must not be a path to another folder.
    if not re.fullmatch(r"[\w-]+", name):
        return None
    try:
        return (GLYPH_FOLDER / f"{name}.svg").read_bytes()
    except OSError:
        return None


def default_icon_source() -> IconSource:
    """Return the source that is used unless the user chooses one: the downloaded icons, else Berth's glyphs."""
    return IconSource(IconOrigin.SET_UP, INSTALLED_ICONS) if (INSTALLED_ICONS / "NOTICE.txt").is_file() else GLYPHS_ONLY


def icon_notice(source: IconSource) -> str:
    """Return the search order, the source in use and its license, as paragraphs of plain text."""
    order = (
        "Berth uses the icons of your AWS Architecture Icons package if you selected one, else the icons "
        "downloaded during setup, else its own glyphs."
    )
    return f"{order}\n\nIn use: {source.description}.\n\n{_license_text(source)}"


def _license_text(source: IconSource) -> str:
    match source.origin:
        case IconOrigin.PACKAGE:
            return f"{AWS_ICON_CREDIT}: your copy, unmodified, under the terms of your download."
        case IconOrigin.SET_UP:
            with suppress(OSError):
                paragraphs = (INSTALLED_ICONS / "NOTICE.txt").read_text("utf-8").split("\n\n")
                return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)
            return f"{AWS_ICON_CREDIT}, under CC BY-ND 2.0, unmodified."
    return "Berth's glyphs are part of Berth and have its license."


def initial_icon_source(setting: str) -> IconSource:
    """Return the source to show until `load_icon_source` has read the setting: for `own`, the glyphs."""
    return GLYPHS_ONLY if setting == IconOrigin.OWN.value else default_icon_source()


def load_icon_source(setting: str) -> IconSource:
    """Return the source that a setting names: empty for the default, `own`, or the path of a folder or zip.

    Raises IconPackageError if the path is not usable.
    """
    if setting in ("", IconOrigin.OWN.value):
        return initial_icon_source(setting)
    from explorer.storage.icons.aws_package import IconPackageError, read_icon_package  # noqa: PLC0415 (rarely used)

    try:
        path = Path(setting).expanduser()
    except RuntimeError as error:
        raise IconPackageError(Path(setting), "there is no such user") from error
    wanted = frozenset(map(icon_key, load_icon_names(ICON_NAMES_FILE).all_files))
    return IconSource(IconOrigin.PACKAGE, path, read_icon_package(path, wanted))


def _installed_icon(file: str) -> bytes | None:
    """Return an icon downloaded during setup; None if it is missing or unsafe."""
    try:
        return read_svg(INSTALLED_ICONS / f"{file}.svg")
    except (OSError, ExplorerError):
        return None
