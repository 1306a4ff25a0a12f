"""What is kept while one works, so that nothing older than the last answer can be lost.

A draft is a file of lines. The first is the session as it was, each further one what has changed since: to
keep an answer is to append a few bytes, whatever else the session holds, and no killed process takes them
back. To put a whole file in another's place takes a hundred times as long, and longer on a busy disk. A
last line that was cut short is as if it had not been.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO
from uuid import uuid4

from explorer.core.errors import os_error_text
from explorer.core.model.pack import Pack
from explorer.core.session.history import Edit, History, answers_delta, record_edit, redo, undo
from explorer.core.session.session_state import SessionState
from explorer.core.session.workspace import change_answers, set_notes, with_view_of
from explorer.storage.sessions.json_codec import RawSession, SessionError, validate_session_values
from explorer.storage.sessions.session_file import (
    DecodedSession,
    apply_scenarios,
    apply_view,
    restore_session,
    restrict_change,
    scenario_values,
    session_values,
    view_values,
)

AUTOSAVE_SUFFIX = ".draft"
COMPACT_ABOVE_BYTES = 4_000_000
"""Changes beyond this are drawn together into one first line again."""

_MAX_FILES = 20
"""Drafts that nobody has come back to; the oldest beyond these go."""
_MAX_READ_BYTES = 32_000_000


def sha256_of(data: bytes) -> str:
    """What tells whether a file is still the same."""
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True)
class FileVersion:
    """The file that a session is about and its fingerprint when it was last read or written."""

    path: Path | None = None
    sha256: str = ""


@dataclass(frozen=True)
class AutosaveFile:
    """The file of a draft, which somebody left."""

    path: Path

    @property
    def lock_path(self) -> Path:
        """The file whose lock says that somebody is at work on the draft."""
        return self.path.with_suffix(".lock")

    @property
    def modified_at(self) -> float:
        """When it was changed last, in seconds since 1970; 0 when nothing is there."""
        try:
            return self.path.stat().st_mtime
        except OSError:
            return 0

    @property
    def file_version(self) -> FileVersion:
        """Which file it is about; none where that cannot be told."""
        said: list[dict[str, Any]] = []
        with suppress(SessionError):
            said = [line["origin"] for line in self._records() if isinstance(line.get("origin"), dict)]
        path = said[-1].get("path") if said else None
        with suppress(ValueError):
            return FileVersion(Path(path), str(said[-1].get("print"))) if isinstance(path, str) else FileVersion()
        return FileVersion()

    @property
    def pack_id(self) -> str | None:
        """The id of the pack that it was made with; None where it cannot be read."""
        with suppress(SessionError):
            return self._snapshot().pack_id_and_version[0]
        return None

    def read(self, pack: Pack) -> DecodedSession:
        """The session as it was left; SessionError when it cannot be used."""
        opened = restore_session(self._snapshot(), pack)
        session = opened.session
        for line in self._records()[1:]:
            session = _apply_record(session, line, pack)
        return replace(opened, session=session)

    def delete(self) -> None:
        """Forget it: what it held is in a file, or wanted no more."""
        with suppress(OSError):
            self.path.unlink(missing_ok=True)

    def _snapshot(self) -> RawSession:
        lines = self._records()
        return validate_session_values(lines[0].get("session") if lines else None, str(self.path))

    def _records(self) -> list[dict[str, Any]]:
        """Every line that is whole, up to the first that is not."""
        try:
            with self.path.open("rb") as file:
                data = file.read(_MAX_READ_BYTES)
        except OSError as error:
            raise SessionError(f"The draft “{self.path}” cannot be read: {os_error_text(error)}.") from error
        found: list[dict[str, Any]] = []
        for line in data.split(b"\n")[:-1]:
            try:
                values = json.loads(line)
            except (ValueError, RecursionError):
                break
            if not isinstance(values, dict):
                break
            found.append(values)
        return found


class AutosaveWriter:
    """A draft at work: appends what has changed since the last time; OSError when it cannot be written."""

    def __init__(self, draft: AutosaveFile, pack: Pack, session: SessionState, origin: FileVersion) -> None:
        self.autosave = draft
        self._file: BinaryIO | None = None
        self._pack_id, self._saved, self._file_version, self._size = pack.id, session, origin, 0
        self._write_snapshot(pack, session, origin)

    def save(self, pack: Pack, session: SessionState, origin: FileVersion) -> None:
        """Keep the session as it is now."""
        line = None if pack.id != self._pack_id else _change_record(pack, self._saved, session)
        if line is None or self._file is None or self._size > COMPACT_ABOVE_BYTES:
            self._write_snapshot(pack, session, origin)
            return
        if origin != self._file_version:
            line["origin"] = _file_version_values(origin)
        if line:
            self._append(line)
        self._saved, self._file_version = session, origin

    def fsync(self) -> None:
        """See to it that what was kept outlives a loss of power; takes as long as the disk takes."""
        with suppress(OSError), self.autosave.path.open("rb+") as file:
            os.fsync(file.fileno())

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _write_snapshot(self, pack: Pack, session: SessionState, origin: FileVersion) -> None:
        """Put a file with nothing but a first line in the place of what there is."""
        self.close()
        path = self.autosave.path
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(".new")
        first = _encode_record({"origin": _file_version_values(origin), "session": session_values(pack, session)})
        beside.write_bytes(first)
        beside.replace(path)
        self._file = path.open("ab", buffering=0)
        self._pack_id, self._saved, self._file_version, self._size = pack.id, session, origin, len(first)

    def _append(self, line: Mapping[str, object]) -> None:
        assert self._file is not None
        data = _encode_record(line)
        try:
            written = self._file.write(data)
        except OSError:
            self.close()
            raise
        if written < len(data):  # what came behind half a line would never be read: begin anew the next time
            self.close()
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self._size += written


def new_autosave(folder: Path) -> AutosaveFile:
    """A draft that is in nobody's way; nothing is written yet."""
    return AutosaveFile(folder / f"{uuid4().hex[:12]}{AUTOSAVE_SUFFIX}")


