"""A session as text that is always the same for the same session, and back as far as a pack can use it.

`session_text` and `session_bytes` write a `SessionState`; `read_session` reads bytes or text from
anywhere (`origin` is what a message calls it) and `read_session_file` a file. A picture that carries
its session holds `session_text(pack, without_history(session))`.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from explorer.core.errors import did_you_mean, os_error_text
from explorer.core.model.pack import AnswerId, Answers, Pack, QuestionId
from explorer.core.session.history import AnswersDelta, rebuild_history, redo_changes, undo_changes
from explorer.core.session.scenarios import DEFAULT_SCENARIO, FORMER_DEFAULT_NAME, Scenario, Scenarios
from explorer.core.session.session_state import SessionState
from explorer.core.session.workspace import Workspace
from explorer.storage.packs.table_reader import format_value, one_line
from explorer.storage.sessions.embedded import MAX_PICTURE_BYTES, extract_session, is_picture
from explorer.storage.sessions.json_codec import (
    MAX_SESSION_BYTES,
    RawSession,
    SessionError,
    parse_session_json,
)

log = logging.getLogger(__name__)

SESSION_FORMAT = 1
MAX_NOTES_LENGTH = 100_000
"""Characters; more would be a document of its own, and in one line would hold up the window."""

_VIEW_FLAGS = {
    "ghosts": "alternatives_shown",
    "shortest": "most_informative_first",
    "as_page": "study_guide_view",
}
"""The session key of each view flag, with its field of the workspace."""

_KNOWN_KEYS = ("berth", "pack", "answers", "notes", "view", "scenarios", "history")
_MAX_SCENARIOS = 200
_MAX_NAME_LENGTH = 200


@dataclass(frozen=True)
class DecodedSession:
    """What could be used of a session, and a sentence for everything that was left out or may differ.

    `lossy` when writing it in the place of what was read would lose something.
    """

    session: SessionState
    warnings: tuple[str, ...] = ()
    overwrite_loses_data: bool = False


# ------------------------------------------------------------------------------------ writing


def session_bytes(pack: Pack, session: SessionState) -> bytes:
    """What a `.berth` file holds."""
    return session_text(pack, session).encode()


def session_text(pack: Pack, session: SessionState) -> str:
    """The session as JSON, one key to the line; the same session gives the same text."""
    values = session_values(pack, session)
    lines = (f"{_to_json(key)}: {_to_json(value, 2 if key == 'answers' else None)}" for key, value in values.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


def session_values(pack: Pack, session: SessionState) -> dict[str, object]:
    """The session as plain values, in the order in which they are written."""
    work, foreign = session.workspace, session.unknown_keys
    newer_view = foreign.get("view")
    values: dict[str, object] = {
        "berth": SESSION_FORMAT,
        "pack": {"id": pack.id, "version": pack.version},
        "answers": _in_pack_order(pack, work.answers),
        "notes": work.notes,
        "view": view_values(work) | (newer_view if isinstance(newer_view, dict) else {}),
    }
    if session.scenarios != Scenarios():
        values["scenarios"] = scenario_values(pack, session.scenarios)
    if session.history.undo_stack or session.history.redo_stack:
        values["history"] = {
            "undo": [_in_pack_order(pack, each) for each in undo_changes(session.history)],
            "redo": [_in_pack_order(pack, each) for each in redo_changes(session.history)],
        }
    return values | {key: foreign[key] for key in sorted(foreign) if key not in _KNOWN_KEYS}


def view_values(workspace: Workspace) -> dict[str, object]:
    """How one looks at it, as plain values."""
    flags = {key: getattr(workspace, field) for key, field in _VIEW_FLAGS.items()}
    return {**flags, "current": workspace.current}


def scenario_values(pack: Pack, scenarios: Scenarios) -> dict[str, object]:
    """What is pinned and compared, as plain values."""
    pinned = [{"name": each.name, "answers": _in_pack_order(pack, each.answers)} for each in scenarios.pinned]
    return {"pinned": pinned, "left": scenarios.left, "right": scenarios.right}


def _in_pack_order(pack: Pack, answers: Mapping[QuestionId, AnswerId | None]) -> dict[str, str | None]:
    """The answers in the order in which the pack asks, and last those that it does not know now."""
    asked = [question.id for question in pack.questions if question.id in answers]
    return {name: answers[name] for name in dict.fromkeys((*asked, *answers))}


def _to_json(value: object, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False)


# ------------------------------------------------------------------------------------ reading


def read_session_file(path: Path, pack: Pack) -> DecodedSession:
    """The session in a `.berth` file; SessionError when it is none."""
    return restore_session(parse_session_json(read_session_bytes(path), str(path)), pack)


def read_session_bytes(path: Path) -> bytes:
    """A session file's bytes, up to one more than a session may have, or those of a picture's session.

    SessionError when it cannot be read.
    """
    try:
        if path.exists() and not path.is_file():
            raise SessionError(f"“{path}” is no session: it is no ordinary file.")
        with path.open("rb") as file:
            start = file.read(MAX_SESSION_BYTES + 1)
            if not is_picture(start):
                return start
            return extract_session(start + file.read(MAX_PICTURE_BYTES), str(path)).encode()
    except (OSError, ValueError) as error:
        raise SessionError(f"The session “{path}” cannot be read: {os_error_text(error)}.") from error


def decode_session(data: bytes | str, origin: str, pack: Pack) -> DecodedSession:
    """The session in bytes or text; SessionError when it is none."""
    opened = restore_session(parse_session_json(data, origin), pack)
    answers, remarks = len(opened.session.answers), len(opened.warnings)
    log.info("Read a session of %d bytes: %d answers, %d remarks.", len(data), answers, remarks)
    return opened


def restore_session(raw: RawSession, pack: Pack) -> DecodedSession:
    """What a pack can use of a session."""
    remarks = [*raw.warnings, *_compatibility_warnings(raw, pack)]
    lossy = (
        bool(raw.warnings) or raw.values["berth"] != SESSION_FORMAT or raw.pack_id_and_version[0] not in (None, pack.id)
    )
    answers, unused = usable_answers(raw.table("answers"), pack)
    bare = Workspace(answers=MappingProxyType(answers), notes=_read_notes(raw, unused))
    workspace = apply_view(bare, raw.table("view"), pack)
    session = SessionState(
        workspace,
        _read_scenarios(raw.table("scenarios"), pack, unused),
        rebuild_history(workspace, _read_changes(raw, "undo", pack), _read_changes(raw, "redo", pack)),
        _unknown_keys(raw),
    )
    told = tuple(one_line(remark) for remark in (*remarks, *unused))
    return DecodedSession(session, told, lossy or bool(unused))


def apply_view(workspace: Workspace, view: Mapping[str, object], pack: Pack) -> Workspace:
    """The workspace looked at like this, as far as that is known here."""
    current = view.get("current")
    known = isinstance(current, str) and current in pack.question_by_id
    flags: dict[str, Any] = {
        field: value for key, field in _VIEW_FLAGS.items() if isinstance(value := view.get(key), bool)
    }
    return replace(workspace, current=QuestionId(str(current)) if known else None, **flags)


def apply_scenarios(session: SessionState, given: object, pack: Pack) -> SessionState:
    """The session with these scenarios instead, as far as they are known here."""
    return replace(session, scenarios=_read_scenarios(given if isinstance(given, dict) else {}, pack, []))


def restrict_change(entry: object, pack: Pack) -> AnswersDelta:
    """A change of answers that was written down, as far as the pack knows them."""
    given = entry if isinstance(entry, dict) else {}
    opened: Mapping[QuestionId, None] = {QuestionId(name): None for name, answer in given.items() if answer is None}
    answers: Answers = usable_answers({name: a for name, a in given.items() if a is not None}, pack)[0]
    return {**opened, **answers}


def usable_answers(given: Mapping[str, object], pack: Pack) -> tuple[dict[QuestionId, AnswerId], list[str]]:
    """The answers that the pack knows, and a sentence for each of the others."""
    answers: dict[QuestionId, AnswerId] = {}
    unused = []
    for name, answer in given.items():
        question = pack.question_by_id.get(QuestionId(name))
        known = [a.id for a in question.answers] if question else []
        if question is None:
            hint = did_you_mean(name, pack.question_by_id)
            unused.append(f"its question “{name}” is not asked here ({hint})")
        elif not isinstance(answer, str) or answer not in known:
            hint = did_you_mean(answer if isinstance(answer, str) else "", known)
            unused.append(f"its answer {format_value(answer)} to “{name}” is not known here ({hint})")
        else:
            answers[question.id] = AnswerId(answer)
    return answers, unused


def _compatibility_warnings(raw: RawSession, pack: Pack) -> list[str]:
    """What is foreign about the session as a whole."""
    found = []
    if raw.values["berth"] != SESSION_FORMAT:
        form = format_value(raw.values["berth"])
        found.append(f"it has format {form}, and this version of Berth knows {SESSION_FORMAT}")
    about = raw.table("pack")
    name, version = about.get("id"), about.get("version")
    if name is not None and name != pack.id:
        found.append(f"it belongs to the pack {format_value(name)}, and this one is “{pack.id}”")
    elif version is not None and version != pack.version:
        found.append(
            f"it was saved with version {format_value(version)} of the pack, and this one is {format_value(pack.version)}"
        )
    return found


def _read_notes(raw: RawSession, unused: list[str]) -> str:
    notes = raw.values.get("notes", "")
    if not isinstance(notes, str):
        unused.append(f"its notes are {format_value(notes)}, which is no text")
        return ""
    if len(notes) > MAX_NOTES_LENGTH:
        unused.append(f"its notes are longer than {MAX_NOTES_LENGTH:,} characters and were cut")
    return notes[:MAX_NOTES_LENGTH]


def _read_scenarios(given: Mapping[str, object], pack: Pack, unused: list[str]) -> Scenarios:
    pinned: dict[str, Scenario] = {}
    entries = given.get("pinned")
    for entry in entries if isinstance(entries, list) else []:
        name, answers = (entry.get("name"), entry.get("answers")) if isinstance(entry, dict) else (None, None)
        if not isinstance(name, str) or not isinstance(answers, dict) or len(pinned) == _MAX_SCENARIOS:
            unused.append(f"its scenario {format_value(entry)} cannot be used")
            continue
        known, lost = usable_answers(answers, pack)
        called = one_line(name)[:_MAX_NAME_LENGTH]
        unused += [f"in its scenario “{called}” {remark}" for remark in lost]
        if called == DEFAULT_SCENARIO.name:  # earlier versions had another name for it, so this one was free
            called = f"{called} (2)"
        if called.strip() and called not in pinned:
            pinned[called] = Scenario(called, MappingProxyType(known))
    names = {name: name for name in (DEFAULT_SCENARIO.name, "", *pinned)}
    names.setdefault(FORMER_DEFAULT_NAME, DEFAULT_SCENARIO.name)
    left, right = given.get("left"), given.get("right")
    return Scenarios(
        tuple(pinned.values()),
        names.get(left, DEFAULT_SCENARIO.name) if isinstance(left, str) else DEFAULT_SCENARIO.name,
        names.get(right, "") if isinstance(right, str) else "",
    )


def _read_changes(raw: RawSession, key: str, pack: Pack) -> tuple[AnswersDelta, ...]:
    """Edits to take back or to make again; what the pack does not know is passed over."""
    entries = raw.table("history").get(key)
    return tuple(restrict_change(entry, pack) for entry in (entries if isinstance(entries, list) else ()) if entry)


def _unknown_keys(raw: RawSession) -> Mapping[str, object]:
    """What newer versions added, to be written back as it is."""
    kept = {key: value for key, value in raw.values.items() if key not in _KNOWN_KEYS}
    view = {name: value for name, value in raw.table("view").items() if name not in (*_VIEW_FLAGS, "current")}
    return MappingProxyType({**kept, "view": view} if view else kept)
