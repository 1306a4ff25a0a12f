"""Packs and architectures of any size, made up by the same rule every time."""

from __future__ import annotations

import random
from itertools import pairwise

from explorer.core.model.architecture import Architecture, Edge, ElementState, Group, Node
from explorer.core.model.pack import (
    Answer,
    AnswerCondition,
    AnswerId,
    Choice,
    ChoiceId,
    GroupId,
    NodeId,
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

QUESTIONS_OF_AN_ISLAND, PARTS_OF_AN_ISLAND, VALUES, ANSWERS = 4, 3, 4, 3
ROWS_OF_ICONS, ICONS_OF_A_FRAME = 4, 8


def pack(questions: int) -> Pack:
    """A pack of so many questions: an island of three parts for every four of them, with ties across.

    Each answer asks for something (a third as a must), every island's parts are tied, every
    fifth island is tied to the next one, and every third asks about a question of another.
    """
    chance = random.Random(questions)
    asked = tuple(_question(number) for number in range(questions))
    islands = max(1, questions // QUESTIONS_OF_AN_ISLAND)
    choices = tuple(_choice(number) for number in range(islands * PARTS_OF_AN_ISLAND))
    rules: list[Rule] = []
    for island in range(islands):
        parts = [choice.parts[0] for choice in choices[island * PARTS_OF_AN_ISLAND :][:PARTS_OF_AN_ISLAND]]
        mine = asked[island * QUESTIONS_OF_AN_ISLAND :][:QUESTIONS_OF_AN_ISLAND]
        rules += _island(island, mine, parts, chance)
        if island % 5 == 0 and island + 1 < islands:
            other = choices[(island + 1) * PARTS_OF_AN_ISLAND].parts[0]
            rules.append(_rule(f"tie-{island}", Strength.MUST, (), _is(parts[0], 0), _is_not(other, 1)))
        if island % 3 == 0:
            far = asked[(island * 7 + 5) * 11 % questions]
            rules.append(_rule(f"far-{island}", Strength.PREFER, _said(far, 0), (), _is(parts[1], 2)))
    return Pack(
        id="generated",
        title="Generated",
        version="1",
        as_of="",
        summary="",
        credit="",
        question_groups=(("all", "All"),),
        questions=asked,
        choices=choices,
        rules=tuple(rules),
        traps=(),
        takeaways=(),
        practice=(),
        diagram_groups=(),
        components=(),
        edges=(),
    )


def _question(number: int) -> Question:
    answers = tuple(Answer(AnswerId(f"a{index}"), f"Answer {index}", "") for index in range(ANSWERS))
    return Question(QuestionId(f"q{number}"), "all", f"Question {number}", "", "", answers)


def _choice(number: int) -> Choice:
    values = tuple(Value(ValueId(f"v{index}"), f"Value {index}", "") for index in range(VALUES))
    choice = ChoiceId(f"c{number}")
    part = Part(PartId(f"p{number}"), choice, f"Part {number}", tuple(value.id for value in values))
    return Choice(choice, f"Choice {number}", multi_valued=False, in_outcome_bar=False, values=values, parts=(part,))


def _rule(name: str, strength: Strength, when: AnswerCondition, given: ValueCondition, then: ValueCondition) -> Rule:
    return Rule(RuleId(name), strength, when, given, then, f"Because of {name}.", ())


def _is(part: Part, *values: int) -> ValueCondition:
    return ((part.id, frozenset(ValueId(f"v{value}") for value in values)),)


def _is_not(part: Part, value: int) -> ValueCondition:
    return _is(part, *(other for other in range(VALUES) if other != value))


def _said(question: Question, answer: int) -> AnswerCondition:
    return ((question.id, frozenset({question.answers[answer].id})),)


def _island(island: int, asked: tuple[Question, ...], parts: list[Part], chance: random.Random) -> list[Rule]:
    rules = [_rule(f"usual-{part.id}", Strength.DEFAULT, (), (), _is(part, chance.randrange(VALUES))) for part in parts]
    for one, other in pairwise(parts):
        value = chance.randrange(VALUES)
        rules.append(_rule(f"tie-{one.id}", Strength.MUST, (), _is(one, value), _is_not(other, value)))
    for question in asked:
        for answer in range(ANSWERS):
            part, value = chance.choice(parts), chance.randrange(VALUES)
            name = f"{question.id}-{answer}-of-{island}"
            if answer == 0:
                rules.append(_rule(name, Strength.MUST, _said(question, answer), (), _is_not(part, value)))
            else:
                rules.append(_rule(name, Strength.PREFER, _said(question, answer), (), _is(part, value)))
    return rules


def architecture(nodes: int) -> Architecture:
    """An architecture of so many nodes: rows from left to right in frames, joined along and across."""
    chance = random.Random(nodes)
    columns = -(-nodes // ROWS_OF_ICONS)
    frames = -(-columns * ROWS_OF_ICONS // ICONS_OF_A_FRAME)
    outer = GroupId("outer")
    groups = [Group(outer, "cloud", "Everything", None, ())]
    groups += [Group(GroupId(f"g{number}"), "region", f"Frame {number}", outer, ()) for number in range(frames)]
    made = [_node(number, columns) for number in range(nodes)]
    edges: dict[tuple[NodeId, NodeId], Edge] = {}
    for number, node in enumerate(made):
        along = number + ROWS_OF_ICONS
        across = along + chance.choice((-1, 1))
        for target in (along, across) if number % 3 == 0 else (along,):
            if 0 <= target < nodes and target != number:
                edges[node.id, made[target].id] = _edge(node.id, made[target].id, target == across)
    return Architecture(tuple(made), tuple(edges.values()), tuple(groups))


def _node(number: int, columns: int) -> Node:
    column, row = divmod(number, ROWS_OF_ICONS)
    assert column < columns
    return Node(
        id=NodeId(f"n{number}"),
        kind="generic",
        label=f"Component {number}",
        detail="of a generated picture" if number % 4 == 0 else "",
        group=GroupId(f"g{number // ICONS_OF_A_FRAME}"),
        attached_to=None,
        column=column,
        row=row,
        state=ElementState.FIRM,
        rules=(),
        takeaways=(),
    )


def _edge(source: NodeId, target: NodeId, control: bool) -> Edge:
    return Edge(source, target, "asks" if control else "", control, None, ElementState.FIRM, (), ())
