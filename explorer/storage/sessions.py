"""A saved session's answers, read as far as they can be used, with a sentence for what cannot."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from explorer.core.pack import AnswerId, Pack, QuestionId
from explorer.core.problems import ExplorerError, did_you_mean
from explorer.storage.reader import one_line, shown

FORMAT = 1
MAX_BYTES = 1_000_000


class SessionError(ExplorerError):
    """A file that is no session; its text says which and why."""


@dataclass(frozen=True)
class SavedAnswers:
    """The answers that the pack knows, and a sentence for everything that was left out or may differ."""

    answers: Mapping[QuestionId, AnswerId]
    remarks: tuple[str, ...]


def read_answers(path: Path, pack: Pack) -> SavedAnswers:
    """The answers in a `.berth` file; SessionError when it is none."""
    values = _parsed(path)
    remarks = list(_strangeness(values, pack))
    answers: dict[QuestionId, AnswerId] = {}
    given = values.get("answers", {})
    if not isinstance(given, dict):
        raise SessionError(f"“{path}” cannot be used: its “answers” are no table.")
    for name, answer in given.items():
        question = pack.question_by_id.get(QuestionId(name))
        known = [a.id for a in question.answers] if question else []
        if question is None:
            remarks.append(
                f"its question “{name}” is not asked here ({did_you_mean(name, pack.question_by_id)})"
            )
        elif not isinstance(answer, str) or answer not in known:
            hint = did_you_mean(answer if isinstance(answer, str) else "", known)
            remarks.append(f"its answer {shown(answer)} to “{name}” is not known here ({hint})")
        else:
            answers[question.id] = AnswerId(answer)
    return SavedAnswers(answers, tuple(one_line(remark) for remark in remarks))


def _parsed(path: Path) -> dict[str, object]:
    try:
        if path.exists() and not path.is_file():
            raise SessionError(f"“{path}” is no session: it is no ordinary file.")
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        said = error.strerror if isinstance(error, OSError) else error
        raise SessionError(f"The session “{path}” cannot be read: {said}.") from error
    if len(raw) > MAX_BYTES:
        raise SessionError(f"“{path}” is no session: it is larger than {MAX_BYTES:,} bytes.")
    try:
        values = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        line = f", line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise SessionError(f"“{path}” is no session: it is not JSON in UTF-8{line}.") from error
    if not isinstance(values, dict) or "berth" not in values:
        raise SessionError(f"“{path}” is no session of Berth: the key “berth” is missing.")
    return values


def _strangeness(values: Mapping[str, object], pack: Pack) -> list[str]:
    """What is foreign about the session as a whole."""
    found = []
    if values["berth"] != FORMAT:
        found.append(f"it has format {shown(values['berth'])}, and this version of Berth knows {FORMAT}")
    about = values.get("pack")
    name = about.get("id") if isinstance(about, dict) else None
    version = about.get("version") if isinstance(about, dict) else None
    if name is not None and name != pack.id:
        found.append(f"it belongs to the pack {shown(name)}, and this one is “{pack.id}”")
    elif version is not None and version != pack.version:
        found.append(
            f"it was saved with version {shown(version)} of the pack, and this one is {pack.version}"
        )
    return found
