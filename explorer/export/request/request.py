"""Export request: a picture, the subject that it shows, and the export options."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, Flag, auto
from functools import cached_property
from typing import TYPE_CHECKING

from explorer.core.description import Description
from explorer.render.caption import Caption
from explorer.storage.icons.source import GLYPHS_ONLY, IconSource

if TYPE_CHECKING:
    from pathlib import Path

    from explorer.core.model.architecture import Architecture
    from explorer.core.model.outcome import Outcome
    from explorer.core.model.pack import Pack
    from explorer.engine.pack_engine import PackEngine
    from explorer.export.report.report import Report
    from explorer.layout.geometry import Placement
    from explorer.render.decision_map import DrawnMap
    from explorer.render.picture import Picture


class CaptionParts(Flag):
    """Parts of the caption around a picture."""

    NONE = 0
    TITLE = auto()
    DATE = auto()
    SOURCE = auto()
    CREDIT = auto()
    LEGEND = auto()


@dataclass(frozen=True)
class Options:
    """Export options; `Format.supports` states which of them a format can show.

    `size` is the exact image size in pixels. Without it, `scale` sets the pixels per point.
    Without both, an image has two pixels per point, or as many as the format allows.
    `dpi` is the resolution that the file states.
    `aspect` (width divided by height) stretches the architecture over a page of that shape.
    `date` (YYYY-MM-DD) appears in the caption and in records; the caller knows the day.
    `icons` is the source of the icon files.
    `session` embeds the session, so that Berth can open the file again.
    `text_as_paths` replaces text with outlines, so that no font is needed.
    `template` is a presentation file for slides.
    `linked_image` is the name of an image file that a Markdown record links to.
    `csv_separator` separates the columns of a CSV file: spreadsheets with a decimal comma expect a semicolon.
    """

    theme: str = "light"
    size: tuple[int, int] | None = None
    scale: float | None = None
    dpi: float | None = None
    transparent: bool = False
    aspect: float | None = None
    caption: CaptionParts = CaptionParts.NONE
    date: str = ""
    icons: IconSource = GLYPHS_ONLY
    session: bool = True
    text_as_paths: bool = False
    template: Path | None = None
    linked_image: str = ""
    csv_separator: str = ","

    def caption_for(self, pack: Pack) -> Caption:
        """Return the requested caption for an architecture of this pack."""
        credits = (pack.credit, self.icons.credit)
        return Caption(
            title=pack.title if self.caption & CaptionParts.TITLE else "",
            date=self.date if self.caption & CaptionParts.DATE else "",
            pack=f"{pack.title} {pack.version}" if self.caption & CaptionParts.SOURCE else "",
            credit=" ".join(filter(None, credits)) if self.caption & CaptionParts.CREDIT else "",
            legend=bool(self.caption & CaptionParts.LEGEND),
        )


class SubjectKind(Enum):
    """What a request shows: an architecture, a decision map, or only a picture."""

    ARCHITECTURE = auto()
    DECISION_MAP = auto()
    PICTURE = auto()


@dataclass(frozen=True)
class ArchitectureSubject:
    """An outcome with its placed architecture; `notes` are the user's own notes."""

    engine: PackEngine
    outcome: Outcome
    architecture: Architecture
    placement: Placement
    defaults: bool = True
    notes: str = ""

    @cached_property
    def report(self) -> Report:
        """The report on the outcome, built on first use because only some formats need it."""
        from explorer.export.report.report import build_report  # noqa: PLC0415 (not needed for the first picture in the window)

        return build_report(self.engine.compiled, dict(self.outcome.answers), defaults=self.defaults)


@dataclass(frozen=True)
class Request:
    """One picture to export; `subject` is None if there is only the picture.

    `session` is the text of the session file to embed, or empty.
    """

    title: str
    picture: Picture
    subject: ArchitectureSubject | DrawnMap | None = None
    options: Options = field(default_factory=Options)
    description: Description = field(default_factory=Description)
    session: str = ""

    @property
    def kind(self) -> SubjectKind:
        """The kind of subject."""
        if self.subject is None:
            return SubjectKind.PICTURE
        return SubjectKind.ARCHITECTURE if isinstance(self.subject, ArchitectureSubject) else SubjectKind.DECISION_MAP
