"""Session file: encodes a session as JSON and decodes it, as far as a pack defines its answers.

`session_text` and `session_bytes` encode a `SessionState`. `decode_session` decodes bytes or text from any source,
and `read_session_file` a file. The same session always gives the same text. A picture with an embedded session
contains `session_text(pack, without_history(session))`.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from explorer.core.errors import did_you_mean, os_error_text
from explorer.core.model.pack import AnswerId, Answers, Pack, Question, QuestionId
from explorer.core.session.history import MAX_EDITS, AnswersDelta, rebuild_history, redo_changes, undo_changes
from explorer.core.session.scenarios import DEFAULT_SCENARIO, FORMER_DEFAULT_NAME, Scenario, Scenarios
from explorer.core.session.session_state import SessionState
from explorer.core.session.workspace import Workspace
from explorer.storage.packs.table_reader import format_value, one_line
from explorer.storage.sessions.embedded import MAX_PICTURE_BYTES, extract_session, is_picture
from explorer.storage.sessions.json_codec import (
    MAX_SESSION_BYTES,
    RawSession,
    SessionError,
    WarningList,
    parse_session_json,
)

log = logging.getLogger(__name__)

SESSION_FORMAT = 1
MAX_NOTES_LENGTH = 100_000
"""Characters; a longer text in a single line would block the window."""

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
    """A session, with a warning for everything that could not be restored or can differ.

    With `overwrite_loses_data`, writing it to the same file would lose something.
    """

    session: SessionState
    warnings: tuple[str, ...] = ()
    overwrite_loses_data: bool = False


# ------------------------------------------------------------------------------------ writing


def session_bytes(pack: Pack, session: SessionState) -> bytes:
    """Return the content of a `.berth` file."""
    return session_text(pack, session).encode()


def session_text(pack: Pack, session: SessionState) -> str:
    """Return the session as JSON, one key a line."""
    values = session_values(pack, session)
    lines = (f"{_to_json(key)}: {_to_json(value, 2 if key == 'answers' else None)}" for key, value in values.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


def session_values(pack: Pack, session: SessionState) -> dict[str, object]:
    """Return the session as JSON values, in the order of the file."""
    workspace, unknown_keys = session.workspace, session.unknown_keys
    unknown_view = unknown_keys.get("view")
    values: dict[str, object] = {
        "berth": SESSION_FORMAT,
        "pack": {"id": pack.id, "version": pack.version},
        "answers": _in_pack_order(pack, workspace.answers),
        "notes": workspace.notes,
        "view": view_values(workspace) | (unknown_view if isinstance(unknown_view, dict) else {}),
    }
    if session.scenarios != Scenarios():
        values["scenarios"] = scenario_values(pack, session.scenarios)
    if session.history.undo_stack or session.history.redo_stack:
        values["history"] = {
            "undo": [_in_pack_order(pack, each) for each in undo_changes(session.history)],
            "redo": [_in_pack_order(pack, each) for each in redo_changes(session.history)],
        }
    return values | {key: unknown_keys[key] for key in sorted(unknown_keys) if key not in _KNOWN_KEYS}


def view_values(workspace: Workspace) -> dict[str, object]:
    """Return the view settings as JSON values."""
    flags = {key: getattr(workspace, field) for key, field in _VIEW_FLAGS.items()}
    return {**flags, "current": workspace.current}


def scenario_values(pack: Pack, scenarios: Scenarios) -> dict[str, object]:
    """Return the pinned and the compared scenarios as JSON values."""
    pinned = [{"name": each.name, "answers": _in_pack_order(pack, each.answers)} for each in scenarios.pinned]
    return {"pinned": pinned, "left": scenarios.left, "right": scenarios.right}


def _in_pack_order(pack: Pack, answers: Mapping[QuestionId, AnswerId | None]) -> dict[str, str | None]:
    """Return the answers in the order of the pack's questions, those to other questions last."""
    ordered = [question.id for question in pack.questions if question.id in answers]
    return {name: answers[name] for name in dict.fromkeys((*ordered, *answers))}


def _to_json(value: object, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False)