def autosaves_in(folder: Path) -> tuple[AutosaveFile, ...]:
    """Every draft, the one that was changed last first."""
    return tuple(sorted(map(AutosaveFile, _autosave_paths(folder)), key=lambda draft: draft.modified_at, reverse=True))


def expired(drafts: tuple[AutosaveFile, ...]) -> tuple[AutosaveFile, ...]:
    """The oldest of too many."""
    return drafts[_MAX_FILES:]


def _autosave_paths(folder: Path) -> Iterator[Path]:
    with suppress(OSError):
        yield from (entry for entry in folder.iterdir() if entry.suffix == AUTOSAVE_SUFFIX)


# ------------------------------------------------------------------------------------ lines


def _encode_record(values: Mapping[str, object]) -> bytes:
    # In ASCII, since the name of a file may hold what is no character.
    return json.dumps(values, allow_nan=False).encode() + b"\n"


def _file_version_values(origin: FileVersion) -> dict[str, str | None]:
    return {"path": str(origin.path.absolute()) if origin.path else None, "print": origin.sha256}


def _change_record(pack: Pack, before: SessionState, after: SessionState) -> dict[str, object] | None:
    """What leads from one session to the next; None where that is another session altogether."""
    line: dict[str, object] = {}
    step = answers_delta(before.answers, after.answers)
    if step or before.history is not after.history:
        way = _edit_key(before.history, after.history)
        if way is None or before.unknown_keys != after.unknown_keys:
            return None
        line[way] = step
    if before.workspace.notes != after.workspace.notes:
        line["notes"] = after.workspace.notes
    if (view := view_values(after.workspace)) != view_values(before.workspace):
        line["view"] = view
    if before.scenarios != after.scenarios:
        line["scenarios"] = scenario_values(pack, after.scenarios)
    return line


def _edit_key(before: History, after: History) -> str | None:
    """Whether an edit was made, taken back or made again; None when it is none of these."""
    taken, again = undo(before), redo(before)
    if taken and taken[0] == after:
        return "back"
    if again and again[0] == after:
        return "on"
    if after.undo_stack and record_edit(before, after.undo_stack[-1]) == after:
        return "make"
    return None


def _apply_record(session: SessionState, line: Mapping[str, Any], pack: Pack) -> SessionState:
    """The session after what a line says; what the pack does not know is passed over."""
    for way in ("make", "back", "on"):
        if way in line:
            session = _apply_edit(session, way, line[way], pack)
    work = session.workspace
    if isinstance(line.get("notes"), str):
        work = set_notes(work, line["notes"])
    if isinstance(line.get("view"), dict):
        work = apply_view(work, line["view"], pack)
    session = replace(session, workspace=work)
    return apply_scenarios(session, line["scenarios"], pack) if "scenarios" in line else session


def _apply_edit(session: SessionState, way: str, step: object, pack: Pack) -> SessionState:
    before = session.workspace
    there = change_answers(before, restrict_change(step, pack))
    replayed = {"back": undo, "on": redo}.get(way, lambda _history: None)(session.history)
    if replayed and dict(replayed[1].answers) == dict(there.answers):
        return replace(session, history=replayed[0], workspace=with_view_of(replayed[1], before))
    if dict(there.answers) == dict(before.answers):
        return session
    return replace(session, history=record_edit(session.history, Edit(before, there)), workspace=there)
