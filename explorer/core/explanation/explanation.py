"""Explanation: reasons, takeaways, traps, conflicts and remedies to show for one selection, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.core.model.pack import Takeaway
from explorer.core.solver.lookup import Change


@dataclass(frozen=True)
class Reason:
    """A reason as a sentence, and the answers that lead to it, as labels."""

    text: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class SuggestedChange:
    """A change of answers that one click applies, with the label of its button."""

    text: str
    change: Change


@dataclass(frozen=True)
class Remedy:
    """A sentence that says how to get a value, and the smallest changes that do it."""

    text: str
    suggestions: tuple[SuggestedChange, ...] = ()


@dataclass(frozen=True)
class UnselectedValue:
    """A value that is ruled out or an alternative: its label, the reasons, and how to get it."""

    label: str
    reasons: tuple[Reason, ...]
    remedy: Remedy | None = None


@dataclass(frozen=True)
class TrapNotice:
    """A common mistake that is related to the selection."""

    title: str
    text: str


@dataclass(frozen=True)
class ConflictNotice:
    """Answers that conflict, and changes that resolve the conflict, best first.

    `more_count` is the number of other changes that resolve it.
    """

    text: str
    answers: tuple[str, ...]
    suggestions: tuple[SuggestedChange, ...]
    more_count: int = 0


@dataclass(frozen=True)
class Explanation:
    """The content of the takeaways panel.

    `changes` is set only for the preview of an answer. With `study_guide_view` takeaways show the text
    of the study guide; `has_study_guide` says whether the pack has such texts.
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