# ------------------------------------------------------------------------------------ reading


def read_session_file(path: Path, pack: Pack) -> DecodedSession:
    """Read the session in a `.berth` file; raises SessionError if there is none."""
    return restore_session(parse_session_json(read_session_bytes(path), str(path)), pack)


def read_session_bytes(path: Path) -> bytes:
    """Return the bytes of a session file, or of the session embedded in a picture; SessionError if that fails.

    At most one byte more than `MAX_SESSION_BYTES` is returned.
    """
    try:
        if path.exists() and not path.is_file():
            raise SessionError(f"“{path}” is not a session: it is not a regular file.")
        with path.open("rb") as file:
            start = file.read(MAX_SESSION_BYTES + 1)
            if not is_picture(start):
                return start
            return extract_session(start + file.read(MAX_PICTURE_BYTES), str(path)).encode()
    except (OSError, ValueError) as error:
        raise SessionError(f"Cannot read the session “{path}”: {os_error_text(error)}.") from error


def decode_session(data: bytes | str, origin: str, pack: Pack) -> DecodedSession:
    """Decode a session from bytes or text; raises SessionError, which names the `origin`, if that fails."""
    decoded = restore_session(parse_session_json(data, origin), pack)
    answers, warnings = len(decoded.session.answers), len(decoded.warnings)
    log.info("Read a session of %d bytes: %d answers, %d warnings.", len(data), answers, warnings)
    return decoded


def restore_session(raw: RawSession, pack: Pack) -> DecodedSession:
    """Return what the pack can use of a session."""
    unused = WarningList()
    answers = usable_answers(raw.table("answers"), pack, unused)
    bare = Workspace(answers=MappingProxyType(answers), notes=_read_notes(raw, unused))
    workspace = apply_view(bare, raw.table("view"), pack)
    session = SessionState(
        workspace,
        _read_scenarios(raw.table("scenarios"), pack, unused),
        rebuild_history(workspace, _read_changes(raw, "undo", pack), _read_changes(raw, "redo", pack)),
        _unknown_keys(raw),
    )
    is_foreign = raw.values["berth"] != SESSION_FORMAT or raw.pack_id_and_version[0] not in (None, pack.id)
    warnings = (*raw.warnings, *map(one_line, _compatibility_warnings(raw, pack)), *unused.texts())
    return DecodedSession(session, warnings, bool(raw.warnings) or is_foreign or bool(unused))


def apply_view(workspace: Workspace, view: Mapping[str, object], pack: Pack) -> Workspace:
    """Return the workspace with these view settings; unknown ones are ignored."""
    current = view.get("current")
    is_known = isinstance(current, str) and current in pack.question_by_id
    flags: dict[str, Any] = {
        field: value for key, field in _VIEW_FLAGS.items() if isinstance(value := view.get(key), bool)
    }
    return replace(workspace, current=QuestionId(str(current)) if is_known else None, **flags)


def apply_scenarios(session: SessionState, values: object, pack: Pack) -> SessionState:
    """Return the session with these scenarios; unknown answers are ignored."""
    table = values if isinstance(values, dict) else {}
    return replace(session, scenarios=_read_scenarios(table, pack, WarningList()))


def restrict_change(values: object, pack: Pack) -> AnswersDelta:
    """Return a change of answers without those that the pack does not define."""
    table = values if isinstance(values, dict) else {}
    removed: Mapping[QuestionId, None] = {QuestionId(name): None for name, answer in table.items() if answer is None}
    given = {name: answer for name, answer in table.items() if answer is not None}
    answers: Answers = usable_answers(given, pack)
    return {**removed, **answers}


def usable_answers(
    given: Mapping[str, object], pack: Pack, warnings: WarningList | None = None
) -> dict[QuestionId, AnswerId]:
    """Return the answers that the pack defines; add a warning for each other one, unless there is no list."""
    answers: dict[QuestionId, AnswerId] = {}
    for name, answer in given.items():
        question = pack.question_by_id.get(QuestionId(name))
        if question and isinstance(answer, str) and any(known.id == answer for known in question.answers):
            answers[question.id] = AnswerId(answer)
        elif warnings is not None:
            warnings.add(partial(_unknown_answer, name, answer, question, pack))
    return answers


