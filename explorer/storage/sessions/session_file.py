"""A session as text that is always the same for the same session, and back as far as a pack can use it.

`session_text` and `session_bytes` write a `SavedSession`; `read_session` reads bytes or text from
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

from explorer.core.errors import did_you_mean, refusal
from explorer.core.model.pack import AnswerId, Answers, Pack, QuestionId
from explorer.core.session.history import AnswerChange, changes_back, changes_on, history_from
from explorer.core.session.scenarios import PLAIN, Scenario, Scenarios
from explorer.core.session.session import SavedSession
from explorer.core.session.workspace import Workspace
from explorer.storage.packs.table_reader import one_line, shown
from explorer.storage.sessions.embedded import MAX_PICTURE, is_picture, session_in
from explorer.storage.sessions.json_codec import MAX_BYTES, RawSession, SessionError, raw_session

log = logging.getLogger(__name__)

FORMAT = 1
NOTES_HOLD = 100_000
"""Characters; more would be a document of its own, and in one line would hold up the window."""

_VIEW = ("ghosts", "shortest", "as_page")
_KNOWN = ("berth", "pack", "answers", "notes", "view", "scenarios", "history")
_MOST_PINNED = 200
_LONGEST_NAME = 200


@dataclass(frozen=True)
class OpenedSession:
    """What could be used of a session, and a sentence for everything that was left out or may differ.

    `lossy` when writing it in the place of what was read would lose something.
    """

    session: SavedSession
    remarks: tuple[str, ...] = ()
    lossy: bool = False


# ------------------------------------------------------------------------------------ writing


def session_bytes(pack: Pack, session: SavedSession) -> bytes:
    """What a `.berth` file holds."""
    return session_text(pack, session).encode()


def session_text(pack: Pack, session: SavedSession) -> str:
    """The session as JSON, one key to the line; the same session gives the same text."""
    values = session_values(pack, session)
    lines = (
        f"{_json(key)}: {_json(value, 2 if key == 'answers' else None)}" for key, value in values.items()
    )
    return "{\n" + ",\n".join(lines) + "\n}\n"


def session_values(pack: Pack, session: SavedSession) -> dict[str, object]:
    """The session as plain values, in the order in which they are written."""
    work, foreign = session.workspace, session.foreign
    newer_view = foreign.get("view")
    values: dict[str, object] = {
        "berth": FORMAT,
        "pack": {"id": pack.id, "version": pack.version},
        "answers": _in_order(pack, work.answers),
        "notes": work.notes,
        "view": view_values(work) | (newer_view if isinstance(newer_view, dict) else {}),
    }
    if session.scenarios != Scenarios():
        values["scenarios"] = scenario_values(pack, session.scenarios)
    if session.history.past or session.history.future:
        values["history"] = {
            "undo": [_in_order(pack, each) for each in changes_back(session.history)],
            "redo": [_in_order(pack, each) for each in changes_on(session.history)],
        }
    return values | {key: foreign[key] for key in sorted(foreign) if key not in _KNOWN}


def view_values(workspace: Workspace) -> dict[str, object]:
    """How one looks at it, as plain values."""
    return {**{name: getattr(workspace, name) for name in _VIEW}, "current": workspace.current}


def scenario_values(pack: Pack, scenarios: Scenarios) -> dict[str, object]:
    """What is pinned and compared, as plain values."""
    pinned = [{"name": each.name, "answers": _in_order(pack, each.answers)} for each in scenarios.pinned]
    return {"pinned": pinned, "left": scenarios.left, "right": scenarios.right}


def _in_order(pack: Pack, answers: Mapping[QuestionId, AnswerId | None]) -> dict[str, str | None]:
    """The answers in the order in which the pack asks, and last those that it does not know now."""
    asked = [question.id for question in pack.questions if question.id in answers]
    return {name: answers[name] for name in dict.fromkeys((*asked, *answers))}


def _json(value: object, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False)


# ------------------------------------------------------------------------------------ reading


def read_session_file(path: Path, pack: Pack) -> OpenedSession:
    """The session in a `.berth` file; SessionError when it is none."""
    return use_session(raw_session(session_file_bytes(path), str(path)), pack)


def session_file_bytes(path: Path) -> bytes:
    """A session file's bytes, up to one more than a session may have, or those of a picture's session.

    SessionError when it cannot be read.
    """
    try:
        if path.exists() and not path.is_file():
            raise SessionError(f"“{path}” is no session: it is no ordinary file.")
        with path.open("rb") as file:
            start = file.read(MAX_BYTES + 1)
            if not is_picture(start):
                return start
            return session_in(start + file.read(MAX_PICTURE), str(path)).encode()
    except (OSError, ValueError) as error:
        raise SessionError(f"The session “{path}” cannot be read: {refusal(error)}.") from error


def read_session(data: bytes | str, origin: str, pack: Pack) -> OpenedSession:
    """The session in bytes or text; SessionError when it is none."""
    opened = use_session(raw_session(data, origin), pack)
    answers, remarks = len(opened.session.answers), len(opened.remarks)
    log.info("Read a session of %d bytes: %d answers, %d remarks.", len(data), answers, remarks)
    return opened


def use_session(raw: RawSession, pack: Pack) -> OpenedSession:
    """What a pack can use of a session."""
    remarks = [*raw.remarks, *_strangeness(raw, pack)]
    lossy = bool(raw.remarks) or raw.values["berth"] != FORMAT or raw.pack[0] not in (None, pack.id)
    answers, unused = usable(raw.table("answers"), pack)
    bare = Workspace(answers=MappingProxyType(answers), notes=_notes(raw, unused))
    workspace = with_view(bare, raw.table("view"), pack)
    session = SavedSession(
        workspace,
        _scenarios(raw.table("scenarios"), pack, unused),
        history_from(workspace, _changes(raw, "undo", pack), _changes(raw, "redo", pack)),
        _foreign(raw),
    )
    told = tuple(one_line(remark) for remark in (*remarks, *unused))
    return OpenedSession(session, told, lossy or bool(unused))


def with_view(workspace: Workspace, view: Mapping[str, object], pack: Pack) -> Workspace:
    """The workspace looked at like this, as far as that is known here."""
    current = view.get("current")
    known = isinstance(current, str) and current in pack.question_by_id
    flags: dict[str, Any] = {name: value for name in _VIEW if isinstance(value := view.get(name), bool)}
    return replace(workspace, current=QuestionId(str(current)) if known else None, **flags)


def with_scenarios(session: SavedSession, given: object, pack: Pack) -> SavedSession:
    """The session with these scenarios instead, as far as they are known here."""
    return replace(session, scenarios=_scenarios(given if isinstance(given, dict) else {}, pack, []))


def known_change(entry: object, pack: Pack) -> AnswerChange:
    """A change of answers that was written down, as far as the pack knows them."""
    given = entry if isinstance(entry, dict) else {}
    opened: Mapping[QuestionId, None] = {
        QuestionId(name): None for name, answer in given.items() if answer is None
    }
    answers: Answers = usable({name: a for name, a in given.items() if a is not None}, pack)[0]
    return {**opened, **answers}


def usable(given: Mapping[str, object], pack: Pack) -> tuple[dict[QuestionId, AnswerId], list[str]]:
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
            unused.append(f"its answer {shown(answer)} to “{name}” is not known here ({hint})")
        else:
            answers[question.id] = AnswerId(answer)
    return answers, unused


def _strangeness(raw: RawSession, pack: Pack) -> list[str]:
    """What is foreign about the session as a whole."""
    found = []
    if raw.values["berth"] != FORMAT:
        form = shown(raw.values["berth"])
        found.append(f"it has format {form}, and this version of Berth knows {FORMAT}")
    about = raw.table("pack")
    name, version = about.get("id"), about.get("version")
    if name is not None and name != pack.id:
        found.append(f"it belongs to the pack {shown(name)}, and this one is “{pack.id}”")
    elif version is not None and version != pack.version:
        found.append(
            f"it was saved with version {shown(version)} of the pack, and this one is {shown(pack.version)}"
        )
    return found


def _notes(raw: RawSession, unused: list[str]) -> str:
    notes = raw.values.get("notes", "")
    if not isinstance(notes, str):
        unused.append(f"its notes are {shown(notes)}, which is no text")
        return ""
    if len(notes) > NOTES_HOLD:
        unused.append(f"its notes are longer than {NOTES_HOLD:,} characters and were cut")
    return notes[:NOTES_HOLD]


def _scenarios(given: Mapping[str, object], pack: Pack, unused: list[str]) -> Scenarios:
    pinned: dict[str, Scenario] = {}
    entries = given.get("pinned")
    for entry in entries if isinstance(entries, list) else []:
        name, answers = (entry.get("name"), entry.get("answers")) if isinstance(entry, dict) else (None, None)
        if not isinstance(name, str) or not isinstance(answers, dict) or len(pinned) == _MOST_PINNED:
            unused.append(f"its scenario {shown(entry)} cannot be used")
            continue
        known, lost = usable(answers, pack)
        called = one_line(name)[:_LONGEST_NAME]
        unused += [f"in its scenario “{called}” {remark}" for remark in lost]
        if called.strip() and called not in (PLAIN.name, *pinned):
            pinned[called] = Scenario(called, MappingProxyType(known))
    names = {PLAIN.name, "", *pinned}
    left, right = given.get("left"), given.get("right")
    return Scenarios(
        tuple(pinned.values()),
        left if isinstance(left, str) and left in names else PLAIN.name,
        right if isinstance(right, str) and right in names else "",
    )


def _changes(raw: RawSession, key: str, pack: Pack) -> tuple[AnswerChange, ...]:
    """Edits to take back or to make again; what the pack does not know is passed over."""
    entries = raw.table("history").get(key)
    return tuple(
        known_change(entry, pack) for entry in (entries if isinstance(entries, list) else ()) if entry
    )


def _foreign(raw: RawSession) -> Mapping[str, object]:
    """What newer versions added, to be written back as it is."""
    kept = {key: value for key, value in raw.values.items() if key not in _KNOWN}
    view = {name: value for name, value in raw.table("view").items() if name not in (*_VIEW, "current")}
    return MappingProxyType({**kept, "view": view} if view else kept)
