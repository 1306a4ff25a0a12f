"""The colours of a picture as places in a slide's colour scheme, so that a change of scheme recolours it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from explorer.render.theme import Theme

ACCENTS = ("cluster", "vpc", "region", "public-subnet", "security-group", "account")
"""The kinds of frames whose colours are the accents 1 to 6 of a slide in our own scheme."""


@dataclass(frozen=True)
class SchemeColors:
    """Which colour of a picture (`#rrggbb`) is which place in the colour scheme; others stay as they are."""

    scheme_names: Mapping[str, str]

    def scheme_name(self, colour: str) -> str | None:
        """The place's name in DrawingML, such as `tx1`; None where the colour has none."""
        return self.scheme_names.get(colour.upper())


def scheme_colors(theme: Theme, *, own: bool) -> SchemeColors:
    """The palette of a theme: words, lines and paper, and in our `own` scheme also the colours of frames.

    In a template of the user's the accents are another's: there a frame keeps the colour it is known by.
    """
    places: dict[str, str] = {}
    if own:
        places.update(_default_scheme_names(theme))
    else:
        places[theme.muted.upper()] = places[theme.flow.upper()] = "tx1"
    # Last, since these must win where colours coincide.
    places[theme.background.upper()] = "bg1"
    places[theme.ink.upper()] = "tx1"
    return SchemeColors(places)


def color_scheme(theme: Theme) -> Mapping[str, str]:
    """The colours of our own scheme, under their names in DrawingML."""
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
    named = {"dk2": "tx2", "lt2": "bg2", "dk1": "tx1", "lt1": "bg1"}
    return {
        colour.upper(): named.get(place, place)
        for place, colour in reversed(list(color_scheme(theme).items()))
        if place not in ("hlink", "folHlink")
    }
