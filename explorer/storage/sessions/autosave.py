"""Autosave: keeps the session in a file after every change, so that a crash loses nothing.

An autosave file has one JSON record a line. The first record is a snapshot of the session, each further one a
change. To save a change is to append a few bytes, whatever the size of the session; to replace the whole file takes
about a hundred times as long. An incomplete last line is ignored.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import time
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
from explorer.storage.private_files import append_private, create_private, make_private_folder, read_regular
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
"""A larger file is replaced by a new snapshot."""

DEFAULT_RETENTION_DAYS = 90
"""How long unsaved sessions are kept by default. It must be one of the choices of the unsaved sessions dialog."""

_MAX_READ_BYTES = 32_000_000
_SECONDS_PER_DAY = 24 * 3600


def sha256_of(data: bytes) -> str:
    """Return the SHA-256 hash, to detect that a file has changed."""
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True)
class FileVersion:
    """The session's file, and its hash when it was last read or written; no path for a new session."""

    path: Path | None = None
    sha256: str = ""


@dataclass(frozen=True)
class AutosaveFile:
    """The autosave file of one session."""

    path: Path

    @property
    def lock_path(self) -> Path:
        """The lock file; it is locked while a window has the session open."""
        return self.path.with_suffix(".lock")

    @property
    def modified_at(self) -> float:
        """The time of the last change in seconds since 1970; 0 if there is no file."""
        try:
            return self.path.stat().st_mtime
        except OSError:
            return 0

    @property
    def file_version(self) -> FileVersion:
        """The file that the session was opened from or saved to; without a path if that is not known."""
        origins: list[dict[str, Any]] = []
        with suppress(SessionError):
            origins = [record["origin"] for record in self._records() if isinstance(record.get("origin"), dict)]
        path = _usable_path(origins[-1].get("path")) if origins else None
        return FileVersion(path, str(origins[-1].get("print"))) if path else FileVersion()

    @property
    def pack_id(self) -> str | None:
        """The id of the session's pack; None if the file is not readable."""
        with suppress(SessionError):
            return self._snapshot().pack_id_and_version[0]
        return None

    def read(self, pack: Pack) -> DecodedSession:
        """Return the session with all its changes; raises SessionError if the file is not usable."""
        decoded = restore_session(self._snapshot(), pack)
        session = decoded.session
        for record in self._records()[1:]:
            session = _apply_record(session, record, pack)
        return replace(decoded, session=session)

    def delete(self) -> None:
        """Delete the file, because its session is saved or discarded."""
        with suppress(OSError):
            self.path.unlink(missing_ok=True)

    def _snapshot(self) -> RawSession:
        records = self._records(limit=1)
        return validate_session_values(records[0].get("session") if records else None, str(self.path))

    def _records(self, limit: int | None = None) -> list[dict[str, Any]]:
        """Return the records before the first incomplete or invalid one, at most `limit`."""
        try:
            data = read_regular(self.path, _MAX_READ_BYTES)
        except (OSError, ValueError) as error:
            raise SessionError(f"Cannot read the autosave file “{self.path}”: {os_error_text(error)}.") from error
        records: list[dict[str, Any]] = []
        for line in data.split(b"\n")[:-1][:limit]:
            try:
                record = json.loads(line)
            except (ValueError, RecursionError):
                break
            if not isinstance(record, dict):
                break
            records.append(record)
        return records


class AutosaveWriter:
    """Writes the changes of one session to its autosave file; raises OSError if that fails."""

    def __init__(self, autosave: AutosaveFile, pack: Pack, session: SessionState, file_version: FileVersion) -> None:
        self.autosave = autosave
        self._file: BinaryIO | None = None
        self._pack_id, self._saved, self._file_version, self._size = pack.id, session, file_version, 0
        self._write_snapshot(pack, session, file_version)

    def save(self, pack: Pack, session: SessionState, file_version: FileVersion) -> None:
        """Write what has changed since the last call."""
        record = None if pack.id != self._pack_id else _change_record(pack, self._saved, session)
        if record is None or self._file is None or self._size > COMPACT_ABOVE_BYTES:
            self._write_snapshot(pack, session, file_version)
            return
        if file_version != self._file_version:
            record["origin"] = _file_version_values(file_version)
        if record:
            self._append(record)
        self._saved, self._file_version = session, file_version

    def fsync(self) -> None:
        """Force the file to the disk, so that it survives a power failure; this can take long."""
        with suppress(OSError), self.autosave.path.open("rb+") as file:
            os.fsync(file.fileno())

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _write_snapshot(self, pack: Pack, session: SessionState, file_version: FileVersion) -> None:
        """Replace the file by one with only a snapshot."""
        self.close()
        path = self.autosave.path
        make_private_folder(path.parent)
        snapshot = _encode_record(
            {"origin": _file_version_values(file_version), "session": session_values(pack, session)}
        )
        temporary = path.with_suffix(".new")
        temporary.unlink(missing_ok=True)  # of a process that was killed
        with create_private(temporary) as file:
            _write_all(file, snapshot)
        temporary.replace(path)
        self._file = append_private(path)
        self._pack_id, self._saved, self._file_version, self._size = pack.id, session, file_version, len(snapshot)

    def _append(self, record: Mapping[str, object]) -> None:
        assert self._file is not None
        data = _encode_record(record)
        try:
            _write_all(self._file, data)
        except OSError:
            self.close()  # records after an incomplete one are not read: the next call writes a snapshot
            raise
        self._size += len(data)


