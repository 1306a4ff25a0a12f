"""A pack's folder of TOML files, read into a `Pack`, or every fault with its file and line."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from time import perf_counter

from explorer.core.errors import PackError, Problem, did_you_mean
from explorer.core.model import pack as model
from explorer.core.model.validation import Flaw, flaws
from explorer.storage.icons.names import icon_names
from explorer.storage.packs.table_reader import Source, Table, one_line
from explorer.storage.packs.toml import UnreadableError, text_of, values_of
from explorer.storage.resources import glyph_names, resource

FILES = ("pack.toml", "questions.toml", "rules.toml", "components.toml", "takeaways.toml", "practice.toml")
_SOME_ICON = "one of the names in resources/glyphs, which docs/packs.md shows"

log = logging.getLogger(__name__)


def load_pack(folder: Path) -> model.Pack:
    """The pack in a folder; PackError with every fault when it cannot be used."""
    if not _is_folder(folder):
        raise PackError(
            [Problem(near(folder), 1, "there is no such folder", "a folder with pack.toml in it")]
        )
    begun = perf_counter()
    sources = {name: Source(near(folder / name), "") for name in FILES}
    tables = [_table(folder / name, source) for name, source in sources.items()]
    whole = not any(source.problems for source in sources.values())
    pack = _pack(*tables)
    problems = [problem for source in sources.values() for problem in source.problems]
    if whole and not any(source.lossy for source in sources.values()):
        told = {(problem.file, problem.line) for problem in problems}
        found = (_located(flaw, sources) for flaw in flaws(pack))
        problems.extend(problem for problem in found if (problem.file, problem.line) not in told)
    if problems:
        raise PackError(problems)
    counts = len(pack.questions), len(pack.rules)
    spent = round((perf_counter() - begun) * 1000)
    log.info("Read a pack of %d questions and %d rules in %d ms.", *counts, spent)
    return pack


def locate(folder: Path, found: Iterable[Flaw]) -> tuple[Problem, ...]:
    """Where flaws of the pack in a folder stand, by file and line."""
    sources: dict[str, Source] = {}
    for flaw in found:
        if flaw.file not in sources:
            sources[flaw.file] = Source(near(folder / flaw.file), "")
            _table(folder / flaw.file, sources[flaw.file])
    return tuple(_located(flaw, sources) for flaw in found)


def near(path: Path) -> str:
    """A path as it is written from here: from this folder on where it lies in it, else whole."""
    try:
        found = os.path.relpath(path)
    except (OSError, ValueError):  # another drive, or a folder that is gone
        return str(path)
    return str(path) if found.startswith(os.pardir) else found


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # a name too long, a place that must not be looked into
        return False


def _table(path: Path, source: Source) -> Table:
    """What a file holds; where it cannot be read, nothing, and the fault is noted."""
    try:
        source.text = text_of(path, FILES)
        return Table(source, (), values_of(source.text))
    except UnreadableError as error:
        source.problems.append(Problem(source.name, error.line, one_line(error.what), error.expected))
        return Table(Source(source.name, ""), (), {})


def _located(flaw: Flaw, sources: Mapping[str, Source]) -> Problem:
    source = sources[flaw.file]
    return Problem(source.name, source.line(flaw.path), one_line(flaw.what), one_line(flaw.expected))


def _pack(
    about: Table, asked: Table, ruled: Table, drawn: Table, taught: Table, practised: Table
) -> model.Pack:
    about.only("pack", "choice")
    head = about.table("pack")
    if head is None:
        if "pack" not in about.values:
            about.source.fault((), "the table [pack] is missing", "[pack] with id, title, version and as_of")
        head = Table(Source(about.source.name, ""), (), {})
    head.only("id", "title", "version", "as_of", "summary", "credit")
    asked.only("group", "question")
    ruled.only("rule", "trap")
    drawn.only("group", "component", "edge")
    taught.only("takeaway")
    practised.only("practice")
    choices = tuple(_choice(entry) for entry in about.entries("choice"))
    domains = {part.id: frozenset(part.domain) for choice in choices for part in choice.parts}
    if about.source.problems:
        domains = {}
    return model.Pack(
        id=head.name("id"),
        title=head.text("title"),
        version=head.text("version"),
        as_of=head.text("as_of"),
        summary=head.text("summary", ""),
        credit=head.text("credit", ""),
        groups=tuple((e.only("id", "title").name("id"), e.text("title")) for e in asked.entries("group")),
        questions=tuple(_question(entry) for entry in asked.entries("question")),
        choices=choices,
        rules=tuple(_rule(entry, domains) for entry in ruled.entries("rule")),
        traps=tuple(_trap(entry) for entry in ruled.entries("trap")),
        takeaways=tuple(_takeaway(entry) for entry in taught.entries("takeaway")),
        practice=tuple(_practice(entry) for entry in practised.entries("practice")),
        frames=tuple(_frame(entry) for entry in drawn.entries("group")),
        components=tuple(_component(entry) for entry in drawn.entries("component")),
        edges=tuple(_edge(entry) for entry in drawn.entries("edge")),
    )


def _question(entry: Table) -> model.Question:
    entry.only("id", "group", "title", "text", "why", "headline", "answer")
    return model.Question(
        id=model.QuestionId(entry.name("id")),
        group=entry.name("group"),
        title=entry.text("title"),
        text=entry.text("text"),
        why=entry.text("why"),
        answers=tuple(
            model.Answer(
                model.AnswerId(answer.only("id", "label", "hint").name("id")),
                answer.text("label"),
                answer.text("hint", ""),
            )
            for answer in entry.entries("answer")
        ),
        headline=entry.flag("headline"),
    )


def _choice(entry: Table) -> model.Choice:
    entry.only("id", "label", "many", "bar", "value", "part")
    choice = model.ChoiceId(entry.name("id"))
    label = entry.text("label")
    values = tuple(
        model.Value(
            model.ValueId(value.only("id", "label", "summary", "short").name("id")),
            value.text("label"),
            value.text("summary", ""),
            value.text("short", ""),
        )
        for value in entry.entries("value")
    )
    all_values = tuple(value.id for value in values)
    parts = tuple(
        model.Part(
            id=model.PartId(part.only("id", "label", "values", "optional", "offered").name("id")),
            choice=choice,
            label=part.text("label"),
            values=tuple(model.ValueId(value) for value in part.texts("values", required=True)),
            optional=part.flag("optional"),
            offered=part.flag("offered"),
        )
        for part in entry.entries("part")
    )
    parts = parts or (model.Part(model.PartId(choice), choice, label, all_values),)
    return model.Choice(choice, label, entry.flag("many"), entry.flag("bar"), values, parts)


def _when(entry: Table, key: str = "when") -> model.When:
    return tuple(
        (model.QuestionId(question), frozenset(model.AnswerId(answer) for answer in answers))
        for question, answers in entry.mapping(key)
    )


def _condition(pairs: tuple[tuple[str, tuple[str, ...]], ...]) -> model.Condition:
    return tuple(
        (model.PartId(part), frozenset(model.ValueId(value) for value in values)) for part, values in pairs
    )


_EFFECTS = {
    "only": model.Strength.MUST,
    "never": model.Strength.MUST,
    "prefer": model.Strength.PREFER,
    "default": model.Strength.DEFAULT,
}


def _rule(entry: Table, domains: dict[model.PartId, frozenset[model.ValueId]]) -> model.Rule:
    entry.only("id", "when", "given", *_EFFECTS, "reason", "takeaways")
    kinds = [key for key in _EFFECTS if key in entry.values]
    strengths = {_EFFECTS[key] for key in kinds}
    if len(strengths) != 1:
        what = f"rule “{entry.text('id', '?')}” has {' and '.join(kinds) or 'no effect'}"
        entry.fault("id", what, "only/never, or prefer, or default")
    then: list[tuple[model.PartId, frozenset[model.ValueId]]] = []
    for key in kinds:
        for part, values in _condition(entry.mapping(key)):
            domain = domains.get(part)
            if key != "never":
                then.append((part, values))
            elif domain is None:
                if domains:  # else pack.toml is at fault, and says so
                    entry.fault(key, f"unknown part “{part}”", did_you_mean(part, domains))
            elif strange := sorted(values - domain):
                what = f"{part} never takes {', '.join(strange)}"
                entry.fault(key, what, did_you_mean(strange[0], domain))
            else:
                then.append((part, domain - values))
    return model.Rule(
        id=model.RuleId(entry.name("id")),
        strength=next(iter(strengths), model.Strength.MUST),
        when=_when(entry),
        given=_condition(entry.mapping("given")),
        then=tuple(then),
        reason=entry.text("reason"),
        takeaways=tuple(model.TakeawayId(takeaway) for takeaway in entry.texts("takeaways", required=True)),
        excludes=frozenset(part for part, _ in _condition(entry.mapping("never"))),
    )


def _trap(entry: Table) -> model.Trap:
    entry.only("id", "title", "text", "takeaways", "overruled", "by", "when", "given")
    overruled = entry.optional("overruled")
    return model.Trap(
        id=entry.name("id"),
        title=entry.text("title"),
        text=entry.text("text"),
        takeaways=tuple(model.TakeawayId(takeaway) for takeaway in entry.texts("takeaways", required=True)),
        overruled=model.RuleId(overruled) if overruled else None,
        by=tuple(model.RuleId(rule) for rule in entry.texts("by")),
        when=_when(entry),
        given=_condition(entry.mapping("given")),
    )


def _takeaway(entry: Table) -> model.Takeaway:
    entry.only("id", "title", "text", "section", "facts", "source", "as_of", "page", "note")
    note = entry.table("note")
    if note is not None:
        note.only("as_of", "text", "source")
    return model.Takeaway(
        id=model.TakeawayId(entry.name("id")),
        title=entry.text("title"),
        text=entry.text("text"),
        section=entry.text("section", ""),
        facts=entry.texts("facts"),
        source=entry.text("source"),
        as_of=entry.text("as_of"),
        page=entry.text("page", ""),
        note=model.Note(note.text("as_of"), note.text("text"), note.text("source")) if note else None,
    )


def _practice(entry: Table) -> model.Practice:
    entry.only("id", "question", "takeaways", "answers", "option")
    for question, answers in entry.mapping("answers"):
        if len(answers) != 1:
            entry.fault("answers", f"{question} has {len(answers)} answers", "one")
    return model.Practice(
        id=entry.name("id"),
        question=entry.text("question"),
        options=tuple(
            model.Option(
                option.only("id", "text", "right", "why").name("id"),
                option.text("text"),
                option.flag("right"),
                option.text("why"),
            )
            for option in entry.entries("option")
        ),
        takeaways=tuple(model.TakeawayId(takeaway) for takeaway in entry.texts("takeaways")),
        answers=tuple(
            (model.QuestionId(question), model.AnswerId(answers[0]))
            for question, answers in entry.mapping("answers")
            if answers
        ),
    )


def _shown(entry: Table) -> tuple[model.Condition, ...]:
    return tuple(_condition(pairs) for pairs in entry.mappings("shown"))


def _frame(entry: Table) -> model.GroupSpec:
    entry.only("id", "kind", "label", "parent", "shown")
    parent = entry.optional("parent")
    return model.GroupSpec(
        id=model.GroupId(entry.name("id")),
        kind=entry.text("kind", "generic"),
        label=entry.text("label"),
        parent=model.GroupId(parent) if parent else None,
        shown=_shown(entry),
    )


def _component(entry: Table) -> model.Component:
    entry.only(
        *("id", "icon", "label", "detail", "group", "slot", "at", "column", "row", "ghost", "shown"),
        "takeaways",
    )
    group, host = entry.optional("group"), entry.optional("at")
    return model.Component(
        id=model.NodeId(entry.name("id")),
        icon=_icon(entry),
        label=entry.text("label"),
        detail=entry.text("detail", ""),
        group=model.GroupId(group) if group else None,
        slot=entry.text("slot", entry.text("id", "?")),
        at=model.NodeId(host) if host else None,
        column=entry.number("column"),
        row=entry.number("row"),
        ghost=entry.flag("ghost"),
        shown=_shown(entry),
        takeaways=tuple(model.TakeawayId(takeaway) for takeaway in entry.texts("takeaways")),
    )


def _icon(entry: Table) -> str:
    """The name of an icon; one that nobody drew would stand in the picture as a question mark."""
    name, known = entry.text("icon", "unknown"), glyph_names()
    # Where the glyph of a name that Berth knows is missing, it is Berth that is damaged, and not the pack.
    if name not in known and name not in icon_names(resource("icons.toml")):
        hint = did_you_mean(name, known)
        entry.fault("icon", f"there is no icon “{name}”", hint if hint.startswith("did") else _SOME_ICON)
    return name


def _edge(entry: Table) -> model.EdgeSpec:
    entry.only("from", "to", "label", "control", "step", "shown", "takeaways")
    return model.EdgeSpec(
        source=model.NodeId(entry.name("from")),
        target=model.NodeId(entry.name("to")),
        label=entry.text("label", ""),
        control=entry.flag("control"),
        step=entry.flag("step"),
        shown=_shown(entry),
        takeaways=tuple(model.TakeawayId(takeaway) for takeaway in entry.texts("takeaways")),
    )
