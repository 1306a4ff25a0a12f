"""Where a session begins: nowhere, in a file, in a draft that was left, or in a short code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from explorer.core.errors import ExplorerError
from explorer.core.model.pack import Pack
from explorer.core.session.session_state import SessionState, same_content
from explorer.core.session.share_code import (
    FORMAT_HINT,
    SHARE_CODE_PREFIX,
    ShareCodeError,
    decode_answers,
    is_share_code,
    parse_share_code,
    share_code_prefix,
)
from explorer.core.session.workspace import Workspace
from explorer.storage.packs.catalog import find_pack_folder, read_pack_info, shipped_packs
from explorer.storage.sessions.autosave import AutosaveFile, FileVersion, sha256_of
from explorer.storage.sessions.embedded import PICTURE_SUFFIXES
from explorer.storage.sessions.json_codec import SessionError, parse_session_json
from explorer.storage.sessions.session_file import decode_session, read_session_bytes

SessionSource = Path | AutosaveFile | str
"""What can be opened: a file, a draft, or the text of a code."""


@dataclass(frozen=True)
class OpenResult:
    """A session to go on from.

    `filed` is what stands in the file at `origin`, with which the session is compared to see whether
    anything is unsaved. `remarks` say what could not be used; `lossy` when saving to the
    same file would lose something of it. `draft` is where the session has been kept so far.
    """

    session: SessionState = field(default_factory=SessionState)
    file_session: SessionState = field(default_factory=SessionState)
    file_version: FileVersion = field(default_factory=FileVersion)
    warnings: tuple[str, ...] = ()
    overwrite_loses_data: bool = False
    autosave: AutosaveFile | None = None


@dataclass(frozen=True)
class NeedsOtherPack:
    """Something to open that belongs to another pack than the one at hand, and that pack's folder."""

    pack_id: str
    folder: Path
    source: SessionSource


def open_session(source: SessionSource, pack: Pack, left: Iterable[AutosaveFile] = ()) -> OpenResult | NeedsOtherPack:
    """Open a file, a draft or a code with the pack at hand, or say which shipped pack it asks for."""
    named = pack_id_of(source)
    if named is not None and named.casefold() != pack.id.casefold():
        for label in shipped_packs():
            if label.id.casefold() == named.casefold():
                return NeedsOtherPack(label.id, label.folder, source)
    return open_with_pack(source, pack, left)


def parse_source(word: str, pack: str | None = None) -> Path | str:
    """What a word on the command line means: a code, its own part without the pack's name, or else a file.

    ExplorerError where it can be none of them.
    """
    path = Path(word)
    if (code := complete_code(word, pack)) is not None:
        return code
    if len(path.parts) == 1 and not path.suffix and not _exists(path):
        raise ExplorerError(f"“{word}” is neither there as a file nor a whole code; {FORMAT_HINT}")
    return path


def complete_code(word: str, pack: str | None = None) -> str | None:
    """The whole code that a word means; None where it means none, or could mean several.

    What was left out before the signs themselves is made up from the pack that is named, or the shipped ones.
    """
    if is_share_code(word):
        return word
    if _exists(Path(word)) or len(word) < _MIN_CODE_LENGTH:
        return None
    candidates = [f"{SHARE_CODE_PREFIX}{word}"] if ":" in word else [f"{head}{word}" for head in _code_prefixes(pack)]
    whole = [candidate for candidate in candidates if _is_valid_code(candidate)]
    return whole[0] if len(whole) == 1 else None


_MIN_CODE_LENGTH = 6
"""The signs of a code without any answer."""


def _code_prefixes(pack: str | None) -> Iterator[str]:
    """How codes of the pack that is named begin, or of every shipped one."""
    with suppress(ExplorerError):
        folders = [find_pack_folder(pack)] if pack else [label.folder for label in shipped_packs()]
        for label in map(read_pack_info, folders):
            if label is not None:
                yield share_code_prefix(label.id, label.version)


def _is_valid_code(code: str) -> bool:
    with suppress(ShareCodeError):
        return bool(parse_share_code(code))
    return False


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name too long, a place that must not be looked into
        return False


def pack_folder_for(pack: str | None, source: SessionSource | None) -> Path:
    """The folder of the pack that is named; else of the shipped one that the source asks for; else the usual.

    ExplorerError where the name is of none.
    """
    named = pack_id_of(source) if pack is None and source is not None else None
    asked = (label.folder for label in shipped_packs() if named and label.id.casefold() == named.casefold())
    return next(asked, None) or find_pack_folder(pack)


def open_with_pack(source: SessionSource, pack: Pack, left: Iterable[AutosaveFile] = ()) -> OpenResult:
    """Open a file, a draft or a code with this very pack; ExplorerError when it cannot be used."""
    match source:
        case AutosaveFile():
            return open_autosave(source, pack)
        case Path():
            return open_file_or_autosave(source, pack, left)
    return open_share_code(source, pack)


def pack_id_of(source: SessionSource) -> str | None:
    """The id of the pack that something belongs to; None where it says none or cannot be read."""
    with suppress(ExplorerError):
        match source:
            case AutosaveFile():
                return source.pack_id
            case Path():
                return parse_session_json(read_session_bytes(source), str(source)).pack_id_and_version[0]
        return parse_share_code(source).pack
    return None


def open_file(path: Path, pack: Pack) -> OpenResult:
    """The session in a file, or in a picture, which is never written over; SessionError without one."""
    path = path.absolute()
    data = read_session_bytes(path)
    opened = decode_session(data, str(path), pack)
    if path.suffix.lower() in PICTURE_SUFFIXES:
        return OpenResult(opened.session, warnings=opened.warnings)
    return OpenResult(
        opened.session,
        opened.session,
        FileVersion(path, sha256_of(data)),
        opened.warnings,
        opened.overwrite_loses_data,
    )


def open_autosave(draft: AutosaveFile, pack: Pack) -> OpenResult:
    """What was left in a draft, beside the file it is about; SessionError when it cannot be used."""
    opened = draft.read(pack)
    origin = draft.file_version
    beginning = OpenResult(
        opened.session,
        warnings=opened.warnings,
        overwrite_loses_data=opened.overwrite_loses_data,
        autosave=draft,
    )
    if origin.path is None:
        return beginning
    try:
        filed = open_file(origin.path, pack)
    except SessionError:  # it has gone or become something else; what was left is all the more welcome
        return replace(beginning, file_version=origin)
    # The fingerprint stays that of the draft: had the file been changed since, saving asks.
    return replace(
        beginning,
        file_session=filed.session,
        file_version=origin,
        overwrite_loses_data=opened.overwrite_loses_data or filed.overwrite_loses_data,
    )


def open_file_or_autosave(path: Path, pack: Pack, left: Iterable[AutosaveFile] = ()) -> OpenResult:
    """The session in a file, with what was changed and not saved when it was left; SessionError when none."""
    for draft in left:
        if draft.file_version.path == path.absolute():
            with suppress(SessionError):
                opening = open_autosave(draft, pack)
                if not same_content(opening.session, opening.file_session):
                    return opening
    return open_file(path, pack)


def open_share_code(text: str, pack: Pack) -> OpenResult:
    """The answers of a short code; ExplorerError when it is none, or belongs to another pack."""
    code = parse_share_code(text)
    if code.pack != pack.id.casefold():
        raise ExplorerError(f"The code belongs to the pack “{code.pack}”, and this one is “{pack.id}”.")
    read = decode_answers(code, pack)
    return OpenResult(SessionState(Workspace(answers=MappingProxyType(dict(read.answers)))), warnings=read.warnings)
