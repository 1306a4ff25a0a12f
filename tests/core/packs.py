"""Small packs in a notation of a line for each thing, random ones, and deciding by trying everything.

    size ? small | large            a question and its answers
    engine = steam | diesel         a part (a choice of its own) and its values
    [bell] = brass                  a part that may be absent
    must m: size=small, engine=steam => bell=brass
    prefer p: size=large => engine=diesel
    default d: => engine=steam

What stands before `=>` is a `when` where it names a question, and a `given` where it
names a part. After it, `part!=value` says what a part does not come to.
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
from explorer.core.solver.constraints import CompiledPack, compile_pack

Combination = Mapping[PartId, ValueId]
T = TypeVar("T")
TOY_TAKEAWAY = TakeawayId("word")


def toy_pack(sketch: str, **fields: Any) -> Pack:
    """A pack from its sketch; `fields` replace what the sketch cannot say."""
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
    """A pack from its sketch, ready for deciding."""
    return compile_pack(toy_pack(sketch, **fields))


def make_answers(**answers: str) -> Answers:
    """Answers by their names."""
    return {QuestionId(question): AnswerId(answer) for question, answer in answers.items()}


def make_question(name: str, *answers: str) -> Question:
    """A question called what it is."""
    options = tuple(Answer(AnswerId(answer), answer, "") for answer in answers)
    return Question(QuestionId(name), "all", name, f"{name}?", "It hangs on it.", options)


def make_component(
    name: str,
    *shown: str,
    group: str | None = None,
    at: str | None = None,
    slot: str = "",
    ghost: bool = False,
    detail: str = "",
) -> Component:
    """A component that appears under any of some conditions, such as `engine=steam|diesel, bell=brass`."""
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
    """A relation between two components."""
    conditions = tuple(parse_condition(text) for text in shown)
    return EdgeSpec(NodeId(source), NodeId(target), label, False, step, conditions, (TOY_TAKEAWAY,))


def make_group(name: str, *shown: str, parent: str | None = None) -> GroupSpec:
    """A frame around components."""
    conditions = tuple(parse_condition(text) for text in shown)
    return GroupSpec(GroupId(name), "generic", name, GroupId(parent) if parent else None, conditions)


def parse_condition(text: str) -> ValueCondition:
    """Values that parts must have."""
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
    """Small packs of any shape in which at least one combination of values is legal."""
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
    assume(all(island.rows for island in compile_pack(pack).subproblems))
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
    """Some of the values, but neither none nor all."""
    pool = sorted(values, key=str)
    return st.frozensets(st.sampled_from(pool), min_size=1, max_size=len(pool) - 1)


@st.composite
def packs_with_answers(draw: st.DrawFn) -> tuple[Pack, Answers]:
    """A random pack and answers to some of its questions."""
    pack = draw(packs())
    return pack, draw(answer_sets(pack))


def answer_sets(pack: Pack) -> st.SearchStrategy[dict[QuestionId, AnswerId]]:
    """Answers to some questions of a pack."""
    return st.fixed_dictionaries(
        {}, optional={q.id: st.sampled_from([a.id for a in q.answers]) for q in pack.questions}
    )


# ---------------------------------------------------------------- trying everything


def all_answer_sets(pack: Pack, *, partial: bool = True) -> Iterator[dict[QuestionId, AnswerId]]:
    """Every combination of answers, those with open questions included where `partial`."""
    options = [[*([None] if partial else []), *(a.id for a in q.answers)] for q in pack.questions]
    for picked in product(*options):
        yield {q.id: a for q, a in zip(pack.questions, picked, strict=True) if a is not None}


def legal_combinations(pack: Pack, rules: Iterable[Rule]) -> list[Combination]:
    """Every combination of values that some rules permit, found by trying all."""
    rules = list(rules)
    parts = list(pack.parts())
    tried = (
        dict(zip((p.id for p in parts), values, strict=True)) for values in product(*(p.possible_values for p in parts))
    )
    return [values for values in tried if all(_permits(rule, values) for rule in rules)]


def _permits(rule: Rule, values: Combination) -> bool:
    applies = all(values[part] in wanted for part, wanted in rule.given)
    return not applies or all(values[part] in wanted for part, wanted in rule.then)


def active_must_rules(pack: Pack, answers: Answers) -> list[Rule]:
    """The must rules in force."""
    return [rule for rule in pack.rules if rule.strength is Strength.MUST and rule.is_active(answers)]


def brute_force_values(pack: Pack, answers: Answers) -> dict[PartId, set[ValueId]] | None:
    """What each part comes to, by trying all combinations; None where none is legal."""
    left = legal_combinations(pack, active_must_rules(pack, answers))
    for strength in (Strength.PREFER, Strength.DEFAULT):
        for rule in pack.rules:
            if rule.strength is strength and rule.is_active(answers):
                for part, wanted in rule.then:
                    left = _followed(rule, part, wanted, left)
    return {part.id: {values[part.id] for values in left} for part in pack.parts()} if left else None


def _followed(rule: Rule, part: PartId, wanted: frozenset[ValueId], left: list[Combination]) -> list[Combination]:
    reached = [values for values in left if all(values[p] in w for p, w in rule.given)]
    if not any(values[part] in wanted for values in reached):
        return left
    return [values for values in left if values not in reached or values[part] in wanted]
