"""What is kept while one works, so that nothing older than the last answer can be lost.

A draft is a folder: `session.berth` as any other session, yet with its notes apart in `notes.txt`, so that
keeping an answer costs the same however much was written; and `origin.json`, which says which
file it is about, if any. Each is replaced as a whole at once and reaches the disk a little later (`settle`).
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

from explorer.core.pack import Pack
from explorer.core.saved import SavedSession
from explorer.storage.session_json import RawSession, raw_session
from explorer.storage.sessions import (
    NOTES_HOLD,
    OpenedSession,
    session_bytes,
    session_file_bytes,
    use_session,
)

_SESSION, _NOTES, _ORIGIN = "session.berth", "notes.txt", "origin.json"
_KEPT = 20
"""Drafts that nobody has come back to; the oldest beyond these go."""


def fingerprint(data: bytes) -> str:
    """What tells whether a file is still the same."""
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True)
class Origin:
    """The file that a session is about and its fingerprint when it was last read or written."""

    path: Path | None = None
    print: str = ""


@dataclass(frozen=True)
class Draft:
    """The folder of a draft; OSError from whatever cannot be written."""

    folder: Path

    @property
    def lock(self) -> Path:
        """The file whose lock says that somebody is at work on the draft."""
        return self.folder.with_suffix(".lock")

    @property
    def changed(self) -> float:
        """When it was changed last, in seconds since 1970; 0 when nothing is there."""
        try:
            return (self.folder / _SESSION).stat().st_mtime
        except OSError:
            return 0

    def keep(self, pack: Pack, session: SavedSession, notes: bool = True) -> None:
        """Keep the session, its notes only where they have changed."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if notes:
            _put(self.folder / _NOTES, session.workspace.notes.encode())
        bare = replace(session, workspace=replace(session.workspace, notes=""))
        _put(self.folder / _SESSION, session_bytes(pack, bare))

    def note_origin(self, origin: Origin) -> None:
        """Keep which file it is about."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = str(origin.path.absolute()) if origin.path else None
        _put(self.folder / _ORIGIN, json.dumps({"path": path, "print": origin.print}).encode())

    @property
    def origin(self) -> Origin:
        """Which file it is about; none where that cannot be told."""
        with suppress(OSError, ValueError, RecursionError):
            said = json.loads((self.folder / _ORIGIN).read_bytes())
            if isinstance(said, dict) and isinstance(said.get("path"), str):
                return Origin(Path(said["path"]), str(said.get("print")))
        return Origin()

    def raw(self) -> RawSession:
        """What it holds but for the notes; SessionError when that cannot be used."""
        path = self.folder / _SESSION
        return raw_session(session_file_bytes(path), str(path))

    def read(self, pack: Pack) -> OpenedSession:
        """The session as it was kept; SessionError when it cannot be used."""
        opened = use_session(self.raw(), pack)
        notes = ""
        with suppress(OSError):
            notes = (self.folder / _NOTES).read_text("utf-8", "replace")[:NOTES_HOLD]
        session = opened.session
        return replace(opened, session=replace(session, workspace=replace(session.workspace, notes=notes)))

    def settle(self) -> None:
        """See to it that what was kept outlives a loss of power; takes as long as the disk takes."""
        with suppress(OSError):
            for path in (*self.folder.iterdir(), self.folder):
                if path.is_dir() and os.name == "nt":
                    continue
                handle = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
                try:
                    os.fsync(handle)
                finally:
                    os.close(handle)

    def drop(self) -> None:
        """Forget it: what it held is in a file, or wanted no more."""
        shutil.rmtree(self.folder, ignore_errors=True)


def new_draft(folder: Path) -> Draft:
    """A draft that is in nobody's way; nothing is written yet."""
    return Draft(folder / uuid4().hex[:12])


def drafts_in(folder: Path) -> tuple[Draft, ...]:
    """Every draft, the one that was changed last first."""
    found = [draft for draft in map(Draft, _folders(folder)) if draft.changed]
    return tuple(sorted(found, key=lambda draft: draft.changed, reverse=True))


def surplus(drafts: tuple[Draft, ...]) -> tuple[Draft, ...]:
    """The oldest of too many."""
    return drafts[_KEPT:]


def _folders(folder: Path) -> Iterator[Path]:
    with suppress(OSError):
        yield from (entry for entry in folder.iterdir() if entry.is_dir())


def _put(path: Path, data: bytes) -> None:
    """Put a file in the place of another, at once for every process."""
    beside = path.with_suffix(".new")
    beside.write_bytes(data)
    beside.replace(path)
