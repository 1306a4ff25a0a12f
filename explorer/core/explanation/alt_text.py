"""A drawing in words, for those who cannot see it: a sentence or two, and all of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from explorer.core.decision_map.map import DecisionMap, Kind
from explorer.core.description import Description
from explorer.core.explanation.explain import warning
from explorer.core.explanation.sentences import joined, number_word
from explorer.core.model.architecture import Architecture, Edge, Node, State
from explorer.core.model.outcome import ChoiceOutcome, Outcome, Status
from explorer.core.model.pack import GroupId, Pack

_MOST_NAMED = 5
_STANDING = {
    Status.FORCED: "",
    Status.PREFERRED: " (preferred)",
    Status.DEFAULT: " (by default)",
}


def describe(pack: Pack, outcome: Outcome, architecture: Architecture) -> Description:
    """The drawn architecture of an outcome, in words."""
    return Description(
        _short(pack, outcome, architecture), "\n\n".join(_paragraphs(pack, outcome, architecture))
    )


def describe_map(shown: DecisionMap) -> Description:
    """A decision map in words."""
    asked = [node for node in shown.nodes if node.kind is Kind.QUESTION]
    ends = [node for node in shown.nodes if node.kind is Kind.OUTCOME]
    folded = len(shown.nodes) - len(asked) - len(ends)
    parts = [
        f"{_many(len(asked), 'question')} {'lead' if len(asked) != 1 else 'leads'} to "
        f"{_many(len(ends), 'outcome')}"
    ]
    if folded:
        parts.append(f"{_many(folded, 'branch', 'branches')} {'are' if folded != 1 else 'is'} folded away")
    told = f"Decision map, {shown.pack.title}: {'; '.join(parts)}."
    first = shown.asked(shown.root)
    return Description(told, f"It begins with the question “{first.text}”" if first else "")


# ------------------------------------------------------------------------------------ in short


def _short(pack: Pack, outcome: Outcome, architecture: Architecture) -> str:
    names = _names(pack, outcome)
    told = f"Architecture diagram, {pack.title}: {joined(names[:_MOST_NAMED], 'and')}."
    if not names:
        told = f"Architecture diagram, {pack.title}."
    return f"{told} {warning(pack, outcome) or _how_firm(outcome, architecture)}"


def _names(pack: Pack, outcome: Outcome) -> list[str]:
    """The values of the main choices that are names, each once."""
    labels = [
        pack.choice_by_id[choice.choice].labels[value]
        for choice in outcome.choices
        if pack.choice_by_id[choice.choice].bar
        for value in choice.told
    ]
    return [label for label in dict.fromkeys(labels) if label[:1].isupper()]


def _how_firm(outcome: Outcome, architecture: Architecture) -> str:
    if not outcome.answers:
        return "No question is answered yet, so all of it stands by default."
    usual = any(node.state is State.DEFAULT for node in architecture.nodes)
    open_ = any(choice.status is Status.OPEN for choice in outcome.choices)
    count = len(outcome.answers)
    given = f"{_many(count, 'answer').capitalize()} {'decides' if count == 1 else 'decide'} it"
    if open_:
        return f"{given}, as far as it is decided."
    return f"{given}; what is drawn lighter stands by default." if usual else f"{given}."


# ------------------------------------------------------------------------------------ in full


def _paragraphs(pack: Pack, outcome: Outcome, architecture: Architecture) -> Iterator[str]:
    answers = [
        f"{question.title}: {question.answer(given).label}"
        for question in pack.questions
        if (given := dict(outcome.answers).get(question.id)) is not None
    ]
    yield f"The answers: {'; '.join(answers)}." if answers else "No question is answered."
    chosen = [told for choice in outcome.choices if (told := _choice(pack, choice))]
    if chosen:
        yield f"What they come to: {'; '.join(chosen)}."
    yield from _places(architecture)
    flow = sorted((edge for edge in architecture.edges if edge.step), key=lambda edge: edge.step or 0)
    if flow:
        steps = [f"{edge.step}. {_relation(architecture, edge)}" for edge in flow]
        yield "The numbered flow:\n" + "\n".join(steps)
    others = [edge for edge in architecture.edges if not edge.step and edge.state is not State.GHOST]
    if others:
        yield "Besides:\n" + "\n".join(_relation(architecture, edge) for edge in others)
    ghosts = [node.label for node in architecture.nodes if node.state is State.GHOST]
    if ghosts:
        yield f"Drawn dashed, as still possible instead: {joined(list(dict.fromkeys(ghosts)), 'and')}."
    if outcome.traps:
        yield f"To beware of: {'; '.join(trap.title for trap in outcome.traps)}."


def _choice(pack: Pack, choice: ChoiceOutcome) -> str:
    spec = pack.choice_by_id[choice.choice]
    if choice.status >= Status.OPEN:
        return f"{spec.label}: {choice.status.word}"
    if not choice.told:
        return ""
    return f"{spec.label}: {joined([spec.labels[v] for v in choice.told], 'and')}{_STANDING[choice.status]}"


def _places(architecture: Architecture) -> Iterator[str]:
    """What stands in which frame, from the outside inwards."""
    outside = _inside(architecture, None)
    if outside:
        yield f"Outside of every frame: {joined(outside, 'and')}."
    told = []
    for group in architecture.groups:
        inside = _inside(architecture, group.id)
        inside += [f"the frame {inner.label}" for inner in architecture.groups if inner.parent == group.id]
        if inside:
            told.append(f"Inside {group.label}: {joined(inside, 'and')}.")
    if told:
        yield " ".join(told)


def _inside(architecture: Architecture, group: GroupId | None) -> list[str]:
    here = [
        node
        for node in architecture.nodes
        if node.group == group and node.at is None and node.state is not State.GHOST
    ]
    return [_node(node, [other for other in architecture.nodes if other.at == node.id]) for node in here]


def _node(node: Node, companions: Sequence[Node]) -> str:
    """A node, what it does here, and what hangs at it."""
    beside = [other.label for other in companions if other.state is not State.GHOST]
    about = "; ".join(filter(None, (node.detail, joined(beside, "and"))))
    return f"{node.label} ({about})" if about else node.label


def _relation(architecture: Architecture, edge: Edge) -> str:
    ends = [_told_apart(architecture, architecture.node_by_id[end]) for end in (edge.source, edge.target)]
    return f"{ends[0]} to {ends[1]}" + (f": {edge.label}" if edge.label else "")


def _told_apart(architecture: Architecture, node: Node) -> str:
    """A node's name, with its frame where another one has the same name."""
    twins = [other for other in architecture.nodes if other.label == node.label]
    if len(twins) == 1 or node.group is None:
        return node.label
    return f"{node.label} in {architecture.group_by_id[node.group].label}"


def _many(count: int, one: str, more: str = "") -> str:
    return f"{number_word(count)} {one if count == 1 else more or one + 's'}"
