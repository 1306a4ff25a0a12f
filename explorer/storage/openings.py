"""Where a session begins: nowhere, in a file, in a draft that was left, or in a short code."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from explorer.core.pack import Pack
from explorer.core.problems import ExplorerError
from explorer.core.saved import SavedSession
from explorer.core.short_code import parse_code, read_code
from explorer.core.workspace import Workspace
from explorer.storage.drafts import Draft, Origin, fingerprint
from explorer.storage.session_json import SessionError, raw_session
from explorer.storage.sessions import read_session, session_file_bytes


@dataclass(frozen=True)
class Opening:
    """A session to go on from.

    `filed` is what stands in the file at `origin`, with which the session is compared to see whether
    anything is unsaved. `remarks` say what could not be used; `lossy` when saving to the
    same file would lose something of it. `draft` is where the session has been kept so far.
    """

    session: SavedSession = field(default_factory=SavedSession)
    filed: SavedSession = field(default_factory=SavedSession)
    origin: Origin = field(default_factory=Origin)
    remarks: tuple[str, ...] = ()
    lossy: bool = False
    draft: Draft | None = None


def open_file(path: Path, pack: Pack) -> Opening:
    """The session in a file; SessionError when it is none."""
    data = session_file_bytes(path)
    opened = read_session(data, str(path), pack)
    return Opening(
        opened.session, opened.session, Origin(path, fingerprint(data)), opened.remarks, opened.lossy
    )


def open_draft(draft: Draft, pack: Pack) -> Opening:
    """What was left in a draft, beside the file it is about; SessionError when it cannot be used."""
    opened = draft.read(pack)
    origin = draft.origin
    beginning = Opening(opened.session, remarks=opened.remarks, lossy=opened.lossy, draft=draft)
    if origin.path is None:
        return beginning
    try:
        filed = open_file(origin.path, pack)
    except SessionError:  # it has gone or become something else; what was left is all the more welcome
        return replace(beginning, origin=origin)
    # The fingerprint stays that of the draft: had the file been changed since, saving asks.
    return replace(beginning, filed=filed.session, origin=origin, lossy=opened.lossy or filed.lossy)


def open_code(text: str, pack: Pack) -> Opening:
    """The answers of a short code; ExplorerError when it is none, or belongs to another pack."""
    code = parse_code(text)
    if code.pack != pack.id.casefold():
        raise ExplorerError(f"The code belongs to the pack “{code.pack}”, and this one is “{pack.id}”.")
    read = read_code(code, pack)
    return Opening(
        SavedSession(Workspace(answers=MappingProxyType(dict(read.answers)))), remarks=read.remarks
    )


def pack_of_file(path: Path) -> str | None:
    """The id of the pack that a session file names; None where it names none or cannot be read."""
    try:
        return raw_session(session_file_bytes(path), str(path)).pack[0]
    except SessionError:
        return None


def pack_of_code(text: str) -> str | None:
    """The id of the pack that a code was made with; None where it is no code."""
    try:
        return parse_code(text).pack
    except ExplorerError:
        return None
