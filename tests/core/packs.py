"""Test packs: a notation with one line for each element, random packs, and a brute-force solver.

    size ? small | large            a question and its answers
    engine = steam | diesel         a part (also its choice) and its values
    [bell] = brass                  an optional part
    must m: size=small, engine=steam => bell=brass
    prefer p: size=large => engine=diesel
    default d: => engine=steam

A condition before `=>` is a `when` if it names a question, and a `given` if it names a part.
After `=>`, `part!=value` excludes a value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import product
from typing import Any, TypeVar

from hypothesis import assume
from hypothesis import strategies as st

from explorer.core.model.pack import (
    Answer,
    AnswerId,
    Answers,
    Choice,
    ChoiceId,
    Component,
    EdgeSpec,
    GroupId,
    GroupSpec,
    NodeId,
    Pack,
    Part,
    PartId,
    Question,
    QuestionId,
    Rule,
    RuleId,
    Strength,
    Takeaway,
    TakeawayId,
    Value,
    ValueCondition,
    ValueId,
)
from explorer.core.solver.constraints import CompiledPack, SolutionSet, compile_pack, solve

Combination = Mapping[PartId, ValueId]
T = TypeVar("T")
TOY_TAKEAWAY = TakeawayId("word")


def toy_pack(sketch: str, **fields: Any) -> Pack:
    """Return the pack of a sketch. `fields` replace fields of the pack."""
    questions, choices, rules = [], [], []
    for line in filter(None, map(str.strip, sketch.splitlines())):
        if "=>" in line:
            rules.append(line)
        elif "?" in line:
            name, answers = _split(line, "?")
            questions.append(make_question(name, *answers))
        else:
            name, values = _split(line, "=")
            choices.append(_choice(name, values))
    pack = Pack(
        id="toy",
        title="Toy",
        version="1",
        as_of="2026-11-23",
        summary="",
        credit="",
        question_groups=(("all", "All"),),
        questions=tuple(questions),
        choices=tuple(choices),
        rules=(),
        traps=(),
        takeaways=(Takeaway(TOY_TAKEAWAY, "Word", "A word.", "", (), "https://example.org", "2026-11-23"),),
        practice=(),
        diagram_groups=(),
        components=(),
        edges=(),
    )
    pack = replace(pack, rules=tuple(_rule(pack, line) for line in rules))
    return replace(pack, **fields)


def compile_toy(sketch: str, **fields: Any) -> CompiledPack:
    """Return the compiled pack of a sketch."""
    return compile_pack(toy_pack(sketch, **fields))


def make_answers(**answers: str) -> Answers:
    """Return an answer set from ids."""
    return {QuestionId(question): AnswerId(answer) for question, answer in answers.items()}


def make_question(name: str, *answers: str) -> Question:
    """Return a question whose labels are its ids."""
    options = tuple(Answer(AnswerId(answer), answer, "") for answer in answers)
    return Question(QuestionId(name), "all", name, f"{name}?", "It affects the outcome.", options)


def make_component(
    name: str,
    *shown: str,
    group: str | None = None,
    at: str | None = None,
    slot: str = "",
    ghost: bool = False,
    detail: str = "",
) -> Component:
    """Return a component that is shown if any condition holds, such as `engine=steam|diesel, bell=brass`."""
    return Component(
        id=NodeId(name),
        icon="box",
        label=name,
        detail=detail,
        group=GroupId(group) if group else None,
        slot=slot or name,
        attached_to=NodeId(at) if at else None,
        column=None,
        row=None,
        can_be_ghost=ghost,
        shown_when=tuple(parse_condition(text) for text in shown),
        takeaways=(TOY_TAKEAWAY,),
    )


def make_edge(source: str, target: str, *shown: str, step: bool = False, label: str = "") -> EdgeSpec:
    """Return an edge between two components."""
    conditions = tuple(parse_condition(text) for text in shown)
    return EdgeSpec(NodeId(source), NodeId(target), label, False, step, conditions, (TOY_TAKEAWAY,))


def make_group(name: str, *shown: str, parent: str | None = None) -> GroupSpec:
    """Return a group."""
    conditions = tuple(parse_condition(text) for text in shown)
    return GroupSpec(GroupId(name), "generic", name, GroupId(parent) if parent else None, conditions)


def parse_condition(text: str) -> ValueCondition:
    """Return the condition that parts have one of these values."""
    return tuple((PartId(name), frozenset(map(ValueId, values))) for name, values in _pairs(text))


def _split(text: str, mark: str) -> tuple[str, list[str]]:
    name, _, rest = text.partition(mark)
    return name.strip(), [word.strip() for word in rest.split("|")]


def _pairs(text: str) -> list[tuple[str, list[str]]]:
    return [_split(piece, "=") for piece in text.split(",") if piece.strip()]


def _choice(name: str, values: list[str]) -> Choice:
    optional, name = name.startswith("["), name.strip("[]")
    ids = tuple(map(ValueId, values))
    part = Part(PartId(name), ChoiceId(name), name, ids, optional)
    return Choice(ChoiceId(name), name, False, True, tuple(Value(v, v, "") for v in ids), (part,))


def _rule(pack: Pack, text: str) -> Rule:
    head, _, effect = text.partition("=>")
    strength, _, rest = head.strip().partition(" ")
    name, _, conditions = rest.partition(":")
    asked = [pair for pair in _pairs(conditions) if pair[0] in pack.question_by_id]
    when = tuple((QuestionId(q), frozenset(map(AnswerId, answers))) for q, answers in asked)
    then: list[tuple[PartId, frozenset[ValueId]]] = []
    excludes = set()
    for part, words in _pairs(effect):
        values = frozenset(map(ValueId, words))
        if part.endswith("!"):
            excludes.add(PartId(part[:-1]))
            values = frozenset(pack.part_by_id[PartId(part[:-1])].possible_values) - values
        then.append((PartId(part.strip("!")), values))
    return Rule(
        RuleId(name.strip()),
        Strength(strength),
        when,
        tuple((part, values) for part, values in parse_condition(conditions) if part in pack.part_by_id),
        tuple(then),
        f"Because of {name.strip()}.",
        (TOY_TAKEAWAY,),
        frozenset(excludes),
    )


# ---------------------------------------------------------------- random packs


@st.composite
def packs(draw: st.DrawFn) -> Pack:
    """Small random packs in which at least one combination of values is allowed."""
    questions = [
        make_question(f"q{i}", *(f"a{j}" for j in range(draw(st.integers(2, 3)))))
        for i in range(draw(st.integers(2, 4)))
    ]
    choices = [
        _choice(f"[p{i}]" if draw(st.booleans()) else f"p{i}", [f"v{j}" for j in range(draw(st.integers(2, 3)))])
        for i in range(draw(st.integers(2, 5)))
    ]
    parts = [choice.parts[0] for choice in choices]
    rules = [draw(_rules(number, questions, parts)) for number in range(draw(st.integers(2, 9)))]
    pack = replace(toy_pack(""), questions=tuple(questions), choices=tuple(choices), rules=tuple(rules))
    compiled = compile_pack(pack)
    assume(all(solve(compiled, subproblem, {}).must for subproblem in compiled.subproblems))
    return pack


@st.composite
def _rules(draw: st.DrawFn, number: int, questions: list[Question], parts: list[Part]) -> Rule:
    strength = draw(st.sampled_from([Strength.MUST, Strength.MUST, Strength.PREFER, Strength.DEFAULT]))
    fewest = 0 if strength is Strength.DEFAULT or draw(st.integers(0, 3)) == 0 else 1
    asked = draw(st.lists(st.sampled_from(questions), min_size=fewest, max_size=2, unique=True))
    target = draw(st.sampled_from(parts))
    conditional = draw(st.lists(st.sampled_from(parts), max_size=2, unique=True))
    when = tuple((q.id, draw(_some([a.id for a in q.answers]))) for q in asked)
    terms = tuple((part.id, draw(_some(part.possible_values))) for part in conditional if part != target)
    excludes = frozenset({target.id}) if strength is Strength.MUST and draw(st.booleans()) else frozenset()
    then = ((target.id, draw(_some(target.possible_values))),)
    return Rule(RuleId(f"r{number}"), strength, when, terms, then, f"Because of r{number}.", (TOY_TAKEAWAY,), excludes)


def _some(values: Iterable[T]) -> st.SearchStrategy[frozenset[T]]:
    """Some of the values: at least one, but not all."""
    pool = sorted(values, key=str)
    return st.frozensets(st.sampled_from(pool), min_size=1, max_size=len(pool) - 1)


@st.composite
def packs_with_answers(draw: st.DrawFn) -> tuple[Pack, Answers]:
    """A random pack and an answer set."""
    pack = draw(packs())
    return pack, draw(answer_sets(pack))


def answer_sets(pack: Pack) -> st.SearchStrategy[dict[QuestionId, AnswerId]]:
    """Answer sets of a pack, with open questions."""
    return st.fixed_dictionaries(
        {}, optional={q.id: st.sampled_from([a.id for a in q.answers]) for q in pack.questions}
    )


# ---------------------------------------------------------------- brute-force solver


def all_answer_sets(pack: Pack, *, partial: bool = True) -> Iterator[dict[QuestionId, AnswerId]]:
    """Yield all answer sets, with `partial` also those with open questions."""
    options = [[*([None] if partial else []), *(a.id for a in q.answers)] for q in pack.questions]
    for selected in product(*options):
        yield {q.id: a for q, a in zip(pack.questions, selected, strict=True) if a is not None}


def legal_combinations(pack: Pack, rules: Iterable[Rule]) -> list[Combination]:
    """Return all combinations of values that satisfy the rules."""
    rules = list(rules)
    parts = list(pack.parts())
    combinations = (
        dict(zip((p.id for p in parts), values, strict=True)) for values in product(*(p.possible_values for p in parts))
    )
    return [values for values in combinations if all(_permits(rule, values) for rule in rules)]


def _permits(rule: Rule, values: Combination) -> bool:
    applies = all(values[part] in allowed for part, allowed in rule.given)
    return not applies or all(values[part] in allowed for part, allowed in rule.then)


def active_must_rules(pack: Pack, answers: Answers) -> list[Rule]:
    """Return the must rules that the answers activate."""
    return [rule for rule in pack.rules if rule.strength is Strength.MUST and rule.is_active(answers)]


def brute_force_values(pack: Pack, answers: Answers) -> dict[PartId, set[ValueId]] | None:
    """Return the remaining values of each part, from all combinations; None if none is allowed."""
    combinations = legal_combinations(pack, active_must_rules(pack, answers))
    for strength in (Strength.PREFER, Strength.DEFAULT):
        for rule in pack.rules:
            if rule.strength is strength and rule.is_active(answers):
                for part, allowed in rule.then:
                    combinations = _apply_soft_rule(rule, part, allowed, combinations)
    return {part.id: {values[part.id] for values in combinations} for part in pack.parts()} if combinations else None


def _apply_soft_rule(
    rule: Rule, part: PartId, allowed: frozenset[ValueId], combinations: list[Combination]
) -> list[Combination]:
    affected = [values for values in combinations if all(values[p] in given for p, given in rule.given)]
    if not any(values[part] in allowed for values in affected):
        return combinations
    return [values for values in combinations if values not in affected or values[part] in allowed]


def combinations_in(solutions: SolutionSet) -> Iterator[Combination]:
    """Every combination of values in a set of solutions."""
    table, level_of = solutions.solver.table, solutions.solver.level_of
    parts = sorted(solutions.subproblem.parts, key=lambda part: level_of[part.id])

    def extend(number: int, node: int, values: dict[PartId, ValueId]) -> Iterator[Combination]:
        if not node:
            return
        if number == len(parts):
            yield {part.id: values[part.id] for part in solutions.subproblem.parts}
            return
        part = parts[number]
        tested = table.levels[node] == level_of[part.id]
        for index, value in enumerate(part.possible_values):
            below = table.children[node][index] if tested else node
            yield from extend(number + 1, below, {**values, part.id: value})

    return extend(0, solutions.node, {})
