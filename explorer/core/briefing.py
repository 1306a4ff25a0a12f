"""What there is to say about an answer, a choice or a drawn thing: takeaways, reasons, traps and notes."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.core.pack import Takeaway


@dataclass(frozen=True)
class Reason:
    """One plain sentence of why something is so, and the answers it goes back to, as people read them."""

    text: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Rejection:
    """A value that is out, by its label, and why."""

    label: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class TrapCard:
    """A mistake that lies close by."""

    title: str
    text: str


@dataclass(frozen=True)
class ClashCard:
    """Answers that cannot hold together; each repair is a sentence and the question ids to give up."""

    text: str
    answers: tuple[str, ...]
    repairs: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Briefing:
    """Everything the takeaways panel shows at one moment."""

    heading: str
    subheading: str
    reasons: tuple[Reason, ...] = ()
    takeaways: tuple[Takeaway, ...] = ()
    rejected: tuple[Rejection, ...] = ()
    traps: tuple[TrapCard, ...] = ()
    clashes: tuple[ClashCard, ...] = ()
