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

from explorer.core.errors import refusal
from explorer.core.model.pack import Pack
from explorer.core.session.history import Edit, History, answer_change, made, made_again, taken_back
from explorer.core.session.session import SavedSession
from explorer.core.session.workspace import annotate, change, viewed_as
from explorer.storage.sessions.json_codec import RawSession, SessionError, checked
from explorer.storage.sessions.session_file import (
    OpenedSession,
    known_change,
    scenario_values,
    session_values,
    use_session,
    view_values,
    with_scenarios,
    with_view,
)

ENDING = ".draft"
MOST_BYTES = 4_000_000
"""Changes beyond this are drawn together into one first line again."""

_KEPT = 20
"""Drafts that nobody has come back to; the oldest beyond these go."""
_READ = 32_000_000


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
    """The file of a draft, which somebody left."""

    path: Path

    @property
    def lock(self) -> Path:
        """The file whose lock says that somebody is at work on the draft."""
        return self.path.with_suffix(".lock")

    @property
    def changed(self) -> float:
        """When it was changed last, in seconds since 1970; 0 when nothing is there."""
        try:
            return self.path.stat().st_mtime
        except OSError:
            return 0

    @property
    def origin(self) -> Origin:
        """Which file it is about; none where that cannot be told."""
        said: list[dict[str, Any]] = []
        with suppress(SessionError):
            said = [line["origin"] for line in self._lines() if isinstance(line.get("origin"), dict)]
        path = said[-1].get("path") if said else None
        with suppress(ValueError):
            return Origin(Path(path), str(said[-1].get("print"))) if isinstance(path, str) else Origin()
        return Origin()

    @property
    def pack(self) -> str | None:
        """The id of the pack that it was made with; None where it cannot be read."""
        with suppress(SessionError):
            return self._first().pack[0]
        return None

    def read(self, pack: Pack) -> OpenedSession:
        """The session as it was left; SessionError when it cannot be used."""
        opened = use_session(self._first(), pack)
        session = opened.session
        for line in self._lines()[1:]:
            session = _after(session, line, pack)
        return replace(opened, session=session)

    def drop(self) -> None:
        """Forget it: what it held is in a file, or wanted no more."""
        with suppress(OSError):
            self.path.unlink(missing_ok=True)

    def _first(self) -> RawSession:
        lines = self._lines()
        return checked(lines[0].get("session") if lines else None, str(self.path))

    def _lines(self) -> list[dict[str, Any]]:
        """Every line that is whole, up to the first that is not."""
        try:
            with self.path.open("rb") as file:
                data = file.read(_READ)
        except OSError as error:
            raise SessionError(f"The draft “{self.path}” cannot be read: {refusal(error)}.") from error
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


class OpenDraft:
    """A draft at work: appends what has changed since the last time; OSError when it cannot be written."""

    def __init__(self, draft: Draft, pack: Pack, session: SavedSession, origin: Origin) -> None:
        self.draft = draft
        self._file: BinaryIO | None = None
        self._pack, self._held, self._origin, self._size = pack.id, session, origin, 0
        self._begin(pack, session, origin)

    def keep(self, pack: Pack, session: SavedSession, origin: Origin) -> None:
        """Keep the session as it is now."""
        line = None if pack.id != self._pack else _change(pack, self._held, session)
        if line is None or self._file is None or self._size > MOST_BYTES:
            self._begin(pack, session, origin)
            return
        if origin != self._origin:
            line["origin"] = _told(origin)
        if line:
            self._append(line)
        self._held, self._origin = session, origin

    def settle(self) -> None:
        """See to it that what was kept outlives a loss of power; takes as long as the disk takes."""
        with suppress(OSError), self.draft.path.open("rb+") as file:
            os.fsync(file.fileno())

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _begin(self, pack: Pack, session: SavedSession, origin: Origin) -> None:
        """Put a file with nothing but a first line in the place of what there is."""
        self.close()
        path = self.draft.path
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(".new")
        first = _line({"origin": _told(origin), "session": session_values(pack, session)})
        beside.write_bytes(first)
        beside.replace(path)
        self._file = path.open("ab", buffering=0)
        self._pack, self._held, self._origin, self._size = pack.id, session, origin, len(first)

    def _append(self, line: Mapping[str, object]) -> None:
        assert self._file is not None
        data = _line(line)
        try:
            written = self._file.write(data)
        except OSError:
            self.close()
            raise
        if written < len(data):  # what came behind half a line would never be read: begin anew the next time
            self.close()
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self._size += written


