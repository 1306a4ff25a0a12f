"""What a person wishes of an export, to be remembered and repeated."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from explorer.export.request.request import Options, Words
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
WORDS = {
    Words.TITLE: "Title",
    Words.DATE: "Date",
    Words.SOURCE: "Pack and version",
    Words.CREDIT: "Credit",
    Words.LEGEND: "Legend",
}


@dataclass(frozen=True)
class Wishes:
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
            words=Words(self.words),
            date=date,
            icons=icons,
            session=self.session,
            outlines=self.outlines,
            template=Path(self.template) if self.template else None,
        )

    def as_text(self) -> str:
        """The wishes as a line to be remembered."""
        return json.dumps(asdict(self))


def wishes_from(text: str) -> Wishes:
    """Remembered wishes, as far as they can be used."""
    try:
        known = json.loads(text)
    except ValueError:
        return Wishes()
    if not isinstance(known, dict):
        return Wishes()
    usual = asdict(Wishes())
    kept = {
        field.name: known[field.name]
        for field in fields(Wishes)
        if type(known.get(field.name)) is type(usual[field.name]) and _makes_sense(field.name, known)
    }
    return Wishes(**kept)


def _makes_sense(name: str, known: dict[str, object]) -> bool:
    value = known[name]
    match name:
        case "preset":
            return value in PRESETS
        case "theme":
            return value in ("", *THEMES)
        case "words":
            return isinstance(value, int) and 0 <= value <= sum(word.value for word in WORDS)
    return True
