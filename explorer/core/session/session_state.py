"""Session state: the content of a session file, of an autosave and of an editable export."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from explorer.core.model.pack import Answers
from explorer.core.session.history import History
from explorer.core.session.scenarios import Scenarios
from explorer.core.session.workspace import Workspace


@dataclass(frozen=True)
class SessionState:
    """A whole session as a frozen value.

    `unknown_keys` is content of the file under keys that this version does not know.
    It is written back unchanged.
    """

    workspace: Workspace = field(default_factory=Workspace)
    scenarios: Scenarios = field(default_factory=Scenarios)
    history: History = field(default_factory=History)
    unknown_keys: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def answers(self) -> Answers:
        """The answers that are given."""
        return self.workspace.answers

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to save: no answers, no notes and no scenarios."""
        return not (self.answers or self.workspace.notes.strip() or self.scenarios.pinned)


def same_content(one: SessionState, other: SessionState) -> bool:
    """Return whether two sessions have the same content; history and view are ignored."""
    return (
        dict(one.answers) == dict(other.answers)
        and one.workspace.notes == other.workspace.notes
        and one.scenarios.pinned == other.scenarios.pinned
        and one.unknown_keys == other.unknown_keys
    )


def without_history(session: SessionState) -> SessionState:
    """Return the session without its history, for passing on."""
    return replace(session, history=History())
