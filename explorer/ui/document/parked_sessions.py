"""Parked sessions: the sessions of other packs, kept until the user opens their pack again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from explorer.core.session.session_state import SessionState
from explorer.storage.sessions.opening import OpenResult


class ParkedSessions:
    """Holds at most one session for each pack folder: its state, its file and its autosave."""

    def __init__(self) -> None:
        self._by_folder: dict[Path, OpenResult] = {}

    def park(self, folder: Path, session: OpenResult) -> None:
        """Keep a session while another pack is open."""
        self._by_folder[folder] = session

    def state(self, folder: Path) -> SessionState:
        """The state of the session that is parked for a folder, else an empty one."""
        return self._by_folder.get(folder, OpenResult()).session

    def take(self, folder: Path) -> OpenResult:
        """Remove and return the session that is parked for a folder, else an empty one."""
        return self._by_folder.pop(folder, OpenResult())

    @property
    def summaries(self) -> Mapping[Path, str]:
        """How many answers are kept for each folder, in words; empty sessions are left out."""
        parked = {folder: found.session for folder, found in self._by_folder.items()}
        return {folder: _summarize(state) for folder, state in parked.items() if not state.is_empty}


def _summarize(state: SessionState) -> str:
    count = len(state.answers)
    return "session kept" if not count else "1 answer kept" if count == 1 else f"{count} answers kept"
