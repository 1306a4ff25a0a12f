"""The walk of the session: derived once for each change, and read by every pane that needs it."""

from __future__ import annotations

from explorer.core.session.walk import Walk
from explorer.engine.open_pack import OpenPack
from explorer.ui.document.session_store import SessionStore


class CurrentWalk:
    """Owns the walk that belongs to the workspace of the session."""

    def __init__(self, open_pack: OpenPack, session: SessionStore) -> None:
        self._open_pack, self._session = open_pack, session
        self._walk = Walk((), None)

    @property
    def walk(self) -> Walk:
        """The walk at the last update; empty before the first one."""
        return self._walk

    def update(self) -> None:
        """Derive the walk again. Call this after answers, the current question or the order change."""
        self._walk = self._open_pack.engine.walk(self._session.workspace)
