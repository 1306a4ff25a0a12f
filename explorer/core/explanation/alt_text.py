"""A drawing in words, for those who cannot see it: a sentence or two, and all of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from explorer.core.decision_map.map import DecisionMap, MapNodeKind
from explorer.core.description import Description
from explorer.core.explanation.explain import conflict_warning
from explorer.core.explanation.sentences import join_words, number_word
from explorer.core.model.architecture import Architecture, Edge, ElementState, Node
from explorer.core.model.outcome import ChoiceOutcome, Outcome, Status
from explorer.core.model.pack import GroupId, Pack

_MAX_LISTED_VALUES = 5
_STATUS_SUFFIX = {
    Status.FORCED: "",
    Status.PREFERRED: " (preferred)",
    Status.DEFAULT: " (by default)",
}


def describe_architecture(pack: Pack, outcome: Outcome, architecture: Architecture) -> Description:
    """The drawn architecture of an outcome, in words."""
    return Description(
        _alt_text(pack, outcome, architecture), "\n\n".join(_full_description(pack, outcome, architecture))
    )


def describe_decision_map(shown: DecisionMap) -> Description:
    """A decision map in words."""
    asked = [node for node in shown.nodes if node.kind is MapNodeKind.QUESTION]
    ends = [node for node in shown.nodes if node.kind is MapNodeKind.OUTCOME]
    folded = len(shown.nodes) - len(asked) - len(ends)
    parts = [
        f"{_count_phrase(len(asked), 'question')} {'lead' if len(asked) != 1 else 'leads'} to "
        f"{_count_phrase(len(ends), 'outcome')}"
    ]
    if folded:
        parts.append(f"{_count_phrase(folded, 'branch', 'branches')} {'are' if folded != 1 else 'is'} folded away")
    told = f"Decision map, {shown.pack.title}: {'; '.join(parts)}."
    first = shown.question_of(shown.root)
    return Description(told, f"It begins with the question “{first.text}”" if first else "")


# ------------------------------------------------------------------------------------ in short


def _alt_text(pack: Pack, outcome: Outcome, architecture: Architecture) -> str:
    names = _main_value_labels(pack, outcome)
    told = f"Architecture diagram, {pack.title}: {join_words(names[:_MAX_LISTED_VALUES], 'and')}."
    if not names:
        told = f"Architecture diagram, {pack.title}."
    return f"{told} {conflict_warning(pack, outcome) or _certainty_sentence(outcome, architecture)}"


def _main_value_labels(pack: Pack, outcome: Outcome) -> list[str]:
    """The values of the main choices that are names, each once."""
    labels = [
        pack.choice_by_id[choice.choice].labels[value]
        for choice in outcome.choices
        if pack.choice_by_id[choice.choice].in_outcome_bar
        for value in choice.displayed_values
    ]
    return [label for label in dict.fromkeys(labels) if label[:1].isupper()]


def _certainty_sentence(outcome: Outcome, architecture: Architecture) -> str:
    if not outcome.answers:
        return "No question is answered yet, so all of it stands by default."
    usual = any(node.state is ElementState.DEFAULT for node in architecture.nodes)
    open_ = any(choice.status is Status.OPEN for choice in outcome.choices)
    count = len(outcome.answers)
    given = f"{_count_phrase(count, 'answer').capitalize()} {'decides' if count == 1 else 'decide'} it"
    if open_:
        return f"{given}, as far as it is decided."
    return f"{given}; what is drawn lighter stands by default." if usual else f"{given}."


# ------------------------------------------------------------------------------------ in full


def _full_description(pack: Pack, outcome: Outcome, architecture: Architecture) -> Iterator[str]:
    answers = [
        f"{question.title}: {question.answer(given).label}"
        for question in pack.questions
        if (given := dict(outcome.answers).get(question.id)) is not None
    ]
    yield f"The answers: {'; '.join(answers)}." if answers else "No question is answered."
    chosen = [told for choice in outcome.choices if (told := _choice_phrase(pack, choice))]
    if chosen:
        yield f"What they come to: {'; '.join(chosen)}."
    yield from _group_sentences(architecture)
    flow = sorted((edge for edge in architecture.edges if edge.step), key=lambda edge: edge.step or 0)
    if flow:
        steps = [f"{edge.step}. {_edge_phrase(architecture, edge)}" for edge in flow]
        yield "The numbered flow:\n" + "\n".join(steps)
    others = [edge for edge in architecture.edges if not edge.step and edge.state is not ElementState.GHOST]
    if others:
        yield "Besides:\n" + "\n".join(_edge_phrase(architecture, edge) for edge in others)
    ghosts = [node.label for node in architecture.nodes if node.state is ElementState.GHOST]
    if ghosts:
        yield f"Drawn dashed, as still possible instead: {join_words(list(dict.fromkeys(ghosts)), 'and')}."
    if outcome.traps:
        yield f"To beware of: {'; '.join(trap.title for trap in outcome.traps)}."


def _choice_phrase(pack: Pack, choice: ChoiceOutcome) -> str:
    spec = pack.choice_by_id[choice.choice]
    if choice.status >= Status.OPEN:
        return f"{spec.label}: {choice.status.label}"
    if not choice.displayed_values:
        return ""
    return f"{spec.label}: {join_words([spec.labels[v] for v in choice.displayed_values], 'and')}{_STATUS_SUFFIX[choice.status]}"


def _group_sentences(architecture: Architecture) -> Iterator[str]:
    """What stands in which frame, from the outside inwards."""
    outside = _items_inside(architecture, None)
    if outside:
        yield f"Outside of every frame: {join_words(outside, 'and')}."
    told = []
    for group in architecture.groups:
        inside = _items_inside(architecture, group.id)
        inside += [f"the frame {inner.label}" for inner in architecture.groups if inner.parent == group.id]
        if inside:
            told.append(f"Inside {group.label}: {join_words(inside, 'and')}.")
    if told:
        yield " ".join(told)


def _items_inside(architecture: Architecture, group: GroupId | None) -> list[str]:
    here = [
        node
        for node in architecture.nodes
        if node.group == group and node.attached_to is None and node.state is not ElementState.GHOST
    ]
    return [
        _node_phrase(node, [other for other in architecture.nodes if other.attached_to == node.id]) for node in here
    ]


def _node_phrase(node: Node, companions: Sequence[Node]) -> str:
    """A node, what it does here, and what hangs at it."""
    beside = [other.label for other in companions if other.state is not ElementState.GHOST]
    about = "; ".join(filter(None, (node.detail, join_words(beside, "and"))))
    return f"{node.label} ({about})" if about else node.label


def _edge_phrase(architecture: Architecture, edge: Edge) -> str:
    ends = [_unique_label(architecture, architecture.node_by_id[end]) for end in (edge.source, edge.target)]
    return f"{ends[0]} to {ends[1]}" + (f": {edge.label}" if edge.label else "")


def _unique_label(architecture: Architecture, node: Node) -> str:
    """A node's name, with its frame where another one has the same name."""
    twins = [other for other in architecture.nodes if other.label == node.label]
    if len(twins) == 1 or node.group is None:
        return node.label
    return f"{node.label} in {architecture.group_by_id[node.group].label}"


def _count_phrase(count: int, one: str, more: str = "") -> str:
    return f"{number_word(count)} {one if count == 1 else more or one + 's'}"