def new_draft(folder: Path) -> Draft:
    """A draft that is in nobody's way; nothing is written yet."""
    return Draft(folder / f"{uuid4().hex[:12]}{ENDING}")


def drafts_in(folder: Path) -> tuple[Draft, ...]:
    """Every draft, the one that was changed last first."""
    return tuple(sorted(map(Draft, _files(folder)), key=lambda draft: draft.changed, reverse=True))


def surplus(drafts: tuple[Draft, ...]) -> tuple[Draft, ...]:
    """The oldest of too many."""
    return drafts[_KEPT:]


def _files(folder: Path) -> Iterator[Path]:
    with suppress(OSError):
        yield from (entry for entry in folder.iterdir() if entry.suffix == ENDING)


# ------------------------------------------------------------------------------------ lines


def _line(values: Mapping[str, object]) -> bytes:
    # In ASCII, since the name of a file may hold what is no character.
    return json.dumps(values, allow_nan=False).encode() + b"\n"


def _told(origin: Origin) -> dict[str, str | None]:
    return {"path": str(origin.path.absolute()) if origin.path else None, "print": origin.print}


def _change(pack: Pack, before: SavedSession, after: SavedSession) -> dict[str, object] | None:
    """What leads from one session to the next; None where that is another session altogether."""
    line: dict[str, object] = {}
    step = answer_change(before.answers, after.answers)
    if step or before.history is not after.history:
        way = _way(before.history, after.history)
        if way is None or before.foreign != after.foreign:
            return None
        line[way] = step
    if before.workspace.notes != after.workspace.notes:
        line["notes"] = after.workspace.notes
    if (view := view_values(after.workspace)) != view_values(before.workspace):
        line["view"] = view
    if before.scenarios != after.scenarios:
        line["scenarios"] = scenario_values(pack, after.scenarios)
    return line


def _way(before: History, after: History) -> str | None:
    """Whether an edit was made, taken back or made again; None when it is none of these."""
    taken, again = taken_back(before), made_again(before)
    if taken and taken[0] == after:
        return "back"
    if again and again[0] == after:
        return "on"
    if after.past and made(before, after.past[-1]) == after:
        return "make"
    return None


def _after(session: SavedSession, line: Mapping[str, Any], pack: Pack) -> SavedSession:
    """The session after what a line says; what the pack does not know is passed over."""
    for way in ("make", "back", "on"):
        if way in line:
            session = _stepped(session, way, line[way], pack)
    work = session.workspace
    if isinstance(line.get("notes"), str):
        work = annotate(work, line["notes"])
    if isinstance(line.get("view"), dict):
        work = with_view(work, line["view"], pack)
    session = replace(session, workspace=work)
    return with_scenarios(session, line["scenarios"], pack) if "scenarios" in line else session


def _stepped(session: SavedSession, way: str, step: object, pack: Pack) -> SavedSession:
    before = session.workspace
    there = change(before, known_change(step, pack))
    replayed = {"back": taken_back, "on": made_again}.get(way, lambda _history: None)(session.history)
    if replayed and dict(replayed[1].answers) == dict(there.answers):
        return replace(session, history=replayed[0], workspace=viewed_as(replayed[1], before))
    if dict(there.answers) == dict(before.answers):
        return session
    return replace(session, history=made(session.history, Edit(before, there)), workspace=there)
