"""Named sets of answers in a TOML file, for a batch: every fault with its line."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from explorer.core.errors import ExplorerError, Problem, did_you_mean
from explorer.core.model.pack import AnswerId, Pack, QuestionId
from explorer.core.session.scenarios import Scenario
from explorer.storage.packs.loader import display_path
from explorer.storage.packs.table_reader import TomlSource, TomlTable, one_line
from explorer.storage.packs.toml import TomlReadError, parse_toml, read_toml_text
from explorer.storage.sessions.session_file import read_session_file


class ScenarioFileError(ExplorerError):
    """A file of scenarios that cannot be used; its text is the first fault, and how many more there are."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        more = len(self.problems) - 1
        super().__init__(f"{self.problems[0]}{f' (and {more} more)' if more else ''}")


def read_scenario_file(path: Path, pack: Pack) -> tuple[Scenario, ...]:
    """The scenarios of a file: each a `name` and `answers`, which go over those of its `session`.

    ScenariosError with every fault when the file cannot be used.
    """
    source = TomlSource(display_path(path), "")
    try:
        source.text = read_toml_text(path, ())
        table = TomlTable(source, (), parse_toml(source.text))
    except TomlReadError as error:
        raise ScenarioFileError([Problem(source.name, error.line, one_line(error.what), error.expected)]) from error
    found = [
        _read_scenario(entry, path.parent, pack) for entry in table.reject_unknown_keys("scenario").entries("scenario")
    ]
    if not found and not source.problems:
        source.add_problem((), "there is no scenario in it", "[[scenario]] with a name and answers")
    _reject_duplicate_names(found, source)
    if source.problems:
        raise ScenarioFileError(source.problems)
    return tuple(found)


def _read_scenario(entry: TomlTable, folder: Path, pack: Pack) -> Scenario:
    entry.reject_unknown_keys("name", "answers", "session")
    answers: dict[QuestionId, AnswerId] = {}
    session = entry.optional_text("session")
    if session:
        try:
            opened = read_session_file(folder / session, pack)
            answers.update(opened.session.answers)
            if opened.warnings:
                entry.add_problem("session", f"of “{session}” not all can be used: {opened.warnings[0]}")
        except ExplorerError as error:
            entry.add_problem("session", str(error))
    for name, values in entry.mapping("answers"):
        question = pack.question_by_id.get(QuestionId(name))
        known = [answer.id for answer in question.answers] if question else []
        if question is None:
            hint = did_you_mean(name, pack.question_by_id)
            entry.add_problem("answers", f"there is no question “{name}” in the pack {pack.id}", hint)
        elif len(values) != 1 or values[0] not in known:
            told = ", ".join(values)
            entry.add_problem("answers", f"“{told}” is no answer to “{name}”", did_you_mean(told, known))
        else:
            answers[question.id] = AnswerId(values[0])
    return Scenario(entry.text("name"), answers)


def _reject_duplicate_names(found: list[Scenario], source: TomlSource) -> None:
    seen: set[str] = set()
    for index, scenario in enumerate(found):
        if scenario.name and scenario.name in seen:
            source.add_problem(("scenario", index, "name"), f"the name “{scenario.name}” is taken", "another name")
        seen.add(scenario.name)
