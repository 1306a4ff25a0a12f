"""Pack loader: reads a folder of TOML files into a `Pack`, or reports every problem with file and line."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from time import perf_counter

from explorer.core.errors import PackError, Problem
from explorer.core.model import pack as model
from explorer.core.model.validation import PackIssue, validate
from explorer.storage.icons.names import load_icon_names
from explorer.storage.packs.table_reader import TomlSource, TomlTable, one_line
from explorer.storage.packs.toml import TomlReadError, parse_toml, read_toml_text
from explorer.storage.resources import glyph_names, resource_path

PACK_FILES = (
    "pack.toml",
    "questions.toml",
    "rules.toml",
    "components.toml",
    "takeaways.toml",
    "practice.toml",
)
_ICON_HINT = "one of the names that docs/packs.md lists"

log = logging.getLogger(__name__)


def load_pack(folder: Path) -> model.Pack:
    """Load and validate the pack in a folder; raises PackError with every problem if it is not valid."""
    if not _is_folder(folder):
        raise PackError([Problem(display_path(folder), 1, "the folder does not exist", "a folder with a pack.toml")])
    start = perf_counter()
    sources = {name: TomlSource(display_path(folder / name), "") for name in PACK_FILES}
    tables = [_read_table(folder / name, source) for name, source in sources.items()]
    is_readable = not any(source.problems for source in sources.values())
    pack = _build_pack(*tables)
    problems = [problem for source in sources.values() for problem in source.problems]
    if is_readable and not any(source.incomplete for source in sources.values()):
        lines = {(problem.file, problem.line) for problem in problems}
        issues = (_to_problem(issue, sources) for issue in validate(pack))
        problems.extend(problem for problem in issues if (problem.file, problem.line) not in lines)
    if problems:
        raise PackError(problems)
    counts = len(pack.questions), len(pack.rules)
    elapsed_ms = round((perf_counter() - start) * 1000)
    log.info("Read a pack of %d questions and %d rules in %d ms.", *counts, elapsed_ms)
    return pack


def locate_issues(folder: Path, issues: Iterable[PackIssue]) -> tuple[Problem, ...]:
    """Return issues of the pack in a folder as problems with file and line."""
    sources: dict[str, TomlSource] = {}
    located = tuple(issues)
    for issue in located:
        if issue.file not in sources:
            sources[issue.file] = TomlSource(display_path(folder / issue.file), "")
            _read_table(folder / issue.file, sources[issue.file])
    return tuple(_to_problem(issue, sources) for issue in located)


def display_path(path: Path) -> str:
    """Return a path for messages: relative if it is inside the current folder, else unchanged."""
    try:
        relative = os.path.relpath(path)
    except (OSError, ValueError):  # another drive, or a deleted current folder
        return str(path)
    return str(path) if relative.startswith(os.pardir) else relative


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # a name that is too long, or a folder without permission
        return False


def _read_table(path: Path, source: TomlSource) -> TomlTable:
    """Return the content of a file; if it is not readable, an empty table, and add the problem."""
    try:
        source.text = read_toml_text(path, PACK_FILES)
        return TomlTable(source, (), parse_toml(source.text))
    except TomlReadError as error:
        source.problems.append(Problem(source.name, error.line, one_line(error.message), error.expected))
        return TomlTable(TomlSource(source.name, ""), (), {})


def _to_problem(issue: PackIssue, sources: Mapping[str, TomlSource]) -> Problem:
    source = sources[issue.file]
    return Problem(source.name, source.line(issue.path), one_line(issue.message), one_line(issue.expected))


def _build_pack(
    about: TomlTable,
    questions: TomlTable,
    rules: TomlTable,
    components: TomlTable,
    takeaways: TomlTable,
    practice: TomlTable,
) -> model.Pack:
    about.reject_unknown_keys("pack", "choice")
    header = about.subtable("pack")
    if header is None:
        if "pack" not in about.values:
            about.source.add_problem((), "the table [pack] is missing", "[pack] with id, title, version and as_of")
        header = TomlTable(TomlSource(about.source.name, ""), (), {})
    header.reject_unknown_keys("id", "title", "version", "as_of", "summary", "credit")
    questions.reject_unknown_keys("group", "question")
    rules.reject_unknown_keys("rule", "trap")
    components.reject_unknown_keys("group", "component", "edge")
    takeaways.reject_unknown_keys("takeaway")
    practice.reject_unknown_keys("practice")
    choices = tuple(_choice(entry) for entry in about.entries("choice"))
    domains = {part.id: frozenset(part.possible_values) for choice in choices for part in choice.parts}
    if about.source.problems:
        domains = {}
    return model.Pack(
        id=header.identifier("id"),
        title=header.text("title"),
        version=header.text("version"),
        as_of=header.text("as_of"),
        summary=header.text("summary", ""),
        credit=header.text("credit", ""),
        question_groups=tuple(
            (e.reject_unknown_keys("id", "title").identifier("id"), e.text("title")) for e in questions.entries("group")
        ),
        questions=tuple(_question(entry) for entry in questions.entries("question")),
        choices=choices,
        rules=tuple(_rule(entry, domains) for entry in rules.entries("rule")),
        traps=tuple(_trap(entry) for entry in rules.entries("trap")),
        takeaways=tuple(_takeaway(entry) for entry in takeaways.entries("takeaway")),
        practice=tuple(_practice(entry) for entry in practice.entries("practice")),
        diagram_groups=tuple(_group(entry) for entry in components.entries("group")),
        components=tuple(_component(entry) for entry in components.entries("component")),
        edges=tuple(_edge(entry) for entry in components.entries("edge")),
    )


def _question(entry: TomlTable) -> model.Question:
    entry.reject_unknown_keys("id", "group", "title", "text", "why", "headline", "answer")
    return model.Question(
        id=model.QuestionId(entry.identifier("id")),
        group=entry.identifier("group"),
        title=entry.text("title"),
        text=entry.text("text"),
        why=entry.text("why"),
        answers=tuple(
            model.Answer(
                model.AnswerId(answer.reject_unknown_keys("id", "label", "hint").identifier("id")),
                answer.text("label"),
                answer.text("hint", ""),
            )
            for answer in entry.entries("answer")
        ),
        is_headline=entry.boolean("headline"),
    )


def _choice(entry: TomlTable) -> model.Choice:
    entry.reject_unknown_keys("id", "label", "many", "bar", "value", "part")
    choice = model.ChoiceId(entry.identifier("id"))
    label = entry.text("label")
    values = tuple(
        model.Value(
            model.ValueId(value.reject_unknown_keys("id", "label", "summary", "short").identifier("id")),
            value.text("label"),
            value.text("summary", ""),
            value.text("short", ""),
        )
        for value in entry.entries("value")
    )
    all_values = tuple(value.id for value in values)
    parts = tuple(
        model.Part(
            id=model.PartId(part.reject_unknown_keys("id", "label", "values", "optional", "offered").identifier("id")),
            choice=choice,
            label=part.text("label"),
            values=tuple(model.ValueId(value) for value in part.text_list("values", required=True)),
            optional=part.boolean("optional"),
            offered_when_absent=part.boolean("offered"),
        )
        for part in entry.entries("part")
    )
    parts = parts or (model.Part(model.PartId(choice), choice, label, all_values),)
    return model.Choice(choice, label, entry.boolean("many"), entry.boolean("bar"), values, parts)


def _answer_condition(entry: TomlTable, key: str = "when") -> model.AnswerCondition:
    return tuple(
        (model.QuestionId(question), frozenset(model.AnswerId(answer) for answer in answers))
        for question, answers in entry.mapping(key)
    )


def _condition(pairs: tuple[tuple[str, tuple[str, ...]], ...]) -> model.ValueCondition:
    return tuple((model.PartId(part), frozenset(model.ValueId(value) for value in values)) for part, values in pairs)


_STRENGTH_BY_KEY = {
    "only": model.Strength.MUST,
    "never": model.Strength.MUST,
    "prefer": model.Strength.PREFER,
    "default": model.Strength.DEFAULT,
}


def _rule(entry: TomlTable, domains: dict[model.PartId, frozenset[model.ValueId]]) -> model.Rule:
    entry.reject_unknown_keys("id", "when", "given", *_STRENGTH_BY_KEY, "reason", "takeaways")
    kinds = [key for key in _STRENGTH_BY_KEY if key in entry.values]
    strengths = {_STRENGTH_BY_KEY[key] for key in kinds}
    if len(strengths) != 1:
        effects = " and ".join(kinds) or "no effect"
        expected = "only/never, or prefer, or default"
        entry.add_problem("id", f"rule “{entry.text('id', '?')}” has {effects}", expected)
    then: list[tuple[model.PartId, frozenset[model.ValueId]]] = []
    for key in kinds:
        for part, values in _condition(entry.mapping(key)):
            domain = domains.get(part)
            if key != "never":
                then.append((part, values))
            elif domain is None:
                if domains:  # otherwise pack.toml has problems of its own
                    entry.add_problem(key, f"unknown part “{part}”", entry.source.suggest(part, domains))
            elif unknown := sorted(values - domain):
                message = f"{part} has no value {', '.join(unknown)}"
                entry.add_problem(key, message, entry.source.suggest(unknown[0], domain))
            else:
                then.append((part, domain - values))
    return model.Rule(
        id=model.RuleId(entry.identifier("id")),
        strength=next(iter(strengths), model.Strength.MUST),
        when=_answer_condition(entry),
        given=_condition(entry.mapping("given")),
        then=tuple(then),
        reason=entry.text("reason"),
        takeaways=tuple(model.TakeawayId(takeaway) for takeaway in entry.text_list("takeaways", required=True)),
        excludes=frozenset(part for part, _ in _condition(entry.mapping("never"))),
    )


def _trap(entry: TomlTable) -> model.Trap:
    entry.reject_unknown_keys("id", "title", "text", "takeaways", "overruled", "by", "when", "given")
    overruled = entry.optional_text("overruled")
    return model.Trap(
        id=entry.identifier("id"),
        title=entry.text("title"),
        text=entry.text("text"),
        takeaways=tuple(model.TakeawayId(takeaway) for takeaway in entry.text_list("takeaways", required=True)),
        overruled_rule=model.RuleId(overruled) if overruled else None,
        overruled_by=tuple(model.RuleId(rule) for rule in entry.text_list("by")),
        when=_answer_condition(entry),
        given=_condition(entry.mapping("given")),
    )


def _takeaway(entry: TomlTable) -> model.Takeaway:
    entry.reject_unknown_keys("id", "title", "text", "section", "facts", "source", "as_of", "page", "note")
    note = entry.subtable("note")
    if note is not None:
        note.reject_unknown_keys("as_of", "text", "source")
    return model.Takeaway(
        id=model.TakeawayId(entry.identifier("id")),
        title=entry.text("title"),
        text=entry.text("text"),
        section=entry.text("section", ""),
        facts=entry.text_list("facts"),
        source=entry.text("source"),
        as_of=entry.text("as_of"),
        study_guide=entry.text("page", ""),
        note=model.Note(note.text("as_of"), note.text("text"), note.text("source")) if note else None,
    )


def _practice(entry: TomlTable) -> model.PracticeQuestion:
    entry.reject_unknown_keys("id", "question", "takeaways", "answers", "option")
    for question, answers in entry.mapping("answers"):
        if len(answers) != 1:
            entry.add_problem("answers", f"{question} has {len(answers)} answers", "one")
    return model.PracticeQuestion(
        id=entry.identifier("id"),
        question=entry.text("question"),
        options=tuple(
            model.PracticeOption(
                option.reject_unknown_keys("id", "text", "right", "why").identifier("id"),
                option.text("text"),
                option.boolean("right"),
                option.text("why"),
            )
            for option in entry.entries("option")
        ),
        takeaways=tuple(model.TakeawayId(takeaway) for takeaway in entry.text_list("takeaways")),
        answers=tuple(
            (model.QuestionId(question), model.AnswerId(answers[0]))
            for question, answers in entry.mapping("answers")
            if answers
        ),
    )


def _visibility(entry: TomlTable) -> tuple[model.ValueCondition, ...]:
    return tuple(_condition(pairs) for pairs in entry.mappings("shown"))


def _group(entry: TomlTable) -> model.GroupSpec:
    entry.reject_unknown_keys("id", "kind", "label", "parent", "shown")
    parent = entry.optional_text("parent")
    return model.GroupSpec(
        id=model.GroupId(entry.identifier("id")),
        kind=entry.text("kind", "generic"),
        label=entry.text("label"),
        parent=model.GroupId(parent) if parent else None,
        shown_when=_visibility(entry),
    )


def _component(entry: TomlTable) -> model.Component:
    entry.reject_unknown_keys(
        *("id", "icon", "label", "detail", "group", "slot", "at", "column", "row", "ghost", "shown"),
        "takeaways",
    )
    group, host = entry.optional_text("group"), entry.optional_text("at")
    return model.Component(
        id=model.NodeId(entry.identifier("id")),
        icon=_icon(entry),
        label=entry.text("label"),
        detail=entry.text("detail", ""),
        group=model.GroupId(group) if group else None,
        slot=entry.text("slot", entry.text("id", "?")),
        attached_to=model.NodeId(host) if host else None,
        column=entry.grid_index("column"),
        row=entry.grid_index("row"),
        can_be_ghost=entry.boolean("ghost"),
        shown_when=_visibility(entry),
        takeaways=tuple(model.TakeawayId(takeaway) for takeaway in entry.text_list("takeaways")),
    )


def _icon(entry: TomlTable) -> str:
    """Return the name of an icon; adds a problem for an unknown one, which would be drawn as a placeholder."""
    name, known = entry.text("icon", "unknown"), glyph_names()
    # A defined name without a glyph is an error of the installation, not of the pack.
    if name not in known and name not in load_icon_names(resource_path("icons.toml")):
        hint = entry.source.suggest(name, known)
        entry.add_problem("icon", f"there is no icon “{name}”", hint if hint.startswith("did") else _ICON_HINT)
    return name


def _edge(entry: TomlTable) -> model.EdgeSpec:
    entry.reject_unknown_keys("from", "to", "label", "control", "step", "shown", "takeaways")
    return model.EdgeSpec(
        source=model.NodeId(entry.identifier("from")),
        target=model.NodeId(entry.identifier("to")),
        label=entry.text("label", ""),
        control=entry.boolean("control"),
        is_step=entry.boolean("step"),
        shown_when=_visibility(entry),
        takeaways=tuple(model.TakeawayId(takeaway) for takeaway in entry.text_list("takeaways")),
    )