def _unknown_answer(name: str, answer: object, question: Question | None, pack: Pack) -> str:
    if question is None:
        return f"the pack has no question “{name[:100]}” ({did_you_mean(name[:100], pack.question_by_id)})"
    hint = did_you_mean(answer[:100] if isinstance(answer, str) else "", [known.id for known in question.answers])
    return f"{format_value(answer)} is not an answer to “{name}” ({hint})"


def _compatibility_warnings(raw: RawSession, pack: Pack) -> list[str]:
    """Return warnings about the session's format and pack."""
    warnings = []
    if raw.values["berth"] != SESSION_FORMAT:
        form = format_value(raw.values["berth"])
        warnings.append(f"the session has format {form}; this version of Berth supports format {SESSION_FORMAT}")
    about = raw.table("pack")
    name, version = about.get("id"), about.get("version")
    if name is not None and name != pack.id:
        warnings.append(f"the session belongs to the pack {format_value(name)}; the open pack is “{pack.id}”")
    elif version is not None and version != pack.version:
        warnings.append(
            f"the session was saved with version {format_value(version)} of the pack; "
            f"the open one is version {format_value(pack.version)}"
        )
    return warnings


def _read_notes(raw: RawSession, warnings: WarningList) -> str:
    notes = raw.values.get("notes", "")
    if not isinstance(notes, str):
        warnings.add(lambda: f"the notes are {format_value(notes)}, not text")
        return ""
    if len(notes) > MAX_NOTES_LENGTH:
        warnings.add(lambda: f"the notes are cut after {MAX_NOTES_LENGTH:,} characters")
    return notes[:MAX_NOTES_LENGTH]


def _read_scenarios(values: Mapping[str, object], pack: Pack, warnings: WarningList) -> Scenarios:
    pinned: dict[str, Scenario] = {}
    entries = values.get("pinned")
    for entry in entries if isinstance(entries, list) else []:
        name, answers = (entry.get("name"), entry.get("answers")) if isinstance(entry, dict) else (None, None)
        if not isinstance(name, str) or not isinstance(answers, dict) or len(pinned) == _MAX_SCENARIOS:
            warnings.add(partial("the scenario {} is not usable".format, format_value(entry)))
            continue
        unused = WarningList()
        known = usable_answers(answers, pack, unused)
        name = one_line(name)[:_MAX_NAME_LENGTH]
        for text in unused.texts():
            warnings.add(partial("in the scenario “{}” {}".format, name, text))
        if name == DEFAULT_SCENARIO.name:  # earlier versions had another name for it, so this one was free
            name = f"{name} (2)"
        if name.strip() and name not in pinned:
            pinned[name] = Scenario(name, MappingProxyType(known))
    names = {name: name for name in (DEFAULT_SCENARIO.name, "", *pinned)}
    names.setdefault(FORMER_DEFAULT_NAME, DEFAULT_SCENARIO.name)
    left, right = values.get("left"), values.get("right")
    return Scenarios(
        tuple(pinned.values()),
        names.get(left, DEFAULT_SCENARIO.name) if isinstance(left, str) else DEFAULT_SCENARIO.name,
        names.get(right, "") if isinstance(right, str) else "",
    )


def _read_changes(raw: RawSession, key: str, pack: Pack) -> tuple[AnswersDelta, ...]:
    """Return the undo or redo steps, without answers that the pack does not define."""
    entries = raw.table("history").get(key)
    steps = entries[:MAX_EDITS] if isinstance(entries, list) else []
    return tuple(restrict_change(step, pack) for step in steps if step)


def _unknown_keys(raw: RawSession) -> Mapping[str, object]:
    """Return the keys that newer versions have added; they are written back unchanged."""
    unknown = {key: value for key, value in raw.values.items() if key not in _KNOWN_KEYS}
    view = {key: value for key, value in raw.table("view").items() if key not in (*_VIEW_FLAGS, "current")}
    return MappingProxyType({**unknown, "view": view} if view else unknown)
