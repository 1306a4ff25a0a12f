"""Alternative text of an architecture diagram or a decision map: a short version and all details."""

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
    """Return the text alternative of the architecture diagram of an outcome."""
    details = "\n\n".join(_paragraphs(pack, outcome, architecture))
    return Description(_alt_text(pack, outcome, architecture), details)


def describe_decision_map(decision_map: DecisionMap) -> Description:
    """Return the text alternative of a decision map."""
    questions = [node for node in decision_map.nodes if node.kind is MapNodeKind.QUESTION]
    outcomes = [node for node in decision_map.nodes if node.kind is MapNodeKind.OUTCOME]
    collapsed = len(decision_map.nodes) - len(questions) - len(outcomes)
    parts = [
        f"{_count_phrase(len(questions), 'question')} {'lead' if len(questions) != 1 else 'leads'} to "
        f"{_count_phrase(len(outcomes), 'outcome')}"
    ]
    if collapsed:
        branches = _count_phrase(collapsed, "branch", "branches")
        parts.append(f"{branches} {'are' if collapsed != 1 else 'is'} collapsed")
    first = decision_map.question_of(decision_map.root)
    return Description(
        f"Decision map, {decision_map.pack.title}: {'; '.join(parts)}.",
        f"The first question is “{first.text}”" if first else "",
    )


# ------------------------------------------------------------------------------------ short version


def _alt_text(pack: Pack, outcome: Outcome, architecture: Architecture) -> str:
    labels = _main_value_labels(pack, outcome)
    values = f": {join_words(labels[:_MAX_LISTED_VALUES], 'and')}" if labels else ""
    text = f"Architecture diagram, {pack.title}{values}."
    return f"{text} {conflict_warning(pack, outcome) or _status_sentence(outcome, architecture)}"


def _main_value_labels(pack: Pack, outcome: Outcome) -> list[str]:
    """Return the values of the main choices that are proper names, without duplicates."""
    labels = [
        pack.choice_by_id[choice.choice].labels[value]
        for choice in outcome.choices
        if pack.choice_by_id[choice.choice].in_outcome_bar
        for value in choice.displayed_values
    ]
    return [label for label in dict.fromkeys(labels) if label[:1].isupper()]


def _status_sentence(outcome: Outcome, architecture: Architecture) -> str:
    """Return whether answers or defaults decided the elements."""
    if not outcome.answers:
        return "No question is answered, so all elements are defaults."
    count = len(outcome.answers)
    given = f"{_count_phrase(count, 'answer').capitalize()} {'is' if count == 1 else 'are'} given"
    if any(choice.status is Status.OPEN for choice in outcome.choices):
        return f"{given}; some choices are still open."
    has_defaults = any(node.state is ElementState.DEFAULT for node in architecture.nodes)
    return f"{given}; elements in a lighter color are defaults." if has_defaults else f"{given}."


# ------------------------------------------------------------------------------------ details


def _paragraphs(pack: Pack, outcome: Outcome, architecture: Architecture) -> Iterator[str]:
    given = dict(outcome.answers)
    answers = [
        f"{question.title}: {question.answer(given[question.id]).label}"
        for question in pack.questions
        if question.id in given
    ]
    yield f"Answers: {'; '.join(answers)}." if answers else "No question is answered."
    choices = [phrase for choice in outcome.choices if (phrase := _choice_phrase(pack, choice))]
    if choices:
        yield f"Outcome: {'; '.join(choices)}."
    yield from _group_sentences(architecture)
    flow = sorted((edge for edge in architecture.edges if edge.step), key=lambda edge: edge.step or 0)
    if flow:
        steps = [f"{edge.step}. {_edge_phrase(architecture, edge)}" for edge in flow]
        yield "Numbered flow:\n" + "\n".join(steps)
    others = [edge for edge in architecture.edges if not edge.step and edge.state is not ElementState.GHOST]
    if others:
        yield "Other connections:\n" + "\n".join(_edge_phrase(architecture, edge) for edge in others)
    ghosts = [node.label for node in architecture.nodes if node.state is ElementState.GHOST]
    if ghosts:
        yield f"Alternatives, with a dashed outline: {join_words(list(dict.fromkeys(ghosts)), 'and')}."
    if outcome.traps:
        yield f"Traps: {'; '.join(trap.title for trap in outcome.traps)}."


def _choice_phrase(pack: Pack, choice: ChoiceOutcome) -> str:
    spec = pack.choice_by_id[choice.choice]
    if choice.status >= Status.OPEN:
        return f"{spec.label}: {choice.status.label}"
    if not choice.displayed_values:
        return ""
    values = join_words([spec.labels[value] for value in choice.displayed_values], "and")
    return f"{spec.label}: {values}{_STATUS_SUFFIX[choice.status]}"


def _group_sentences(architecture: Architecture) -> Iterator[str]:
    """Yield the content of each group, from the outer groups to the inner ones."""
    outside = _items_inside(architecture, None)
    if outside:
        yield f"Outside all groups: {join_words(outside, 'and')}."
    sentences = []
    for group in architecture.groups:
        inside = _items_inside(architecture, group.id)
        inside += [f"the group {inner.label}" for inner in architecture.groups if inner.parent == group.id]
        if inside:
            sentences.append(f"Inside {group.label}: {join_words(inside, 'and')}.")
    if sentences:
        yield " ".join(sentences)


def _items_inside(architecture: Architecture, group: GroupId | None) -> list[str]:
    nodes = [
        node
        for node in architecture.nodes
        if node.group == group and node.attached_to is None and node.state is not ElementState.GHOST
    ]
    return [
        _node_phrase(node, [other for other in architecture.nodes if other.attached_to == node.id]) for node in nodes
    ]


def _node_phrase(node: Node, companions: Sequence[Node]) -> str:
    """Return the label of a node with its detail and its companions."""
    labels = [other.label for other in companions if other.state is not ElementState.GHOST]
    details = "; ".join(filter(None, (node.detail, join_words(labels, "and"))))
    return f"{node.label} ({details})" if details else node.label


def _edge_phrase(architecture: Architecture, edge: Edge) -> str:
    source, target = (_unique_label(architecture, architecture.node_by_id[end]) for end in (edge.source, edge.target))
    return f"{source} to {target}" + (f": {edge.label}" if edge.label else "")


def _unique_label(architecture: Architecture, node: Node) -> str:
    """Return the label of a node, with its group if another node has the same label."""
    same_label = [other for other in architecture.nodes if other.label == node.label]
    if len(same_label) == 1 or node.group is None:
        return node.label
    return f"{node.label} in {architecture.group_by_id[node.group].label}"


def _count_phrase(count: int, singular: str, plural: str = "") -> str:
    return f"{number_word(count)} {singular if count == 1 else plural or singular + 's'}"
