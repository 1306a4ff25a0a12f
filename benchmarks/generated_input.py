"""Generates packs and architectures of any size, deterministically."""

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

QUESTIONS_PER_COMPONENT, PARTS_PER_COMPONENT, VALUES, ANSWERS = 4, 3, 4, 3
ROWS, NODES_PER_GROUP = 4, 8


def generate_pack(questions: int) -> Pack:
    """Return a pack with this number of questions: one component of three parts for every four questions.

    Each answer has a rule (a third are constraints). Rules connect the parts of a component, every fifth component with
    the next one, and every third component with a question of another.
    """
    rng = random.Random(questions)
    question_list = tuple(_question(number) for number in range(questions))
    components = max(1, questions // QUESTIONS_PER_COMPONENT)
    choices = tuple(_choice(number) for number in range(components * PARTS_PER_COMPONENT))
    rules: list[Rule] = []
    for component in range(components):
        parts = [choice.parts[0] for choice in choices[component * PARTS_PER_COMPONENT :][:PARTS_PER_COMPONENT]]
        own = question_list[component * QUESTIONS_PER_COMPONENT :][:QUESTIONS_PER_COMPONENT]
        rules += _component_rules(component, own, parts, rng)
        if component % 5 == 0 and component + 1 < components:
            other = choices[(component + 1) * PARTS_PER_COMPONENT].parts[0]
            rules.append(_rule(f"link-{component}", Strength.MUST, (), _is(parts[0], 0), _is_not(other, 1)))
        if component % 3 == 0:
            far = question_list[(component * 7 + 5) * 11 % questions]
            rules.append(_rule(f"far-{component}", Strength.PREFER, _answered(far, 0), (), _is(parts[1], 2)))
    return Pack(
        id="generated",
        title="Generated",
        version="1",
        as_of="",
        summary="",
        credit="",
        question_groups=(("all", "All"),),
        questions=question_list,
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


def _answered(question: Question, answer: int) -> AnswerCondition:
    return ((question.id, frozenset({question.answers[answer].id})),)


def _component_rules(component: int, asked: tuple[Question, ...], parts: list[Part], rng: random.Random) -> list[Rule]:
    rules = [_rule(f"default-{part.id}", Strength.DEFAULT, (), (), _is(part, rng.randrange(VALUES))) for part in parts]
    for one, other in pairwise(parts):
        value = rng.randrange(VALUES)
        rules.append(_rule(f"link-{one.id}", Strength.MUST, (), _is(one, value), _is_not(other, value)))
    for question in asked:
        for answer in range(ANSWERS):
            part, value = rng.choice(parts), rng.randrange(VALUES)
            name = f"{question.id}-{answer}-component-{component}"
            if answer == 0:
                rules.append(_rule(name, Strength.MUST, _answered(question, answer), (), _is_not(part, value)))
            else:
                rules.append(_rule(name, Strength.PREFER, _answered(question, answer), (), _is(part, value)))
    return rules


def generate_architecture(nodes: int) -> Architecture:
    """Return an architecture with this number of nodes: rows in groups, with edges along and across rows."""
    rng = random.Random(nodes)
    columns = -(-nodes // ROWS)
    group_count = -(-columns * ROWS // NODES_PER_GROUP)
    outer = GroupId("outer")
    groups = [Group(outer, "cloud", "Everything", None, ())]
    groups += [Group(GroupId(f"g{number}"), "region", f"Group {number}", outer, ()) for number in range(group_count)]
    node_list = [_node(number, columns) for number in range(nodes)]
    edges: dict[tuple[NodeId, NodeId], Edge] = {}
    for number, node in enumerate(node_list):
        along = number + ROWS
        across = along + rng.choice((-1, 1))
        for target in (along, across) if number % 3 == 0 else (along,):
            if 0 <= target < nodes and target != number:
                edges[node.id, node_list[target].id] = _edge(node.id, node_list[target].id, target == across)
    return Architecture(tuple(node_list), tuple(edges.values()), tuple(groups))


def _node(number: int, columns: int) -> Node:
    column, row = divmod(number, ROWS)
    assert column < columns
    return Node(
        id=NodeId(f"n{number}"),
        kind="generic",
        label=f"Component {number}",
        detail="of a generated diagram" if number % 4 == 0 else "",
        group=GroupId(f"g{number // NODES_PER_GROUP}"),
        attached_to=None,
        column=column,
        row=row,
        state=ElementState.FIRM,
        rules=(),
        takeaways=(),
    )


def _edge(source: NodeId, target: NodeId, control: bool) -> Edge:
    return Edge(source, target, "asks" if control else "", control, None, ElementState.FIRM, (), ())
