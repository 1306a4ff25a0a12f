"""What the window asks about answers that are not given: what they come to, and how two sets compare."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from explorer.core.description import Description
from explorer.core.explanation.explanation import Explanation
from explorer.core.model.pack import Answers
from explorer.core.session.workspace import Workspace
from explorer.render.picture import Picture
from explorer.ui.explanation.outcome_bar import OutcomeEntry

if TYPE_CHECKING:
    from explorer.core.search.what_if_matrix import Matrix
    from explorer.core.session.scenarios import Scenario


@dataclass(frozen=True)
class Preview:
    """What an answer would come to; `told` sums it up, `gone` names what would leave the diagram."""

    title: str
    change_summary: str
    removed: str
    picture: Picture
    outcome_entries: tuple[OutcomeEntry, ...]
    summary: str
    explanation: Explanation


@dataclass(frozen=True)
class ComparisonRow:
    """One line of the table: a choice on either side, or a takeaway that bears on one side only."""

    label: str
    left: str
    right: str
    differs: bool


@dataclass(frozen=True)
class Comparison:
    """Two scenarios side by side; `slide` is the picture with its table, as it is exported."""

    left: str
    right: str
    summary: str
    picture: Picture
    slide: Picture
    rows: tuple[ComparisonRow, ...]

    @property
    def title(self) -> str:
        """What the comparison is called."""
        return f"{self.left} and {self.right}"

    @property
    def description(self) -> Description:
        """The comparison in words."""
        lines = [f"{row.label}: {row.left or 'no'} | {row.right or 'no'}" for row in self.rows if row.differs]
        return Description(
            f"Two architectures side by side, {self.left} and {self.right}. {self.summary}".rstrip(".") + ".",
            "\n".join(lines),
        )


class Previews(Protocol):
    """Looks ahead; knows no window. What draws may be asked in other threads, and raises ExplorerError."""

    def preview(self, workspace: Workspace, question: str, answer: str, theme: str) -> Preview:
        """What an answer would come to; may take a while."""

    def cached_preview(self, workspace: Workspace, question: str, answer: str, theme: str) -> Preview | None:
        """The same at once, where the layout is known already."""

    def preload(self, workspace: Workspace, question: str, answer: str) -> None:
        """Lay out what an answer would come to, so that it is known."""

    def explain_end(self, workspace: Workspace, way: Mapping[str, str], title: str) -> Explanation:
        """Why it comes to what is called so with these answers beside the present ones; may take a while."""

    def comparison(self, left: Scenario, right: Scenario, theme: str) -> Comparison:
        """Two scenarios side by side; may take a while."""

    def cached_comparison(self, left: Scenario, right: Scenario, theme: str) -> Comparison | None:
        """The same at once, where the layout is known already."""

    def matrix(self, answers: Answers) -> Matrix:
        """Every question with every answer, from these answers."""

    def scenario_title(self, answers: Answers) -> str:
        """A name for answers, out of themselves."""
