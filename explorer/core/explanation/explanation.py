"""What there is to say about an answer, a choice or a drawn thing: takeaways, reasons, traps and notes."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.core.model.pack import Takeaway
from explorer.core.solver.lookup import Change


@dataclass(frozen=True)
class Reason:
    """One plain sentence of why something is so, and the answers it goes back to, as people read them."""

    text: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class SuggestedChange:
    """Something that one click does: what it is called, and the change of answers that it makes."""

    text: str
    change: Change


@dataclass(frozen=True)
class Remedy:
    """What would bring a value, in a sentence, and the nearest ways to do so."""

    text: str
    suggestions: tuple[SuggestedChange, ...] = ()


@dataclass(frozen=True)
class UnselectedValue:
    """A value that is not taken, by its label, why it is out, and what would bring it."""

    label: str
    reasons: tuple[Reason, ...]
    remedy: Remedy | None = None


@dataclass(frozen=True)
class TrapNotice:
    """A mistake that lies close by."""

    title: str
    text: str


@dataclass(frozen=True)
class ConflictNotice:
    """Answers that cannot hold together; each repair resolves the clash, the most useful first.

    `more` is how many other ones there are.
    """

    text: str
    answers: tuple[str, ...]
    suggestions: tuple[SuggestedChange, ...]
    more_count: int = 0


@dataclass(frozen=True)
class Explanation:
    """Everything the takeaways panel shows at one moment; `changes` only where it is about what would be.

    `as_page` puts forward what the study page says; `paged` is whether it says anything of this decision.
    """

    heading: str
    subheading: str
    reasons: tuple[Reason, ...] = ()
    takeaways: tuple[Takeaway, ...] = ()
    rejected: tuple[UnselectedValue, ...] = ()
    traps: tuple[TrapNotice, ...] = ()
    conflicts: tuple[ConflictNotice, ...] = ()
    changes: tuple[str, ...] = ()
    alternatives: tuple[UnselectedValue, ...] = ()
    study_guide_view: bool = False
    has_study_guide: bool = False
