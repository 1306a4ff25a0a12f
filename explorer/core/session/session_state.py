"""A whole session as one value: what a file holds, what is kept while one works, what a picture carries.

`explorer.storage.sessions.session_file` writes it (`session_text`, `session_bytes`) and reads it (`read_session`);
`explorer.ui.document.session_store.Session` gives it (`saved`) and takes it (`restore`).
"""

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
    """Everything a person would miss.

    `foreign` is what a file held under keys that this version of Berth does not know: kept, not understood.
    """

    workspace: Workspace = field(default_factory=Workspace)
    scenarios: Scenarios = field(default_factory=Scenarios)
    history: History = field(default_factory=History)
    unknown_keys: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def answers(self) -> Answers:
        """What has been answered."""
        return self.workspace.answers

    @property
    def is_empty(self) -> bool:
        """Whether nobody would miss it."""
        return not (self.answers or self.workspace.notes.strip() or self.scenarios.pinned)


def same_content(one: SessionState, other: SessionState) -> bool:
    """Whether both say the same, however one got there and whatever one looks at."""
    return (
        dict(one.answers) == dict(other.answers)
        and one.workspace.notes == other.workspace.notes
        and one.scenarios.pinned == other.scenarios.pinned
        and one.unknown_keys == other.unknown_keys
    )


def without_history(session: SessionState) -> SessionState:
    """The session to pass on: how one got there stays here."""
    return replace(session, history=History())
