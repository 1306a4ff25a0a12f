"""A pack's folder of TOML files, read into a `Pack`, or every fault with its file and line."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from explorer.core import pack as model
from explorer.core.check import Flaw, flaws
from explorer.core.problems import PackError, Problem, did_you_mean
from explorer.storage.reader import Source, Table

FILES = ("pack.toml", "questions.toml", "rules.toml", "components.toml", "takeaways.toml", "practice.toml")
MAX_BYTES = 4_000_000
"""A pack file larger than this is refused unread: no hand-written one comes near."""

_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")


def load_pack(folder: Path) -> model.Pack:
    """The pack in a folder; PackError with every fault when it cannot be used."""
    if not folder.is_dir():
        raise PackError([Problem(str(folder), 0, "there is no such folder", "a folder with pack.toml in it")])
    problems: list[Problem] = []
    tables = {name: _parsed(folder / name, problems) for name in FILES}
    read = [table for table in tables.values() if table is not None]
    sources = {table.source.name: table.source for table in read}
    if problems or len(read) < len(FILES):
        raise PackError(problems)
    pack = _pack(*read)
    problems = [problem for source in sources.values() for problem in source.problems]
    if not problems:
        problems = [_located(flaw, tables) for flaw in flaws(pack)]
    if problems:
        raise PackError(problems)
    return pack


def _parsed(path: Path, problems: list[Problem]) -> Table | None:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _Unreadable(0, "the file is too large", f"at most {MAX_BYTES:,} bytes")
        text = _decoded(path.read_bytes())
        values = tomllib.loads(text)
    except FileNotFoundError:
        problems.append(Problem(str(path), 0, "the file is missing", "one of " + ", ".join(FILES)))
    except OSError as error:
        problems.append(Problem(str(path), 0, f"cannot be read ({error.strerror})"))
    except _Unreadable as error:
        problems.append(Problem(str(path), error.line, error.what, error.expected))
    except tomllib.TOMLDecodeError as error:
        line = _AT_LINE.search(str(error))
        last = text.count("\n") + 1
        what = _AT_LINE.sub("", str(error)).replace("(at end of document)", "").strip()
        problems.append(Problem(str(path), int(line[1]) if line else last, what, "TOML"))
    except RecursionError:
        problems.append(Problem(str(path), 0, "lists or tables are nested too deeply", "a few levels"))
    else:
        return Table(Source(str(path), text), (), values)
    return None


class _Unreadable(Exception):
    def __init__(self, line: int, what: str, expected: str) -> None:
        super().__init__(what)
        self.line, self.what, self.expected = line, what, expected


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise _Unreadable(line, f"byte 0x{raw[error.start]:02x} is not text", "UTF-8") from error


def _located(flaw: Flaw, tables: dict[str, Table | None]) -> Problem:
    table = tables[flaw.file]
    assert table is not None
    return Problem(table.source.name, table.source.line(flaw.path), flaw.what, flaw.expected)


def _pack(about: Table, asked: Table, ruled: Table, drawn: Table, taught: Table, practised: Table) -> model.Pack:
    about.only("pack", "choice")
    head = about.table("pack") or Table(about.source, ("pack",), {})
    if not about.values.get("pack"):
        about.source.fault((), "the table [pack] is missing", "[pack] with id, title, version and as_of")
    head.only("id", "title", "version", "as_of", "summary", "credit")
    asked.only("group", "question")
    ruled.only("rule", "trap")
    drawn.only("group", "component", "edge")
    taught.only("takeaway")
    practised.only("practice")
    choices = tuple(_choice(entry) for entry in about.entries("choice"))
    domains = {part.id: frozenset(part.domain) for choice in choices for part in choice.parts}
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
    entry.only("id", "group", "title", "text", "why", "answer")
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
    )


def _choice(entry: Table) -> model.Choice:
    entry.only("id", "label", "many", "bar", "value", "part")
    choice = model.ChoiceId(entry.name("id"))
    label = entry.text("label")
    values = tuple(
        model.Value(
            model.ValueId(value.only("id", "label", "summary").name("id")),
            value.text("label"),
            value.text("summary", ""),
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
        entry.fault("id", f"rule “{entry.text('id', '?')}” has {' and '.join(kinds) or 'no effect'}",
                    "only/never, or prefer, or default")
    then: list[tuple[model.PartId, frozenset[model.ValueId]]] = []
    for key in kinds:
        for part, values in _condition(entry.mapping(key)):
            if key == "never" and part not in domains:
                entry.fault(key, f"unknown part “{part}”", did_you_mean(part, domains))
            elif key == "never" and not values <= domains[part]:
                entry.fault(key, f"{part} never takes {', '.join(sorted(values - domains[part]))}",
                            did_you_mean(min(values - domains[part]), domains[part]))
            else:
                then.append((part, domains[part] - values if key == "never" else values))
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
    entry.only("id", "icon", "label", "detail", "group", "slot", "at", "column", "row", "ghost", "shown", "takeaways")
    group, host = entry.optional("group"), entry.optional("at")
    return model.Component(
        id=model.NodeId(entry.name("id")),
        icon=entry.text("icon", "unknown"),
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
