"""Packs that are hard for the decision engine: many combinations, or rules that relate everything to everything."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from benchmarks.generated_input import generate_pack
from explorer.core.model.pack import (
    Answer,
    AnswerCondition,
    AnswerId,
    Choice,
    ChoiceId,
    Pack,
    Part,
    PartId,
    Question,
    QuestionId,
    Rule,
    RuleId,
    Strength,
    Value,
    ValueCondition,
    ValueId,
)


def hard_packs() -> Iterator[Pack]:
    """The packs, from one that a search through combinations cannot solve to one beyond every budget."""
    yield preferences_everywhere(questions=10, answers=4, parts=4, values=8)
    yield one_large_subproblem()
    yield preferences_everywhere(questions=60, answers=2, parts=12, values=3, related=2)
    yield preferences_everywhere(questions=60, answers=2, parts=4, values=8)
    yield hub_and_spokes(questions=21, parts=20)
    yield hub_and_spokes(questions=30, parts=25)


def preferences_everywhere(questions: int, answers: int, parts: int, values: int, related: int = 0) -> Pack:
    """One must rule, and for every answer a preference on a random part that depends on another part.

    With `related`, each part only depends on as many parts before it.
    """
    rng = random.Random(questions)
    asked = [_question(number, answers) for number in range(questions)]
    choices = [_choice(number, values) for number in range(parts)]
    rules = [_rule("must-0", Strength.MUST, (), _some(choices[0], [0]), _some(choices[1], range(1, values)))]
    for question in asked:
        for answer in question.answers:
            number = rng.randrange(1, parts)
            near = range(max(0, number - related), number) if related else [n for n in range(parts) if n != number]
            given = _some(choices[rng.choice(list(near))], rng.sample(range(values), values // 2))
            wanted = _some(choices[number], rng.sample(range(values), rng.randint(1, values // 2)))
            when = ((question.id, frozenset({answer.id})),)
            rules.append(_rule(f"{question.id}-{answer.id}", Strength.PREFER, when, given, wanted))
    name = f"{questions} questions × {answers}, {parts} parts × {values}"
    return _pack(name, asked, choices, rules)


def one_large_subproblem() -> Pack:
    """Five parts of seven values tied together by one rule: 16,807 combinations in one subproblem."""
    asked = [_question(number, 7) for number in range(5)]
    choices = [_choice(number, 7) for number in range(5)]
    given = tuple(pair for choice in choices[:4] for pair in _some(choice, [0]))
    rules = [_rule("tie", Strength.MUST, (), given, _some(choices[4], range(1, 7)))]
    for question, choice in zip(asked, choices, strict=True):
        for number, answer in enumerate(question.answers):
            when = ((question.id, frozenset({answer.id})),)
            rules.append(_rule(f"{question.id}-{answer.id}", Strength.MUST, when, (), _some(choice, [number])))
    return _pack("one large subproblem", asked, choices, rules)


def hub_and_spokes(questions: int, parts: int) -> Pack:
    """A few parts that depend on each other and others that depend on them, as in the shipped packs."""
    rng = random.Random(questions)
    hub = 5
    asked = [_question(number, rng.choice((2, 2, 3, 3, 4))) for number in range(questions)]
    choices = [_choice(number, rng.choice((2, 3, 3, 4))) for number in range(parts)]
    near = [
        [n for n in range(hub) if n != number] if number < hub else rng.sample(range(hub), 2) for number in range(parts)
    ]
    rules: list[Rule] = []

    def some(number: int, least: Sequence[int] = ()) -> ValueCondition:
        values = range(len(choices[number].values))
        return _some(choices[number], {*least, *rng.sample(values, rng.randint(1, len(values) - 1))})

    for number in range(parts):
        for _ in range(rng.choice((1, 2))):
            given = some(rng.choice(near[number]))
            rules.append(_rule(f"always-{len(rules)}", Strength.MUST, (), given, some(number, [0])))
    for place, question in enumerate(asked):
        number = place % parts
        for answer in question.answers:
            when = ((question.id, frozenset({answer.id})),)
            if rng.random() < 0.7:
                rules.append(_rule(f"must-{len(rules)}", Strength.MUST, when, (), some(number)))
            given = some(rng.choice(near[number])) if rng.random() < 0.6 else ()
            rules.append(_rule(f"prefer-{len(rules)}", Strength.PREFER, when, given, some(number)))
    for number in range(parts):
        for value in range(len(choices[number].values)):
            wanted = _some(choices[number], [value])
            rules.append(_rule(f"default-{len(rules)}", Strength.DEFAULT, (), (), wanted))
    return _pack(f"hub, {questions} × {parts}", asked, choices, rules)


def _pack(name: str, questions: Sequence[Question], choices: Sequence[Choice], rules: Sequence[Rule]) -> Pack:
    return replace(
        generate_pack(1), id=name, title=name, questions=tuple(questions), choices=tuple(choices), rules=tuple(rules)
    )


def _question(number: int, answers: int) -> Question:
    options = tuple(Answer(AnswerId(f"a{index}"), f"Answer {index}", "") for index in range(answers))
    return Question(QuestionId(f"q{number}"), "all", f"Question {number}", "", "", options)


def _choice(number: int, values: int) -> Choice:
    options = tuple(Value(ValueId(f"v{index}"), f"Value {index}", "") for index in range(values))
    choice = ChoiceId(f"c{number}")
    part = Part(PartId(f"p{number}"), choice, f"Part {number}", tuple(value.id for value in options))
    return Choice(choice, f"Choice {number}", multi_valued=False, in_outcome_bar=True, values=options, parts=(part,))


def _some(choice: Choice, values: Iterable[int]) -> ValueCondition:
    wanted = frozenset(ValueId(f"v{value}") for value in values)
    return ((choice.parts[0].id, wanted),)


def _rule(name: str, strength: Strength, when: AnswerCondition, given: ValueCondition, then: ValueCondition) -> Rule:
    return Rule(RuleId(name), strength, when, given, then, f"Because of {name}.", ())
