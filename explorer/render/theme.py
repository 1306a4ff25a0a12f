"""Theme: the colors and line styles of a drawing as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class GroupStyle:
    """The style of a group kind: border color, dash lengths, and the icon name (empty for no icon)."""

    border: str
    dash: tuple[float, ...]
    icon: str


@dataclass(frozen=True)
class Theme:
    """All colors of a drawing as `#rrggbb`, and the opacity of elements that are set by default.

    Without `fills`, as for print, step numbers and badges are outlined instead of filled. `icon_form` is a
    suffix of all icon names, for a theme with its own icons.
    """

    name: str
    background: str
    ink: str
    muted: str
    halo: str
    fills: bool
    icon_form: str
    flow: str
    control: str
    ghost: str
    label: str
    badge: str
    badge_ink: str
    conflict: str
    added: str
    removed: str
    changed: str
    default_opacity: float
    groups: Mapping[str, GroupStyle]
    accent: str
    accent_soft: str
    card: str
    line: str

    def group_style(self, kind: str) -> GroupStyle:
        """Return the style of a group kind; an unknown kind has the generic style."""
        return self.groups.get(kind, self.groups["generic"])


THEMES = ("light", "dark", "print")
"""The names of the shipped themes."""

_DASH_PATTERNS: Mapping[str, tuple[float, ...]] = {
    "solid": (),
    "dashed": (6, 4),
    "dotted": (1.5, 3.5),
    "long": (14, 4),
    "dash-dot": (10, 3, 1.5, 3),
}


def parse_theme(values: Mapping[str, Any]) -> Theme:
    """Build a theme from the table of its TOML file; KeyError names a missing key."""
    canvas, edge, state = values["canvas"], values["edge"], values["state"]
    window = values.get("window", {})  # a print theme has no window colors
    return Theme(
        name=values["name"],
        background=canvas["background"],
        ink=canvas["ink"],
        muted=canvas["muted"],
        halo=canvas["halo"],
        fills=canvas.get("fills", True),
        icon_form=canvas.get("icon_form", ""),
        flow=edge["flow"],
        control=edge["control"],
        ghost=edge["ghost"],
        label=edge["label"],
        badge=edge["badge"],
        badge_ink=edge["badge_ink"],
        conflict=state["conflict"],
        added=state["added"],
        removed=state["removed"],
        changed=state["changed"],
        default_opacity=float(state["default_opacity"]),
        groups={
            kind: GroupStyle(style["border"], _DASH_PATTERNS[style["line"]], style["icon"])
            for kind, style in values["group"].items()
        },
        accent=window.get("accent", canvas["ink"]),
        accent_soft=window.get("accent_soft", canvas["background"]),
        card=window.get("card", canvas["background"]),
        line=window.get("line", canvas["muted"]),
    )
