"""What the person is working on: one workspace, how it came about, and one signal that says what changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from explorer.core.model.pack import AnswerId, Answers, ChoiceId, Pack, QuestionId
from explorer.core.session import workspace as edit
from explorer.core.session.compatibility import fitted, unknown_answers
from explorer.core.session.history import Edit, History, made, made_again, taken_back
from explorer.core.session.scenarios import Scenario, Scenarios, pin
from explorer.core.session.session import SavedSession
from explorer.core.session.walk import Standing, Walk
from explorer.core.session.workspace import Change, Workspace, difference


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


class Session(QObject):
    """Holds the workspace; answers can be taken back, where one stands and looks is only followed."""

    changed = Signal(Change)
    rearranged = Signal()

    def __init__(self, saved: SavedSession | None = None, pack: Pack | None = None) -> None:
        super().__init__()
        self._now = saved or SavedSession()
        self._pack = pack
        self._fitted = self._whole, self._fit()

    @property
    def workspace(self) -> Workspace:
        """Everything as it is now, as far as the pack knows what it speaks of."""
        if self._fitted[0] is not self._whole:
            self._fitted = self._whole, self._fit()
        return self._fitted[1]

    @property
    def aside(self) -> Answers:
        """Answers that the pack does not know (any longer): kept until it does, or one starts over."""
        return unknown_answers(self._pack, self._whole.answers) if self._pack else {}

    @property
    def _whole(self) -> Workspace:
        """What every edit goes on from."""
        return self._now.workspace

    @property
    def history(self) -> History:
        """What can be taken back and made again."""
        return self._now.history

    @property
    def saved(self) -> SavedSession:
        """The whole session as a value."""
        return self._now

    @property
    def fitted(self) -> SavedSession:
        """The session as far as the pack knows what it speaks of: what is drawn, and handed on."""
        return replace(self._now, workspace=self.workspace)

    def restore(self, saved: SavedSession) -> None:
        """Go on from a session that was kept, as if it had been worked on here."""
        self._now = saved
        self.changed.emit(~Change.NONE)
        self.rearranged.emit()

    def turn_to(self, pack: Pack, saved: SavedSession | None = None) -> None:
        """Go on with the pack as it is now, edited or another; or with what was kept of another session."""
        self._pack = pack
        self._fitted = self._whole, self._fit()
        self.restore(saved or self._now)

    @property
    def scenarios(self) -> Scenarios:
        """What is pinned, and which two are compared; `rearranged` tells when that changes."""
        return self._now.scenarios

    def rearrange(self, scenarios: Scenarios) -> None:
        """Pin, rename or compare others."""
        if scenarios != self.scenarios:
            self._now = replace(self._now, scenarios=scenarios)
            self.rearranged.emit()

    def pin(self, title: str) -> str:
        """Keep the answers as they are under a name, to compare them with others; the name they got."""
        self.rearrange(pin(self.scenarios, Scenario(title, self.workspace.answers)))
        return self.scenarios.pinned[-1].name

    def answer(self, question: str, answer: str) -> None:
        """Give or change an answer and walk on."""
        self._edit(edit.answer(self._whole, QuestionId(question), AnswerId(answer)))

    def change(self, answers: Mapping[str, str | None]) -> None:
        """Give or change several answers in one step; None leaves a question open."""
        wanted = {QuestionId(q): AnswerId(a) if a is not None else None for q, a in answers.items()}
        self._edit(edit.change(self._whole, wanted))

    def clear(self, *questions: str) -> None:
        """Leave questions open again."""
        if set(questions) & set(self.workspace.answers):
            self._edit(edit.clear(self._whole, *map(QuestionId, questions)))

    def clear_all(self) -> None:
        """Start over."""
        self._edit(edit.clear_all(self._whole))

    def go_to(self, question: str | None) -> None:
        """Stand at a question; None follows the walk's own order."""
        self._become(edit.go_to(self._whole, QuestionId(question) if question else None))

    def step(self, walk: Walk, by: int) -> None:
        """Walk on to the next question, or back to the one before."""
        self.go_to(neighbour(walk, by))

    def select(self, item: str | None) -> None:
        """Select a drawn item, or nothing."""
        self._become(edit.select(self._whole, item or None))

    def look_at(self, choice: str | None) -> None:
        """Look at one line of the outcome; at the same again: at none."""
        wanted = ChoiceId(choice) if choice and choice != self.workspace.choice else None
        self._become(edit.look_at(self._whole, wanted))

    def show_ghosts(self, shown: bool) -> None:
        """Draw the alternatives that are still possible, or leave them out."""
        self._become(edit.show_ghosts(self._whole, shown))

    def walk_shortest(self, shortest: bool) -> None:
        """Walk by the most telling question first, or in the document's order."""
        self._become(edit.walk_shortest(self._whole, shortest))

    def read_page(self, as_page: bool) -> None:
        """Put forward what the study page says, or what holds today."""
        self._become(edit.read_page(self._whole, as_page))

    def annotate(self, notes: str) -> None:
        """Write other notes."""
        self._become(edit.annotate(self._whole, notes))

    def undo(self) -> None:
        """Take the last edit back."""
        self._replay(taken_back(self.history))

    def redo(self) -> None:
        """Make the edit again that was taken back."""
        self._replay(made_again(self.history))

    def _fit(self) -> Workspace:
        return fitted(self._pack, self._whole) if self._pack else self._whole

    def _edit(self, after: Workspace) -> None:
        before = self._whole
        if difference(before, after) & Change.ANSWERS:
            self._now = replace(self._now, history=made(self.history, Edit(before, after)))
        self._become(after)

    def _replay(self, done: tuple[History, Workspace] | None) -> None:
        """An edit brings back where one stood, yet neither how the diagram was shown then nor the notes."""
        if done:
            history, there = done
            self._now = replace(self._now, history=history)
            self._become(edit.viewed_as(there, self._whole))

    def _become(self, after: Workspace) -> None:
        before = self._whole
        self._now = replace(self._now, workspace=after)
        if change := difference(before, after):
            self.changed.emit(change)
