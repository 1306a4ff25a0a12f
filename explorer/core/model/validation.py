"""Static pack validation: unknown references, duplicate ids, cycles and missing parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from explorer.core.errors import did_you_mean
from explorer.core.model.pack import ABSENT, AnswerCondition, Pack, Strength, ValueCondition

KeyPath = tuple[str | int, ...]
"""The position of a table or key in a TOML file, such as `("rule", 3, "when")`."""


@dataclass(frozen=True)
class PackIssue:
    """An error in a pack: the file, the table or key, what is wrong, and what was expected."""

    file: str
    path: KeyPath
    message: str
    expected: str = ""


def validate(pack: Pack) -> tuple[PackIssue, ...]:
    """Return all errors of a pack that the parser does not detect."""
    return tuple(issue for check in _CHECKS for issue in check(pack))


@dataclass(frozen=True)
class _KnownIds:
    """The ids that references can name."""

    questions: Mapping[str, frozenset[str]]
    parts: Mapping[str, frozenset[str]]
    takeaways: frozenset[str]
    rules: frozenset[str]
    groups: frozenset[str]
    components: frozenset[str]

    @classmethod
    def of(cls, pack: Pack) -> _KnownIds:
        return cls(
            {q.id: frozenset(a.id for a in q.answers) for q in pack.questions},
            {p.id: frozenset(p.possible_values) for p in pack.parts()},
            frozenset(t.id for t in pack.takeaways),
            frozenset(r.id for r in pack.rules),
            frozenset(g.id for g in pack.diagram_groups),
            frozenset(c.id for c in pack.components),
        )


def _unknown_reference(file: str, path: KeyPath, kind: str, word: str, known: Iterable[str]) -> PackIssue:
    return PackIssue(file, path, f"unknown {kind} “{word}”", did_you_mean(word, known))


def _check_references(
    file: str, path: KeyPath, kind: str, words: Iterable[str], known: Iterable[str]
) -> Iterator[PackIssue]:
    known = frozenset(known)
    for word in words:
        if word not in known:
            yield _unknown_reference(file, path, kind, word, known)


def _check_answer_condition(file: str, path: KeyPath, when: AnswerCondition, known: _KnownIds) -> Iterator[PackIssue]:
    for question, answers in when:
        if question not in known.questions:
            yield _unknown_reference(file, path, "question", question, known.questions)
        else:
            yield from _check_references(
                file, path, f"answer to {question}", sorted(answers), known.questions[question]
            )


def _check_value_condition(
    file: str, path: KeyPath, condition: ValueCondition, known: _KnownIds
) -> Iterator[PackIssue]:
    for part, values in condition:
        if part not in known.parts:
            yield _unknown_reference(file, path, "part", part, known.parts)
        else:
            yield from _check_references(file, path, f"value of {part}", sorted(values), known.parts[part])
            if not values:
                yield PackIssue(file, path, f"no value of {part} is allowed", "at least one value")


def _duplicate_ids(pack: Pack) -> Iterator[PackIssue]:
    tables: list[tuple[str, str, list[str]]] = [
        ("questions.toml", "group", [group for group, _ in pack.question_groups]),
        ("questions.toml", "question", [str(q.id) for q in pack.questions]),
        ("pack.toml", "choice", [str(c.id) for c in pack.choices]),
        ("rules.toml", "rule", [str(r.id) for r in pack.rules]),
        ("rules.toml", "trap", [t.id for t in pack.traps]),
        ("takeaways.toml", "takeaway", [str(t.id) for t in pack.takeaways]),
        ("practice.toml", "practice", [p.id for p in pack.practice]),
        ("components.toml", "group", [str(g.id) for g in pack.diagram_groups]),
        ("components.toml", "component", [str(c.id) for c in pack.components]),
    ]
    for file, table, ids in tables:
        seen: set[str] = set()
        for index, id_ in enumerate(ids):
            if id_ in seen:
                yield PackIssue(file, (table, index, "id"), f"duplicate {table} “{id_}”", "unique ids")
            seen.add(id_)
    parts = Counter(part.id for part in pack.parts())
    for index, choice in enumerate(pack.choices):
        for part in choice.parts:
            if parts[part.id] > 1:
                yield PackIssue("pack.toml", ("choice", index), f"duplicate part “{part.id}”", "unique ids")


def _question_issues(pack: Pack) -> Iterator[PackIssue]:
    groups = [group for group, _ in pack.question_groups]
    if not pack.questions:
        yield PackIssue("questions.toml", (), "the pack has no questions", "at least one [[question]]")
    for index, question in enumerate(pack.questions):
        path: KeyPath = ("question", index)
        yield from _check_references("questions.toml", (*path, "group"), "group", [question.group], groups)
        ids = [answer.id for answer in question.answers]
        if len(ids) < 2 or len(ids) > 9:
            count = f"{len(ids)} answer{'s' if len(ids) != 1 else ''}"
            yield PackIssue("questions.toml", path, f"question “{question.id}” has {count}", "2 to 9 answers")
        if len(set(ids)) < len(ids):
            yield PackIssue(
                "questions.toml", path, f"question “{question.id}” has two answers with the same id", "unique ids"
            )


def _choice_issues(pack: Pack) -> Iterator[PackIssue]:
    if not pack.choices:
        yield PackIssue("pack.toml", (), "the pack has no choices", "at least one [[choice]]")
    for index, choice in enumerate(pack.choices):
        path: KeyPath = ("choice", index)
        known = {value.id for value in choice.values}
        if len(known) < len(choice.values):
            yield PackIssue("pack.toml", path, f"choice “{choice.id}” has two values with the same id", "unique ids")
        if ABSENT in known:
            yield PackIssue(
                "pack.toml", path, f"choice “{choice.id}” has a value with the reserved id “{ABSENT}”", "another id"
            )
        for number, part in enumerate(choice.parts):
            values_path = (*path, "part", number, "values")
            yield from _check_references("pack.toml", values_path, f"value of {choice.id}", part.values, known)
            if not part.values:
                yield PackIssue("pack.toml", values_path, f"part “{part.id}” has no values", "at least one value")
        for value in known - {value for part in choice.parts for value in part.values}:
            yield PackIssue("pack.toml", path, f"no part of {choice.id} has the value “{value}”", "a part that has it")


# The key under which rules.toml holds the `then` of a rule.
_THEN_KEY = {Strength.MUST: "only", Strength.PREFER: "prefer", Strength.DEFAULT: "default"}


def _rule_issues(pack: Pack) -> Iterator[PackIssue]:
    known = _KnownIds.of(pack)
    for index, rule in enumerate(pack.rules):
        path: KeyPath = ("rule", index)
        file = "rules.toml"
        yield from _check_answer_condition(file, (*path, "when"), rule.when, known)
        yield from _check_value_condition(file, (*path, "given"), rule.given, known)
        yield from _check_value_condition(file, (*path, _THEN_KEY[rule.strength]), rule.then, known)
        yield from _check_references(file, (*path, "takeaways"), "takeaway", rule.takeaways, known.takeaways)
        if not rule.takeaways:
            yield PackIssue(file, path, f"rule “{rule.id}” has no takeaways", "at least one takeaway")


def _trap_issues(pack: Pack) -> Iterator[PackIssue]:
    known = _KnownIds.of(pack)
    for index, trap in enumerate(pack.traps):
        path: KeyPath = ("trap", index)
        file = "rules.toml"
        yield from _check_answer_condition(file, (*path, "when"), trap.when, known)
        yield from _check_value_condition(file, (*path, "given"), trap.given, known)
        yield from _check_references(file, (*path, "takeaways"), "takeaway", trap.takeaways, known.takeaways)
        rules = [*trap.overruled_by, *([trap.overruled_rule] if trap.overruled_rule else [])]
        yield from _check_references(file, (*path, "overruled"), "rule", rules, known.rules)
        if trap.overruled_rule is None and not trap.when and not trap.given:
            yield PackIssue(file, path, f"trap “{trap.id}” is never shown", "overruled, when or given")


def _diagram_issues(pack: Pack) -> Iterator[PackIssue]:
    known = _KnownIds.of(pack)
    file = "components.toml"
    for index, group in enumerate(pack.diagram_groups):
        path: KeyPath = ("group", index)
        for condition in group.shown_when:
            yield from _check_value_condition(file, (*path, "shown"), condition, known)
        if group.parent is not None:
            yield from _check_references(file, (*path, "parent"), "group", [group.parent], known.groups)
    for index, component in enumerate(pack.components):
        path = ("component", index)
        if not component.shown_when:
            yield PackIssue(file, path, f"component “{component.id}” is never shown", "shown = { part = value }")
        for condition in component.shown_when:
            yield from _check_value_condition(file, (*path, "shown"), condition, known)
        if component.group is not None:
            yield from _check_references(file, (*path, "group"), "group", [component.group], known.groups)
        if component.attached_to is not None:
            yield from _check_references(file, (*path, "at"), "component", [component.attached_to], known.components)
        yield from _check_references(file, (*path, "takeaways"), "takeaway", component.takeaways, known.takeaways)
        yield from _check_placeholders(pack, (*path, "detail"), component.detail)
        yield from _check_placeholders(pack, (*path, "label"), component.label)
    for index, edge in enumerate(pack.edges):
        path = ("edge", index)
        yield from _check_references(file, path, "component", [edge.source, edge.target], known.components)
        for condition in edge.shown_when:
            yield from _check_value_condition(file, (*path, "shown"), condition, known)
        yield from _check_references(file, (*path, "takeaways"), "takeaway", edge.takeaways, known.takeaways)
        yield from _check_placeholders(pack, (*path, "label"), edge.label)


def _check_placeholders(pack: Pack, path: KeyPath, text: str) -> Iterator[PackIssue]:
    for piece in text.split("{")[1:]:
        name, closed, _ = piece.partition("}")
        if closed:
            yield from _check_references("components.toml", path, "part", [name], pack.part_by_id)


def _cycle_issues(pack: Pack) -> Iterator[PackIssue]:
    file = "components.toml"
    parents: dict[str, str | None] = {group.id: group.parent for group in pack.diagram_groups}
    for index, group in enumerate(pack.diagram_groups):
        if _is_in_cycle(group.id, parents):
            yield PackIssue(
                file, ("group", index, "parent"), f"group “{group.id}” contains itself", "a parent outside the group"
            )
    hosts: dict[str, str | None] = {component.id: component.attached_to for component in pack.components}
    for index, component in enumerate(pack.components):
        if _is_in_cycle(component.id, hosts):
            message = f"component “{component.id}” is attached to itself"
            yield PackIssue(file, ("component", index, "at"), message, "another component")


def _is_in_cycle(start: str, parents: Mapping[str, str | None]) -> bool:
    """Return whether the chain of parents leads back to the start."""
    # Each id has one parent, so no graph library is necessary, and its import would delay every start.
    visited = set()
    current = parents.get(start)
    while current is not None and current not in visited:
        if current == start:
            return True
        visited.add(current)
        current = parents.get(current)
    return False


def _takeaway_and_practice_issues(pack: Pack) -> Iterator[PackIssue]:
    known = _KnownIds.of(pack)
    for index, takeaway in enumerate(pack.takeaways):
        sources = [("source", takeaway.source), *([("note", takeaway.note.source)] if takeaway.note else [])]
        for key, source in sources:
            if not source.startswith("https://"):
                yield PackIssue(
                    "takeaways.toml",
                    ("takeaway", index, key),
                    f"the source is “{source}”",
                    "an https address",
                )
    for index, practice in enumerate(pack.practice):
        path: KeyPath = ("practice", index)
        file = "practice.toml"
        yield from _check_references(file, (*path, "takeaways"), "takeaway", practice.takeaways, known.takeaways)
        when = tuple((question, frozenset({answer})) for question, answer in practice.answers)
        yield from _check_answer_condition(file, (*path, "answers"), when, known)
        correct = sum(option.correct for option in practice.options)
        if correct != 1:
            message = f"practice question “{practice.id}” has {correct or 'no'} correct options"
            yield PackIssue(file, path, message, "exactly one correct option")


_CHECKS: tuple[Callable[[Pack], Iterator[PackIssue]], ...] = (
    _duplicate_ids,
    _question_issues,
    _choice_issues,
    _rule_issues,
    _trap_issues,
    _diagram_issues,
    _cycle_issues,
    _takeaway_and_practice_issues,
)
