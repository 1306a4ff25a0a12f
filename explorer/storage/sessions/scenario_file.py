"""Scenario file: named sets of answers in TOML for a batch export."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from explorer.core.errors import ExplorerError, Problem
from explorer.core.model.pack import AnswerId, Pack, QuestionId
from explorer.core.session.scenarios import Scenario
from explorer.storage.packs.loader import display_path
from explorer.storage.packs.table_reader import TomlSource, TomlTable, one_line
from explorer.storage.packs.toml import TomlReadError, parse_toml, read_toml_text
from explorer.storage.sessions.session_file import read_session_file


class ScenarioFileError(ExplorerError):
    """A scenario file is not valid; its text is the first problem and the number of others."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        more = len(self.problems) - 1
        super().__init__(f"{self.problems[0]}{f' (and {more} more)' if more else ''}")


def read_scenario_file(path: Path, pack: Pack) -> tuple[Scenario, ...]:
    """Read the scenarios of a file: each has a `name`, and `answers` that override those of its `session`.

    Raises ScenarioFileError with every problem if the file is not valid.
    """
    source = TomlSource(display_path(path), "")
    try:
        source.text = read_toml_text(path, ())
        table = TomlTable(source, (), parse_toml(source.text))
    except TomlReadError as error:
        raise ScenarioFileError([Problem(source.name, error.line, one_line(error.message), error.expected)]) from error
    scenarios = [
        _read_scenario(entry, path.parent, pack) for entry in table.reject_unknown_keys("scenario").entries("scenario")
    ]
    if not scenarios and not source.problems:
        source.add_problem((), "the file has no scenario", "[[scenario]] with a name and answers")
    _reject_duplicate_names(scenarios, source)
    if source.problems:
        raise ScenarioFileError(source.problems)
    return tuple(scenarios)


def _read_scenario(entry: TomlTable, folder: Path, pack: Pack) -> Scenario:
    entry.reject_unknown_keys("name", "answers", "session")
    answers: dict[QuestionId, AnswerId] = {}
    session = entry.optional_text("session")
    if session:
        try:
            decoded = read_session_file(folder / session, pack)
            answers.update(decoded.session.answers)
            if decoded.warnings:
                entry.add_problem("session", f"some of “{session}” could not be used: {decoded.warnings[0]}")
        except ExplorerError as error:
            entry.add_problem("session", str(error))
    for name, values in entry.mapping("answers"):
        question = pack.question_by_id.get(QuestionId(name))
        known = [answer.id for answer in question.answers] if question else []
        if question is None:
            hint = entry.source.suggest(name, pack.question_by_id)
            entry.add_problem("answers", f"the pack {pack.id} has no question “{name}”", hint)
        elif len(values) != 1 or values[0] not in known:
            text = ", ".join(values)
            entry.add_problem("answers", f"“{text}” is not an answer to “{name}”", entry.source.suggest(text, known))
        else:
            answers[question.id] = AnswerId(values[0])
    return Scenario(entry.text("name"), answers)


def _reject_duplicate_names(scenarios: list[Scenario], source: TomlSource) -> None:
    seen: set[str] = set()
    for index, scenario in enumerate(scenarios):
        if scenario.name and scenario.name in seen:
            source.add_problem(
                ("scenario", index, "name"), f"the name “{scenario.name}” is used twice", "a unique name"
            )
        seen.add(scenario.name)
