"""Named sets of answers in a TOML file, for a batch: every fault with its line."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from explorer.core.errors import ExplorerError, Problem, did_you_mean
from explorer.core.model.pack import AnswerId, Pack, QuestionId
from explorer.core.session.scenarios import Scenario
from explorer.storage.packs.loader import near
from explorer.storage.packs.table_reader import Source, Table, one_line
from explorer.storage.packs.toml import UnreadableError, text_of, values_of
from explorer.storage.sessions.session_file import read_session_file


class ScenariosError(ExplorerError):
    """A file of scenarios that cannot be used; its text is the first fault, and how many more there are."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        more = len(self.problems) - 1
        super().__init__(f"{self.problems[0]}{f' (and {more} more)' if more else ''}")


def read_scenarios(path: Path, pack: Pack) -> tuple[Scenario, ...]:
    """The scenarios of a file: each a `name` and `answers`, which go over those of its `session`.

    ScenariosError with every fault when the file cannot be used.
    """
    source = Source(near(path), "")
    try:
        source.text = text_of(path, ())
        table = Table(source, (), values_of(source.text))
    except UnreadableError as error:
        raise ScenariosError(
            [Problem(source.name, error.line, one_line(error.what), error.expected)]
        ) from error
    found = [_scenario(entry, path.parent, pack) for entry in table.only("scenario").entries("scenario")]
    if not found and not source.problems:
        source.fault((), "there is no scenario in it", "[[scenario]] with a name and answers")
    _name_twice(found, source)
    if source.problems:
        raise ScenariosError(source.problems)
    return tuple(found)


def _scenario(entry: Table, folder: Path, pack: Pack) -> Scenario:
    entry.only("name", "answers", "session")
    answers: dict[QuestionId, AnswerId] = {}
    session = entry.optional("session")
    if session:
        try:
            opened = read_session_file(folder / session, pack)
            answers.update(opened.session.answers)
            if opened.remarks:
                entry.fault("session", f"of “{session}” not all can be used: {opened.remarks[0]}")
        except ExplorerError as error:
            entry.fault("session", str(error))
    for name, values in entry.mapping("answers"):
        question = pack.question_by_id.get(QuestionId(name))
        known = [answer.id for answer in question.answers] if question else []
        if question is None:
            hint = did_you_mean(name, pack.question_by_id)
            entry.fault("answers", f"there is no question “{name}” in the pack {pack.id}", hint)
        elif len(values) != 1 or values[0] not in known:
            told = ", ".join(values)
            entry.fault("answers", f"“{told}” is no answer to “{name}”", did_you_mean(told, known))
        else:
            answers[question.id] = AnswerId(values[0])
    return Scenario(entry.text("name"), answers)


def _name_twice(found: list[Scenario], source: Source) -> None:
    seen: set[str] = set()
    for index, scenario in enumerate(found):
        if scenario.name and scenario.name in seen:
            source.fault(("scenario", index, "name"), f"the name “{scenario.name}” is taken", "another name")
        seen.add(scenario.name)
