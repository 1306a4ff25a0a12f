"""What a person wishes of an export, to be remembered and repeated."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from explorer.export.request.request import CaptionParts, Options
from explorer.render.theme import THEMES
from explorer.storage.icons.source import IconSource


@dataclass(frozen=True)
class Preset:
    """A size by name: exact pixels on a page of that shape, or else so many pixels to the point."""

    name: str
    size: tuple[int, int] | None = None
    scale: float | None = None
    aspect: float | None = None


PRESETS = {
    "slide": Preset("Slide, 1920 × 1080", (1920, 1080), aspect=16 / 9),
    "slide-4k": Preset("Slide, 3840 × 2160", (3840, 2160), aspect=16 / 9),
    "slide-4-3": Preset("Slide 4:3, 1600 × 1200", (1600, 1200), aspect=4 / 3),
    "square": Preset("Square, 2000 × 2000", (2000, 2000), aspect=4 / 3),
    "drawn-1": Preset("As drawn", scale=1),
    "drawn-2": Preset("As drawn × 2"),
    "drawn-4": Preset("As drawn × 4", scale=4),
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
    """How an export is wished; without a `theme` it is as the window, slides may have a `template`."""

    ending: str = "png"
    preset: str = "drawn-2"
    theme: str = ""
    transparent: bool = False
    words: int = 0
    session: bool = True
    outlines: bool = False
    template: str = ""

    def options(self, theme: str, icons: IconSource, date: str) -> Options:
        """The same for the exporter; `theme` is the window's, `date` the day to tell."""
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
        """The wishes as a line to be remembered."""
        return json.dumps(asdict(self))


def parse_preferences(text: str) -> ExportPreferences:
    """Remembered wishes, as far as they can be used."""
    try:
        known = json.loads(text)
    except ValueError:
        return ExportPreferences()
    if not isinstance(known, dict):
        return ExportPreferences()
    usual = asdict(ExportPreferences())
    kept = {
        field.name: known[field.name]
        for field in fields(ExportPreferences)
        if type(known.get(field.name)) is type(usual[field.name]) and _is_valid(field.name, known)
    }
    return ExportPreferences(**kept)


def _is_valid(name: str, known: dict[str, object]) -> bool:
    value = known[name]
    match name:
        case "preset":
            return value in PRESETS
        case "theme":
            return value in ("", *THEMES)
        case "words":
            return isinstance(value, int) and 0 <= value <= sum(word.value for word in CAPTION_LABELS)
    return True
