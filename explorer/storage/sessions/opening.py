"""Opens a session: empty, from a file, an autosave or a share code."""

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
"""What can be opened: a file, an autosave, or the text of a share code."""

_MIN_CODE_LENGTH = 6
"""Symbols in the last part of a share code without answers."""


@dataclass(frozen=True)
class OpenResult:
    """A session that was opened.

    `file_session` is the content of the file in `file_version`; a difference to it means unsaved changes.
    `warnings` describe what could not be restored. With `overwrite_loses_data`, saving to the same file would lose
    something. `autosave` is the session's autosave file, if it was opened from one.
    """

    session: SessionState = field(default_factory=SessionState)
    file_session: SessionState = field(default_factory=SessionState)
    file_version: FileVersion = field(default_factory=FileVersion)
    warnings: tuple[str, ...] = ()
    overwrite_loses_data: bool = False
    autosave: AutosaveFile | None = None


@dataclass(frozen=True)
class NeedsOtherPack:
    """A source belongs to another shipped pack than the open one: its id and its folder."""

    pack_id: str
    folder: Path
    source: SessionSource


def open_session(
    source: SessionSource, pack: Pack, autosaves: Iterable[AutosaveFile] = ()
) -> OpenResult | NeedsOtherPack:
    """Open a source with the open pack, or return the shipped pack that it needs; ExplorerError if that fails."""
    named = pack_id_of(source)
    if named is not None and named.casefold() != pack.id.casefold():
        for info in shipped_packs():
            if info.id.casefold() == named.casefold():
                return NeedsOtherPack(info.id, info.folder, source)
    return open_with_pack(source, pack, autosaves)


def parse_source(argument: str, pack: str | None = None) -> Path | str:
    """Return what a command-line argument names: a share code, complete or without its prefix, else a file.

    Raises ExplorerError if it can be neither.
    """
    path = Path(argument)
    if (code := complete_code(argument, pack)) is not None:
        return code
    if len(path.parts) == 1 and not path.suffix and not _exists(path):
        raise ExplorerError(f"“{argument}” is neither a file nor a complete share code: {FORMAT_HINT}.")
    return path


def complete_code(argument: str, pack: str | None = None) -> str | None:
    """Return the complete share code that an argument names; None if it names none, or more than one.

    A missing prefix is taken from the named pack, else from the shipped packs.
    """
    if is_share_code(argument):
        return argument
    if _exists(Path(argument)) or len(argument) < _MIN_CODE_LENGTH:
        return None
    prefixes = [SHARE_CODE_PREFIX] if ":" in argument else _code_prefixes(pack)
    codes = [f"{prefix}{argument}" for prefix in prefixes if _is_valid_code(f"{prefix}{argument}")]
    return codes[0] if len(codes) == 1 else None


def _code_prefixes(pack: str | None) -> Iterator[str]:
    """Return the prefix of the named pack's codes, or that of every shipped pack."""
    with suppress(ExplorerError):
        folders = [find_pack_folder(pack)] if pack else [info.folder for info in shipped_packs()]
        for info in map(read_pack_info, folders):
            if info is not None:
                yield share_code_prefix(info.id, info.version)


def _is_valid_code(code: str) -> bool:
    with suppress(ShareCodeError):
        return bool(parse_share_code(code))
    return False


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name that is too long, or a folder without permission
        return False


def pack_folder_for(pack: str | None, source: SessionSource | None) -> Path:
    """Return the folder of the named pack, else of the shipped pack that the source needs, else of the default pack.

    Raises ExplorerError if there is no pack of that name.
    """
    named = pack_id_of(source) if pack is None and source is not None else None
    folders = (info.folder for info in shipped_packs() if named and info.id.casefold() == named.casefold())
    return next(folders, None) or find_pack_folder(pack)


def open_with_pack(source: SessionSource, pack: Pack, autosaves: Iterable[AutosaveFile] = ()) -> OpenResult:
    """Open a source with this pack, whatever pack it names; raises ExplorerError if it is not usable."""
    match source:
        case AutosaveFile():
            return open_autosave(source, pack)
        case Path():
            return open_file_or_autosave(source, pack, autosaves)
    return open_share_code(source, pack)


def open_newest_usable(autosaves: Iterable[AutosaveFile], pack: Pack) -> OpenResult | None:
    """Open the first autosave of this pack that is usable; None if there is none.

    An unusable one is skipped and kept, so that it cannot prevent a start.
    """
    for autosave in autosaves:
        with suppress(ExplorerError):
            if autosave.pack_id == pack.id:
                return open_autosave(autosave, pack)
    return None


def pack_id_of(source: SessionSource) -> str | None:
    """Return the id of a source's pack; None if it names none or is not readable."""
    with suppress(ExplorerError):
        match source:
            case AutosaveFile():
                return source.pack_id
            case Path():
                return parse_session_json(read_session_bytes(source), str(source)).pack_id_and_version[0]
        return parse_share_code(source).pack
    return None


def open_file(path: Path, pack: Pack) -> OpenResult:
    """Open the session in a file or embedded in a picture; raises SessionError if there is none.

    A picture is never overwritten, so the session of one has no file.
    """
    path = path.absolute()
    data = read_session_bytes(path)
    decoded = decode_session(data, str(path), pack)
    if path.suffix.lower() in PICTURE_SUFFIXES:
        return OpenResult(decoded.session, warnings=decoded.warnings)
    return OpenResult(
        decoded.session,
        decoded.session,
        FileVersion(path, sha256_of(data)),
        decoded.warnings,
        decoded.overwrite_loses_data,
    )


def open_autosave(autosave: AutosaveFile, pack: Pack) -> OpenResult:
    """Open an unsaved session, and the file that it belongs to; raises SessionError if it is not usable.

    If some of it could not be restored, the session gets a new autosave, and this one stays as it is.
    """
    decoded = autosave.read(pack)
    file_version = autosave.file_version
    unsaved = OpenResult(
        decoded.session,
        warnings=decoded.warnings,
        overwrite_loses_data=decoded.overwrite_loses_data,
        autosave=None if decoded.overwrite_loses_data else autosave,
    )
    if file_version.path is None:
        return unsaved
    try:
        file = open_file(file_version.path, pack)
    except SessionError:  # the file was deleted or replaced: the autosave is the only copy
        return replace(unsaved, file_version=file_version)
    # The hash remains that of the autosave: if the file has changed since, saving asks the user.
    return replace(
        unsaved,
        file_session=file.session,
        file_version=file_version,
        overwrite_loses_data=decoded.overwrite_loses_data or file.overwrite_loses_data,
    )


def open_file_or_autosave(path: Path, pack: Pack, autosaves: Iterable[AutosaveFile] = ()) -> OpenResult:
    """Open a file with the unsaved changes of its autosave, if any; raises SessionError if the file has no session."""
    for autosave in autosaves:
        if autosave.file_version.path == path.absolute():
            with suppress(SessionError):
                result = open_autosave(autosave, pack)
                if not same_content(result.session, result.file_session):
                    return result
    return open_file(path, pack)


def open_share_code(text: str, pack: Pack) -> OpenResult:
    """Open the answers of a share code; raises ExplorerError if it is invalid or belongs to another pack."""
    code = parse_share_code(text)
    if code.pack != pack.id.casefold():
        raise ExplorerError(f"The share code belongs to the pack “{code.pack}”; the open pack is “{pack.id}”.")
    decoded = decode_answers(code, pack)
    workspace = Workspace(answers=MappingProxyType(dict(decoded.answers)))
    return OpenResult(SessionState(workspace), warnings=decoded.warnings)
