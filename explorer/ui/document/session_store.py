"""Session store: holds the current session, records edits for undo, and emits what each edit changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from explorer.core.model.pack import AnswerId, Answers, ChoiceId, Pack, QuestionId
from explorer.core.session import workspace as edits
from explorer.core.session.compatibility import restrict_to_pack, unknown_answers
from explorer.core.session.history import Edit, History, record_edit, redo, undo
from explorer.core.session.scenarios import Scenario, Scenarios, pin
from explorer.core.session.session_state import SessionState
from explorer.core.session.walk import StepStatus, Walk
from explorer.core.session.workspace import Workspace, WorkspaceChange, diff_workspaces
from explorer.engine.open_pack import OpenPack


def neighbor_question(walk: Walk, by: int) -> QuestionId | None:
    """Return the nearest needed question after (`by` > 0) or before the current one, else the current one."""
    steps = walk.ordered_steps
    at = next((index for index, step in enumerate(steps) if step.question.id == walk.current), None)
    after, before = (steps, steps) if at is None else (steps[at + 1 :], steps[:at])
    candidates = after if by > 0 else before[::-1]
    needed = (step.question.id for step in candidates if step.status is not StepStatus.NOT_NEEDED)
    return next(needed, walk.current)


class SessionHolder(QObject):
    """Holds one session, records edits, and emits what changes.

    `changed` sends the parts of the workspace that differ. `scenarios_changed` is emitted when scenarios are pinned,
    renamed, removed or compared.

    Without an `open_pack`, every answer counts as supported.
    """

    changed = Signal(WorkspaceChange)
    scenarios_changed = Signal()

    def __init__(self, state: SessionState | None = None, open_pack: OpenPack | None = None) -> None:
        super().__init__()
        self._state = state or SessionState()
        self._open_pack = open_pack
        self._restricted: tuple[Workspace, Pack | None, Workspace] | None = None

    @property
    def workspace(self) -> Workspace:
        """The workspace without the answers that the open pack does not define."""
        full, pack = self._state.workspace, self._pack
        cached = self._restricted
        if cached is None or cached[0] is not full or cached[1] is not pack:
            cached = self._restricted = full, pack, restrict_to_pack(pack, full) if pack else full
        return cached[2]

    @property
    def unsupported_answers(self) -> Answers:
        """Answers that the open pack does not define. They are kept until the pack defines them again."""
        return unknown_answers(self._pack, self._state.answers) if self._pack else {}

    @property
    def history(self) -> History:
        """The edits that can be undone and redone."""
        return self._state.history

    @property
    def state(self) -> SessionState:
        """The whole session, unsupported answers included."""
        return self._state

    @property
    def supported_state(self) -> SessionState:
        """The session without unsupported answers, for drawings and exports."""
        return replace(self._state, workspace=self.workspace)

    @property
    def scenarios(self) -> Scenarios:
        """The pinned scenarios, and the two that are compared."""
        return self._state.scenarios

    # Sessions

    def restore(self, state: SessionState) -> None:
        """Replace the session, history included."""
        self._state = state
        self.changed.emit(~WorkspaceChange.NONE)
        self.scenarios_changed.emit()

    def refresh_pack(self) -> None:
        """Apply the open pack after it was reloaded. The session itself stays the same."""
        self.restore(self._state)

    # Scenarios

    def set_scenarios(self, scenarios: Scenarios) -> None:
        """Replace the scenarios."""
        if scenarios != self.scenarios:
            self._state = replace(self._state, scenarios=scenarios)
            self.scenarios_changed.emit()

    def pin(self, title: str) -> str:
        """Pin the current answers as a scenario. Return its name, which is made unique."""
        self.set_scenarios(pin(self.scenarios, Scenario(title, self.workspace.answers)))
        return self.scenarios.pinned[-1].name

    # Workspace

    @property
    def _pack(self) -> Pack | None:
        return self._open_pack.pack if self._open_pack else None

    def apply_edit(self, after: Workspace) -> None:
        """Replace the workspace; if answers differ, record the edit for undo."""
        before = self._state.workspace
        change = diff_workspaces(before, after)
        if change & WorkspaceChange.ANSWERS:
            self._state = replace(self._state, history=record_edit(self.history, Edit(before, after)))
        self.set_workspace(after, change)

    def replay(self, result: tuple[History, Workspace] | None) -> None:
        """Restore answers and the current question of an edit; keep the present view settings and notes."""
        if result:
            history, workspace = result
            self._state = replace(self._state, history=history)
            self.set_workspace(edits.with_view_of(workspace, self._state.workspace))

    def set_workspace(self, after: Workspace, change: WorkspaceChange | None = None) -> None:
        """Replace the workspace without recording an edit. `change` is what differs, if known."""
        before = self._state.workspace
        self._state = replace(self._state, workspace=after)
        if change is None:
            change = diff_workspaces(before, after)
        if change:
            self.changed.emit(change)


class SessionStore(SessionHolder):
    """The session of the window, with one method for each intent of the user.

    Edits of answers can be undone. Changes of the view cannot: current question, selection, and display settings.
    """

    # Edits that can be undone

    def answer(self, question: str, answer: str) -> None:
        """Answer a question and go to the next one."""
        self.apply_edit(edits.give_answer(self._state.workspace, QuestionId(question), AnswerId(answer)))

    def change(self, answers: Mapping[str, str | None]) -> None:
        """Change several answers in one edit; None clears an answer."""
        wanted = {QuestionId(q): AnswerId(a) if a is not None else None for q, a in answers.items()}
        self.apply_edit(edits.change_answers(self._state.workspace, wanted))

    def clear(self, *questions: str) -> None:
        """Clear the answers to these questions in one edit."""
        if set(questions) & set(self.workspace.answers):
            self.apply_edit(edits.clear_answers(self._state.workspace, *map(QuestionId, questions)))

    def clear_all(self) -> None:
        """Clear all answers."""
        self.apply_edit(edits.clear_all(self._state.workspace))

    def undo(self) -> None:
        """Undo the last edit."""
        self.replay(undo(self.history))

    def redo(self) -> None:
        """Redo the edit that was undone last."""
        self.replay(redo(self.history))

    # Changes of the view

    def go_to(self, question: str | None) -> None:
        """Make a question the current one; None follows the order of the walk."""
        self.set_workspace(edits.go_to_question(self._state.workspace, QuestionId(question) if question else None))

    def step(self, walk: Walk, by: int) -> None:
        """Go to the next (`by` > 0) or previous question that is needed."""
        self.go_to(neighbor_question(walk, by))

    def select(self, item: str | None) -> None:
        """Select an item of the diagram; None or "" selects nothing."""
        self.set_workspace(edits.select_item(self._state.workspace, item or None))

    def focus_choice(self, choice: str | None) -> None:
        """Explain one choice of the outcome. The same choice again returns to the general explanation."""
        wanted = ChoiceId(choice) if choice and choice != self.workspace.focused_choice else None
        self.set_workspace(edits.focus_choice(self._state.workspace, wanted))

    def show_alternatives(self, shown: bool) -> None:
        """Draw the alternatives that are still possible, or hide them."""
        self.set_workspace(edits.show_alternatives(self._state.workspace, shown))

    def ask_most_informative_first(self, enabled: bool) -> None:
        """Order the questions by information gain, or as the pack lists them."""
        self.set_workspace(edits.ask_most_informative_first(self._state.workspace, enabled))

    def show_study_guide(self, enabled: bool) -> None:
        """Show what the study guide says, or what holds today."""
        self.set_workspace(edits.show_study_guide(self._state.workspace, enabled))

    def set_notes(self, notes: str) -> None:
        """Replace the notes."""
        self.set_workspace(edits.set_notes(self._state.workspace, notes))
