"""Maps the colors of a picture to the color scheme of a presentation, so that a new scheme recolors it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from explorer.render.theme import Theme

ACCENTS = ("cluster", "vpc", "region", "public-subnet", "security-group", "account")
"""The group kinds whose colors are accents 1 to 6 of the default color scheme."""


@dataclass(frozen=True)
class SchemeColors:
    """Maps colors of a picture (`#RRGGBB`) to names in the color scheme; other colors stay fixed."""

    scheme_names: Mapping[str, str]

    def scheme_name(self, color: str) -> str | None:
        """Return the DrawingML name of a color, such as `tx1`; None if it is not in the scheme."""
        return self.scheme_names.get(color.upper())


def scheme_colors_of(theme: Theme, *, default: bool) -> SchemeColors:
    """Return the scheme names of a theme's text, line and background colors.

    In the default scheme (`default`), group colors have names too. The accents of a user's template are
    different colors, so groups keep their fixed colors there.
    """
    names: dict[str, str] = {}
    if default:
        names.update(_default_scheme_names(theme))
    else:
        names[theme.muted.upper()] = names[theme.flow.upper()] = "tx1"
    # Last, so that these win if colors coincide.
    names[theme.background.upper()] = "bg1"
    names[theme.ink.upper()] = "tx1"
    return SchemeColors(names)


def color_scheme(theme: Theme) -> Mapping[str, str]:
    """Return the colors of the default scheme by their DrawingML names."""
    accents = {f"accent{number}": theme.group_style(kind).border for number, kind in enumerate(ACCENTS, 1)}
    return {
        "dk1": theme.ink,
        "lt1": theme.background,
        "dk2": theme.muted,
        "lt2": theme.flow,
        **accents,
        "hlink": theme.accent,
        "folHlink": theme.muted,
    }


def _default_scheme_names(theme: Theme) -> dict[str, str]:
    aliases = {"dk2": "tx2", "lt2": "bg2", "dk1": "tx1", "lt1": "bg1"}
    return {
        color.upper(): aliases.get(name, name)
        for name, color in reversed(list(color_scheme(theme).items()))
        if name not in ("hlink", "folHlink")
    }
