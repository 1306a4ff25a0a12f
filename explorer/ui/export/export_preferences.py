"""Export preferences: the user's last choices in the export dialog, saved as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from explorer.export.request.request import CaptionParts, Options
from explorer.render.theme import THEMES
from explorer.storage.icons.source import IconSource


@dataclass(frozen=True)
class Preset:
    """A named size: exact pixels and the aspect ratio of the page, or else pixels per point."""

    name: str
    size: tuple[int, int] | None = None
    scale: float | None = None
    aspect: float | None = None


PRESETS = {
    "slide": Preset("Slide, 1920 × 1080", (1920, 1080), aspect=16 / 9),
    "slide-4k": Preset("Slide, 3840 × 2160", (3840, 2160), aspect=16 / 9),
    "slide-4-3": Preset("Slide 4:3, 1600 × 1200", (1600, 1200), aspect=4 / 3),
    "square": Preset("Square, 2000 × 2000", (2000, 2000), aspect=4 / 3),
    "drawn-1": Preset("Diagram size", scale=1),
    "drawn-2": Preset("Diagram size × 2"),
    "drawn-4": Preset("Diagram size × 4", scale=4),
}
CAPTION_LABELS = {
    CaptionParts.TITLE: "Title",
    CaptionParts.DATE: "Date",
    CaptionParts.SOURCE: "Pack and version",
    CaptionParts.CREDIT: "Credit",
    CaptionParts.LEGEND: "Legend",
}


@dataclass(frozen=True)
class ExportPreferences:
    """The choices of the export dialog. The field names are keys in the settings file.

    An empty `theme` means the theme of the window. `words` are the bits of `CaptionParts`, `outlines` means
    text as paths, and `template` is the path of a slide template.
    """

    ending: str = "png"
    preset: str = "drawn-2"
    theme: str = ""
    transparent: bool = False
    words: int = 0
    session: bool = True
    outlines: bool = False
    template: str = ""

    def options(self, theme: str, icons: IconSource, date: str) -> Options:
        """The options of an export. `theme` is the theme of the window, `date` the date for the caption."""
        preset = PRESETS[self.preset]
        return Options(
            theme=self.theme or theme,
            size=preset.size,
            scale=preset.scale,
            transparent=self.transparent,
            aspect=preset.aspect,
            caption=CaptionParts(self.words),
            date=date,
            icons=icons,
            session=self.session,
            text_as_paths=self.outlines,
            template=Path(self.template) if self.template else None,
        )

    def to_json(self) -> str:
        """The preferences as JSON for the settings."""
        return json.dumps(asdict(self))


def parse_preferences(text: str) -> ExportPreferences:
    """The preferences from JSON. Invalid values are replaced by defaults."""
    try:
        saved = json.loads(text)
    except ValueError:
        return ExportPreferences()
    if not isinstance(saved, dict):
        return ExportPreferences()
    defaults = asdict(ExportPreferences())
    valid = {
        field.name: saved[field.name]
        for field in fields(ExportPreferences)
        if type(saved.get(field.name)) is type(defaults[field.name]) and _is_valid(field.name, saved)
    }
    return ExportPreferences(**valid)


def _is_valid(name: str, saved: dict[str, object]) -> bool:
    value = saved[name]
    match name:
        case "preset":
            return value in PRESETS
        case "theme":
            return value in ("", *THEMES)
        case "words":
            return isinstance(value, int) and 0 <= value <= sum(part.value for part in CAPTION_LABELS)
    return True
