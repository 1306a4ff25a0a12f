"""What the person is working on: one workspace, how it came about, and one signal that says what changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from explorer.core.model.pack import AnswerId, Answers, ChoiceId, Pack, QuestionId
from explorer.core.session import workspace as edit
from explorer.core.session.compatibility import restrict_to_pack, unknown_answers
from explorer.core.session.history import Edit, History, record_edit, redo, undo
from explorer.core.session.scenarios import Scenario, Scenarios, pin
from explorer.core.session.session_state import SessionState
from explorer.core.session.walk import StepStatus, Walk
from explorer.core.session.workspace import Workspace, WorkspaceChange, diff_workspaces


def neighbor_question(walk: Walk, by: int) -> QuestionId | None:
    """The next question before or after the current one that can matter, else the current one."""
    steps = walk.ordered_steps
    at = next((place for place, step in enumerate(steps) if step.question.id == walk.current), None)
    if at is None:
        ahead = steps[::-1] if by < 0 else steps
    else:
        ahead = steps[at + 1 :] if by > 0 else steps[:at][::-1]
    wanted = (step.question.id for step in ahead if step.status is not StepStatus.NOT_NEEDED)
    return next(wanted, walk.current)


class SessionStore(QObject):
    """Holds the workspace; answers can be taken back, where one stands and looks is only followed."""

    changed = Signal(WorkspaceChange)
    scenarios_changed = Signal()

    def __init__(self, saved: SessionState | None = None, pack: Pack | None = None) -> None:
        super().__init__()
        self._state = saved or SessionState()
        self._pack = pack
        self._supported = self._full_workspace, self._restrict()

    @property
    def workspace(self) -> Workspace:
        """Everything as it is now, as far as the pack knows what it speaks of."""
        if self._supported[0] is not self._full_workspace:
            self._supported = self._full_workspace, self._restrict()
        return self._supported[1]

    @property
    def unsupported_answers(self) -> Answers:
        """Answers that the pack does not know (any longer): kept until it does, or one starts over."""
        return unknown_answers(self._pack, self._full_workspace.answers) if self._pack else {}

    @property
    def _full_workspace(self) -> Workspace:
        """What every edit goes on from."""
        return self._state.workspace

    @property
    def history(self) -> History:
        """What can be taken back and made again."""
        return self._state.history

    @property
    def state(self) -> SessionState:
        """The whole session as a value."""
        return self._state

    @property
    def supported_state(self) -> SessionState:
        """The session as far as the pack knows what it speaks of: what is drawn, and handed on."""
        return replace(self._state, workspace=self.workspace)

    def restore(self, saved: SessionState) -> None:
        """Go on from a session that was kept, as if it had been worked on here."""
        self._state = saved
        self.changed.emit(~WorkspaceChange.NONE)
        self.scenarios_changed.emit()

    def switch_pack(self, pack: Pack, saved: SessionState | None = None) -> None:
        """Go on with the pack as it is now, edited or another; or with what was kept of another session."""
        self._pack = pack
        self._supported = self._full_workspace, self._restrict()
        self.restore(saved or self._state)

    @property
    def scenarios(self) -> Scenarios:
        """What is pinned, and which two are compared; `rearranged` tells when that changes."""
        return self._state.scenarios

    def set_scenarios(self, scenarios: Scenarios) -> None:
        """Pin, rename or compare others."""
        if scenarios != self.scenarios:
            self._state = replace(self._state, scenarios=scenarios)
            self.scenarios_changed.emit()

    def pin(self, title: str) -> str:
        """Keep the answers as they are under a name, to compare them with others; the name they got."""
        self.set_scenarios(pin(self.scenarios, Scenario(title, self.workspace.answers)))
        return self.scenarios.pinned[-1].name

    def answer(self, question: str, answer: str) -> None:
        """Give or change an answer and walk on."""
        self._record(edit.give_answer(self._full_workspace, QuestionId(question), AnswerId(answer)))

    def change(self, answers: Mapping[str, str | None]) -> None:
        """Give or change several answers in one step; None leaves a question open."""
        wanted = {QuestionId(q): AnswerId(a) if a is not None else None for q, a in answers.items()}
        self._record(edit.change_answers(self._full_workspace, wanted))

    def clear(self, *questions: str) -> None:
        """Leave questions open again."""
        if set(questions) & set(self.workspace.answers):
            self._record(edit.clear_answers(self._full_workspace, *map(QuestionId, questions)))

    def clear_all(self) -> None:
        """Start over."""
        self._record(edit.clear_all(self._full_workspace))

    def go_to(self, question: str | None) -> None:
        """Stand at a question; None follows the walk's own order."""
        self._set_workspace(edit.go_to_question(self._full_workspace, QuestionId(question) if question else None))

    def step(self, walk: Walk, by: int) -> None:
        """Walk on to the next question, or back to the one before."""
        self.go_to(neighbor_question(walk, by))

    def select(self, item: str | None) -> None:
        """Select a drawn item, or nothing."""
        self._set_workspace(edit.select_item(self._full_workspace, item or None))

    def focus_choice(self, choice: str | None) -> None:
        """Look at one line of the outcome; at the same again: at none."""
        wanted = ChoiceId(choice) if choice and choice != self.workspace.focused_choice else None
        self._set_workspace(edit.focus_choice(self._full_workspace, wanted))

    def show_alternatives(self, shown: bool) -> None:
        """Draw the alternatives that are still possible, or leave them out."""
        self._set_workspace(edit.show_alternatives(self._full_workspace, shown))

    def walk_shortest(self, shortest: bool) -> None:
        """Walk by the most telling question first, or in the document's order."""
        self._set_workspace(edit.ask_most_informative_first(self._full_workspace, shortest))

    def show_source_view(self, as_page: bool) -> None:
        """Put forward what the study page says, or what holds today."""
        self._set_workspace(edit.show_study_guide(self._full_workspace, as_page))

    def set_notes(self, notes: str) -> None:
        """Write other notes."""
        self._set_workspace(edit.set_notes(self._full_workspace, notes))

    def undo(self) -> None:
        """Take the last edit back."""
        self._replay(undo(self.history))

    def redo(self) -> None:
        """Make the edit again that was taken back."""
        self._replay(redo(self.history))

    def _restrict(self) -> Workspace:
        return restrict_to_pack(self._pack, self._full_workspace) if self._pack else self._full_workspace

    def _record(self, after: Workspace) -> None:
        before = self._full_workspace
        change = diff_workspaces(before, after)
        if change & WorkspaceChange.ANSWERS:
            self._state = replace(self._state, history=record_edit(self.history, Edit(before, after)))
        self._set_workspace(after, change)

    def _replay(self, done: tuple[History, Workspace] | None) -> None:
        """An edit brings back where one stood, yet neither how the diagram was shown then nor the notes."""
        if done:
            history, there = done
            self._state = replace(self._state, history=history)
            self._set_workspace(edit.with_view_of(there, self._full_workspace))

    def _set_workspace(self, after: Workspace, change: WorkspaceChange | None = None) -> None:
        if change is None:
            change = diff_workspaces(self._full_workspace, after)
        self._state = replace(self._state, workspace=after)
        if change:
            self.changed.emit(change)
