"""Where a session begins: nowhere, in a file, in a draft that was left, or in a short code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from explorer.core.errors import ExplorerError
from explorer.core.model.pack import Pack
from explorer.core.session.session import SavedSession, same_content
from explorer.core.session.share_code import (
    HOW_TO_NAME,
    PREFIX,
    CodeError,
    code_head,
    is_code,
    parse_code,
    read_code,
)
from explorer.core.session.workspace import Workspace
from explorer.storage.packs.catalog import label_of, pack_folder, shipped_packs
from explorer.storage.sessions.autosave import Draft, Origin, fingerprint
from explorer.storage.sessions.embedded import PICTURES
from explorer.storage.sessions.json_codec import SessionError, raw_session
from explorer.storage.sessions.session_file import read_session, session_file_bytes

Beginning = Path | Draft | str
"""What can be opened: a file, a draft, or the text of a code."""


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


@dataclass(frozen=True)
class Elsewhere:
    """Something to open that belongs to another pack than the one at hand, and that pack's folder."""

    pack: str
    folder: Path
    source: Beginning


def find(source: Beginning, pack: Pack, left: Iterable[Draft] = ()) -> Opening | Elsewhere:
    """Open a file, a draft or a code with the pack at hand, or say which shipped pack it asks for."""
    named = pack_of(source)
    if named is not None and named.casefold() != pack.id.casefold():
        for label in shipped_packs():
            if label.id.casefold() == named.casefold():
                return Elsewhere(label.id, label.folder, source)
    return open_with(source, pack, left)


def source_of(word: str, pack: str | None = None) -> Path | str:
    """What a word on the command line means: a code, its own part without the pack's name, or else a file.

    ExplorerError where it can be none of them.
    """
    path = Path(word)
    if (code := code_of(word, pack)) is not None:
        return code
    if len(path.parts) == 1 and not path.suffix and not _there(path):
        raise ExplorerError(f"“{word}” is neither there as a file nor a whole code; {HOW_TO_NAME}")
    return path


def code_of(word: str, pack: str | None = None) -> str | None:
    """The whole code that a word means; None where it means none, or could mean several.

    What was left out before the signs themselves is made up from the pack that is named, or the shipped ones.
    """
    if is_code(word):
        return word
    if _there(Path(word)) or len(word) < _LEAST_BODY:
        return None
    candidates = [f"{PREFIX}{word}"] if ":" in word else [f"{head}{word}" for head in _heads(pack)]
    whole = [candidate for candidate in candidates if _sound(candidate)]
    return whole[0] if len(whole) == 1 else None


_LEAST_BODY = 6
"""The signs of a code without any answer."""


def _heads(pack: str | None) -> Iterator[str]:
    """How codes of the pack that is named begin, or of every shipped one."""
    with suppress(ExplorerError):
        folders = [pack_folder(pack)] if pack else [label.folder for label in shipped_packs()]
        for label in map(label_of, folders):
            if label is not None:
                yield code_head(label.id, label.version)


def _sound(code: str) -> bool:
    with suppress(CodeError):
        return bool(parse_code(code))
    return False


def _there(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name too long, a place that must not be looked into
        return False


def folder_for(pack: str | None, source: Beginning | None) -> Path:
    """The folder of the pack that is named; else of the shipped one that the source asks for; else the usual.

    ExplorerError where the name is of none.
    """
    named = pack_of(source) if pack is None and source is not None else None
    asked = (label.folder for label in shipped_packs() if named and label.id.casefold() == named.casefold())
    return next(asked, None) or pack_folder(pack)


def open_with(source: Beginning, pack: Pack, left: Iterable[Draft] = ()) -> Opening:
    """Open a file, a draft or a code with this very pack; ExplorerError when it cannot be used."""
    match source:
        case Draft():
            return open_draft(source, pack)
        case Path():
            return open_path(source, pack, left)
    return open_code(source, pack)


def pack_of(source: Beginning) -> str | None:
    """The id of the pack that something belongs to; None where it says none or cannot be read."""
    with suppress(ExplorerError):
        match source:
            case Draft():
                return source.pack
            case Path():
                return raw_session(session_file_bytes(source), str(source)).pack[0]
        return parse_code(source).pack
    return None


def open_file(path: Path, pack: Pack) -> Opening:
    """The session in a file, or in a picture, which is never written over; SessionError without one."""
    path = path.absolute()
    data = session_file_bytes(path)
    opened = read_session(data, str(path), pack)
    if path.suffix.lower() in PICTURES:
        return Opening(opened.session, remarks=opened.remarks)
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


def open_path(path: Path, pack: Pack, left: Iterable[Draft] = ()) -> Opening:
    """The session in a file, with what was changed and not saved when it was left; SessionError when none."""
    for draft in left:
        if draft.origin.path == path.absolute():
            with suppress(SessionError):
                opening = open_draft(draft, pack)
                if not same_content(opening.session, opening.filed):
                    return opening
    return open_file(path, pack)


def open_code(text: str, pack: Pack) -> Opening:
    """The answers of a short code; ExplorerError when it is none, or belongs to another pack."""
    code = parse_code(text)
    if code.pack != pack.id.casefold():
        raise ExplorerError(f"The code belongs to the pack “{code.pack}”, and this one is “{pack.id}”.")
    read = read_code(code, pack)
    return Opening(
        SavedSession(Workspace(answers=MappingProxyType(dict(read.answers)))), remarks=read.remarks
    )
