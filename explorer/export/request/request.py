"""What is to become a file: a picture, what it is a picture of, and how it is to look."""

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
    """What is said around a drawing."""

    NONE = 0
    TITLE = auto()
    DATE = auto()
    SOURCE = auto()
    CREDIT = auto()
    LEGEND = auto()


@dataclass(frozen=True)
class Options:
    """How an exported picture looks; a format takes no notice of what it cannot show.

    `size` is exact, in pixels; without it `scale` says how many pixels make a point, and without both
    there are two, or as many as the format allows. `dpi` is what the file says of its resolution.
    A drawing with an `aspect` (its width by its height) is spread over a page of that shape. `words` are
    said around it; `date` is the day to say, as whoever asks knows it. `icons` gives the files of the icons.
    With `session` the file carries the session, as far as its format can. With `outlines`
    letters are shapes, so that no font is needed to show them. Slides are put into the
    `template`; a document names the file of its picture that lies `beside` it.
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

    def caption_for(self, pack: Pack) -> Caption:
        """The caption that is wished for a drawing of this pack."""
        credits = (pack.credit, self.icons.credit)
        return Caption(
            title=pack.title if self.caption & CaptionParts.TITLE else "",
            date=self.date if self.caption & CaptionParts.DATE else "",
            pack=f"{pack.title} {pack.version}" if self.caption & CaptionParts.SOURCE else "",
            credit=" ".join(filter(None, credits)) if self.caption & CaptionParts.CREDIT else "",
            legend=bool(self.caption & CaptionParts.LEGEND),
        )


class SubjectKind(Enum):
    """What a request is about: a case, the decision map, or nothing but a picture."""

    ARCHITECTURE = auto()
    DECISION_MAP = auto()
    PICTURE = auto()


@dataclass(frozen=True)
class ArchitectureSubject:
    """A set of answers with its outcome, architecture and layout; `notes` are the user's own."""

    engine: PackEngine
    outcome: Outcome
    architecture: Architecture
    placement: Placement
    defaults: bool = True
    notes: str = ""

    @cached_property
    def report(self) -> Report:
        """The case in words; worked out where a format asks for it."""
        from explorer.export.report.report import build_report  # noqa: PLC0415 (the window needs none for its first picture)

        return build_report(self.engine.compiled, dict(self.outcome.answers), defaults=self.defaults)


@dataclass(frozen=True)
class Request:
    """One picture on its way to a file; `about` is None where there is nothing but the picture.

    `session` is the text of what a picture carries so that Berth opens it again.
    """

    title: str
    picture: Picture
    subject: ArchitectureSubject | DrawnMap | None = None
    options: Options = field(default_factory=Options)
    description: Description = field(default_factory=Description)
    session: str = ""

    @property
    def kind(self) -> SubjectKind:
        """What it is about."""
        if self.subject is None:
            return SubjectKind.PICTURE
        return SubjectKind.ARCHITECTURE if isinstance(self.subject, ArchitectureSubject) else SubjectKind.DECISION_MAP
