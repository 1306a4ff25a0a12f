"""What the person is working on: one workspace, how it came about, and one signal that says what changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from explorer.core import workspace as edit
from explorer.core.pack import AnswerId, ChoiceId, QuestionId
from explorer.core.scenarios import Scenario, Scenarios, pin
from explorer.core.walk import Standing, Walk
from explorer.core.workspace import Change, Workspace, difference


def neighbour(walk: Walk, by: int) -> QuestionId | None:
    """The next question before or after the current one that can matter, else the current one."""
    steps = walk.sequence
    at = next((place for place, step in enumerate(steps) if step.question.id == walk.current), None)
    if at is None:
        ahead = steps[::-1] if by < 0 else steps
    else:
        ahead = steps[at + 1 :] if by > 0 else steps[:at][::-1]
    wanted = (step.question.id for step in ahead if step.standing is not Standing.PASSED_OVER)
    return next(wanted, walk.current)


class _Replace(QUndoCommand):
    """Every edit there is: one whole workspace for another."""

    def __init__(
        self, label: str, become: Callable[[Workspace], None], before: Workspace, after: Workspace
    ) -> None:
        super().__init__(label)
        self._become, self._before, self._after = become, before, after

    def redo(self) -> None:
        self._become(self._after)

    def undo(self) -> None:
        self._become(self._before)


class Session(QObject):
    """Holds the workspace; answers can be taken back, where one stands and looks is only followed."""

    changed = Signal(Change)
    rearranged = Signal()

    def __init__(self, workspace: Workspace | None = None) -> None:
        super().__init__()
        self._workspace = workspace or Workspace()
        self._scenarios = Scenarios()
        self.stack = QUndoStack(self)

    @property
    def workspace(self) -> Workspace:
        """Everything as it is now."""
        return self._workspace

    @property
    def scenarios(self) -> Scenarios:
        """What is pinned, and which two are compared; `rearranged` tells when that changes."""
        return self._scenarios

    def rearrange(self, scenarios: Scenarios) -> None:
        """Pin, rename or compare others."""
        if scenarios != self._scenarios:
            self._scenarios = scenarios
            self.rearranged.emit()

    def pin(self, title: str) -> None:
        """Keep the answers as they are under a name, to compare them with others."""
        self.rearrange(pin(self._scenarios, Scenario(title, self._workspace.answers)))

    def answer(self, question: str, answer: str) -> None:
        """Give or change an answer and walk on."""
        self._edit("answer", edit.answer(self._workspace, QuestionId(question), AnswerId(answer)))

    def change(self, answers: Mapping[str, str | None]) -> None:
        """Give or change several answers in one step; None leaves a question open."""
        wanted = {QuestionId(q): AnswerId(a) if a is not None else None for q, a in answers.items()}
        self._edit("change", edit.change(self._workspace, wanted))

    def clear(self, *questions: str) -> None:
        """Leave questions open again."""
        if set(questions) & set(self._workspace.answers):
            self._edit("clear", edit.clear(self._workspace, *map(QuestionId, questions)))

    def clear_all(self) -> None:
        """Start over."""
        self._edit("start over", edit.clear_all(self._workspace))

    def go_to(self, question: str | None) -> None:
        """Stand at a question; None follows the walk's own order."""
        self._become(edit.go_to(self._workspace, QuestionId(question) if question else None))

    def step(self, walk: Walk, by: int) -> None:
        """Walk on to the next question, or back to the one before."""
        self.go_to(neighbour(walk, by))

    def select(self, item: str | None) -> None:
        """Select a drawn item, or nothing."""
        self._become(edit.select(self._workspace, item or None))

    def look_at(self, choice: str | None) -> None:
        """Look at one line of the outcome; at the same again: at none."""
        wanted = ChoiceId(choice) if choice and choice != self._workspace.choice else None
        self._become(edit.look_at(self._workspace, wanted))

    def show_ghosts(self, shown: bool) -> None:
        """Draw the alternatives that are still possible, or leave them out."""
        self._become(edit.show_ghosts(self._workspace, shown))

    def walk_shortest(self, shortest: bool) -> None:
        """Walk by the most telling question first, or in the document's order."""
        self._become(edit.walk_shortest(self._workspace, shortest))

    def read_page(self, as_page: bool) -> None:
        """Put forward what the study page says, or what holds today."""
        self._become(edit.read_page(self._workspace, as_page))

    def undo(self) -> None:
        """Take the last edit back."""
        self.stack.undo()

    def redo(self) -> None:
        """Make the edit again that was taken back."""
        self.stack.redo()

    def _edit(self, label: str, after: Workspace) -> None:
        if difference(self._workspace, after) & Change.ANSWERS:
            self.stack.push(_Replace(label, self._replay, self._workspace, after))
        else:
            self._become(after)

    def _replay(self, after: Workspace) -> None:
        """An edit brings back where one stood, yet not how the diagram was shown then."""
        self._become(edit.viewed_as(after, self._workspace))

    def _become(self, after: Workspace) -> None:
        before, self._workspace = self._workspace, after
        if change := difference(before, after):
            self.changed.emit(change)
