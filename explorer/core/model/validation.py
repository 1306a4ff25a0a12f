"""Everything that can be wrong with a pack as it is written: references, doubles, circles, gaps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from explorer.core.errors import did_you_mean
from explorer.core.model.pack import ABSENT, AnswerCondition, Pack, Strength, ValueCondition

KeyPath = tuple[str | int, ...]


@dataclass(frozen=True)
class PackIssue:
    """One fault of a pack: in which of its files, at which table or key, what, and what was expected."""

    file: str
    path: KeyPath
    message: str
    expected: str = ""


def validate(pack: Pack) -> tuple[PackIssue, ...]:
    """Every fault of a pack that reading it showed no sign of."""
    return tuple(flaw for look in _CHECKS for flaw in look(pack))


@dataclass(frozen=True)
class _KnownIds:
    """The ids that references may name."""

    questions: Mapping[str, frozenset[str]]
    parts: Mapping[str, frozenset[str]]
    takeaways: frozenset[str]
    rules: frozenset[str]
    frames: frozenset[str]
    nodes: frozenset[str]

    @classmethod
    def of(cls, pack: Pack) -> _KnownIds:
        return cls(
            {q.id: frozenset(a.id for a in q.answers) for q in pack.questions},
            {p.id: frozenset(p.possible_values) for p in pack.parts()},
            frozenset(t.id for t in pack.takeaways),
            frozenset(r.id for r in pack.rules),
            frozenset(f.id for f in pack.diagram_groups),
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
                yield PackIssue(file, path, f"{part} may take no value at all", "at least one value")


def _duplicate_ids(pack: Pack) -> Iterator[PackIssue]:
    tables: list[tuple[str, str, list[str]]] = [
        ("questions.toml", "group", [group for group, _ in pack.question_groups]),
        ("questions.toml", "question", [str(q.id) for q in pack.questions]),
        ("pack.toml", "choice", [str(c.id) for c in pack.choices]),
        ("rules.toml", "rule", [str(r.id) for r in pack.rules]),
        ("rules.toml", "trap", [t.id for t in pack.traps]),
        ("takeaways.toml", "takeaway", [str(t.id) for t in pack.takeaways]),
        ("practice.toml", "practice", [p.id for p in pack.practice]),
        ("components.toml", "group", [str(f.id) for f in pack.diagram_groups]),
        ("components.toml", "component", [str(c.id) for c in pack.components]),
    ]
    for file, table, ids in tables:
        seen: set[str] = set()
        for index, name in enumerate(ids):
            if name in seen:
                yield PackIssue(file, (table, index, "id"), f"{table} “{name}” stands here twice", "ids that differ")
            seen.add(name)
    parts = Counter(part.id for part in pack.parts())
    for index, choice in enumerate(pack.choices):
        for part in choice.parts:
            if parts[part.id] > 1:
                yield PackIssue(
                    "pack.toml", ("choice", index), f"part “{part.id}” stands here twice", "ids that differ"
                )


def _question_issues(pack: Pack) -> Iterator[PackIssue]:
    groups = [group for group, _ in pack.question_groups]
    if not pack.questions:
        yield PackIssue("questions.toml", (), "no question is asked", "at least one [[question]]")
    for index, question in enumerate(pack.questions):
        path: KeyPath = ("question", index)
        yield from _check_references("questions.toml", (*path, "group"), "group", [question.group], groups)
        ids = [answer.id for answer in question.answers]
        if len(ids) < 2 or len(ids) > 9:
            yield PackIssue("questions.toml", path, f"{question.id} has {len(ids)} answers", "2 to 9 answers")
        if len(set(ids)) < len(ids):
            yield PackIssue("questions.toml", path, f"{question.id} has two answers of one id", "ids that differ")


def _choice_issues(pack: Pack) -> Iterator[PackIssue]:
    if not pack.choices:
        yield PackIssue("pack.toml", (), "nothing is decided", "at least one [[choice]]")
    for index, choice in enumerate(pack.choices):
        path: KeyPath = ("choice", index)
        known = {value.id for value in choice.values}
        if len(known) < len(choice.values):
            yield PackIssue("pack.toml", path, f"{choice.id} has two values of one id", "ids that differ")
        if ABSENT in known:
            yield PackIssue(
                "pack.toml", path, f"{choice.id} names a value “{ABSENT}”", "another id: that one is reserved"
            )
        for number, part in enumerate(choice.parts):
            where = (*path, "part", number, "values")
            yield from _check_references("pack.toml", where, f"value of {choice.id}", part.values, known)
            if not part.values:
                yield PackIssue("pack.toml", where, f"{part.id} has no value", "at least one")
        for value in known - {value for part in choice.parts for value in part.values}:
            yield PackIssue("pack.toml", path, f"no part of {choice.id} ever takes “{value}”", "a part that does")


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
            yield PackIssue(file, path, f"rule “{rule.id}” rests on nothing", "at least one takeaway")


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
            yield PackIssue(file, path, f"trap “{trap.id}” is never sprung", "overruled, when or given")


def _diagram_issues(pack: Pack) -> Iterator[PackIssue]:
    known = _KnownIds.of(pack)
    file = "components.toml"
    for index, frame in enumerate(pack.diagram_groups):
        path: KeyPath = ("group", index)
        for condition in frame.shown_when:
            yield from _check_value_condition(file, (*path, "shown"), condition, known)
        if frame.parent is not None:
            yield from _check_references(file, (*path, "parent"), "group", [frame.parent], known.frames)
    for index, component in enumerate(pack.components):
        path = ("component", index)
        if not component.shown_when:
            yield PackIssue(file, path, f"component “{component.id}” is never shown", "shown = { part = value }")
        for condition in component.shown_when:
            yield from _check_value_condition(file, (*path, "shown"), condition, known)
        if component.group is not None:
            yield from _check_references(file, (*path, "group"), "group", [component.group], known.frames)
        if component.attached_to is not None:
            yield from _check_references(file, (*path, "at"), "component", [component.attached_to], known.nodes)
        yield from _check_references(file, (*path, "takeaways"), "takeaway", component.takeaways, known.takeaways)
        yield from _check_placeholders(pack, (*path, "detail"), component.detail)
        yield from _check_placeholders(pack, (*path, "label"), component.label)
    for index, edge in enumerate(pack.edges):
        path = ("edge", index)
        yield from _check_references(file, path, "component", [edge.source, edge.target], known.nodes)
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
    parents = {frame.id: frame.parent for frame in pack.diagram_groups}
    hosts = {component.id: component.attached_to for component in pack.components}
    for index, frame in enumerate(pack.diagram_groups):
        if _is_in_cycle(str(frame.id), {str(k): str(v) if v else None for k, v in parents.items()}):
            yield PackIssue(
                "components.toml",
                ("group", index, "parent"),
                f"group “{frame.id}” lies within itself",
                "groups that nest",
            )
    for index, component in enumerate(pack.components):
        if _is_in_cycle(str(component.id), {str(k): str(v) if v else None for k, v in hosts.items()}):
            yield PackIssue(
                "components.toml",
                ("component", index, "at"),
                f"component “{component.id}” hangs at itself",
                "companions that hang at a component of their own",
            )


def _is_in_cycle(start: str, above: Mapping[str, str | None]) -> bool:
    seen = set()
    here = above.get(start)
    while here is not None and here not in seen:
        if here == start:
            return True
        seen.add(here)
        here = above.get(here)
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
        right = sum(option.correct for option in practice.options)
        if right != 1:
            yield PackIssue(file, path, f"{right} options of “{practice.id}” are right", "exactly one")


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