def new_autosave(folder: Path) -> AutosaveFile:
    """Return an autosave file with an unused name; nothing is written yet."""
    return AutosaveFile(folder / f"{uuid4().hex[:12]}{AUTOSAVE_SUFFIX}")


def autosaves_in(folder: Path) -> tuple[AutosaveFile, ...]:
    """Return every autosave file in a folder, the newest first."""
    files = map(AutosaveFile, _autosave_paths(folder))
    return tuple(sorted(files, key=lambda autosave: autosave.modified_at, reverse=True))


def expired(
    autosaves: tuple[AutosaveFile, ...], days: int = DEFAULT_RETENTION_DAYS, now: float | None = None
) -> tuple[AutosaveFile, ...]:
    """Return the autosaves that are older than `days`; 0 days keeps all.

    `now` is a time in seconds since 1970, by default the current time. The caller lists these sessions to the
    user before it deletes any.
    """
    oldest = (time.time() if now is None else now) - days * _SECONDS_PER_DAY
    return tuple(autosave for autosave in autosaves if days > 0 and 0 < autosave.modified_at < oldest)


def _autosave_paths(folder: Path) -> Iterator[Path]:
    with suppress(OSError):
        yield from (entry for entry in folder.iterdir() if entry.suffix == AUTOSAVE_SUFFIX)


def _usable_path(value: object) -> Path | None:
    """Return a path that the system accepts; None for one with NUL, a lone surrogate or a loop of links."""
    if not isinstance(value, str):
        return None
    path = Path(value)
    try:
        path.resolve()
        path.stat()
    except OSError as error:  # a deleted file, or a drive that is not connected, can come back
        return None if error.errno in (errno.ELOOP, errno.ENAMETOOLONG, errno.EINVAL) else path
    except (RuntimeError, ValueError):
        return None
    return path


# ------------------------------------------------------------------------------------ records


def _write_all(file: BinaryIO, data: bytes) -> None:
    """Write to an unbuffered file; OSError if the disk is full."""
    if file.write(data) < len(data):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _encode_record(values: Mapping[str, object]) -> bytes:
    # In ASCII, because a file name can contain surrogates, which UTF-8 cannot encode.
    return json.dumps(values, allow_nan=False).encode() + b"\n"


def _file_version_values(file_version: FileVersion) -> dict[str, str | None]:
    path = str(file_version.path.absolute()) if file_version.path else None
    return {"path": path, "print": file_version.sha256}


def _change_record(pack: Pack, before: SessionState, after: SessionState) -> dict[str, object] | None:
    """Return the changes from one session to the next; None if they need a snapshot."""
    record: dict[str, object] = {}
    delta = answers_delta(before.answers, after.answers)
    if delta or before.history is not after.history:
        key = _edit_key(before.history, after.history)
        if key is None or before.unknown_keys != after.unknown_keys:
            return None
        record[key] = delta
    if before.workspace.notes != after.workspace.notes:
        record["notes"] = after.workspace.notes
    if (view := view_values(after.workspace)) != view_values(before.workspace):
        record["view"] = view
    if before.scenarios != after.scenarios:
        record["scenarios"] = scenario_values(pack, after.scenarios)
    return record


def _edit_key(before: History, after: History) -> str | None:
    """Return the key of a new edit, an undo or a redo; None for any other difference."""
    undone, redone = undo(before), redo(before)
    if undone and undone[0] == after:
        return "back"
    if redone and redone[0] == after:
        return "on"
    if after.undo_stack and record_edit(before, after.undo_stack[-1]) == after:
        return "make"
    return None


def _apply_record(session: SessionState, record: Mapping[str, Any], pack: Pack) -> SessionState:
    """Return the session after the changes of a record; answers that the pack does not define are ignored."""
    for key in ("make", "back", "on"):
        if key in record:
            session = _apply_edit(session, key, record[key], pack)
    workspace = session.workspace
    if isinstance(record.get("notes"), str):
        workspace = set_notes(workspace, record["notes"])
    if isinstance(record.get("view"), dict):
        workspace = apply_view(workspace, record["view"], pack)
    session = replace(session, workspace=workspace)
    return apply_scenarios(session, record["scenarios"], pack) if "scenarios" in record else session


def _apply_edit(session: SessionState, key: str, delta: object, pack: Pack) -> SessionState:
    before = session.workspace
    after = change_answers(before, restrict_change(delta, pack))
    replayed = {"back": undo, "on": redo}.get(key, lambda _history: None)(session.history)
    if replayed and dict(replayed[1].answers) == dict(after.answers):
        return replace(session, history=replayed[0], workspace=with_view_of(replayed[1], before))
    if dict(after.answers) == dict(before.answers):
        return session
    return replace(session, history=record_edit(session.history, Edit(before, after)), workspace=after)
