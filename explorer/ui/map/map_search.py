"""Map search: the nodes of a decision map that contain all typed words."""

from __future__ import annotations

from explorer.core.decision_map.map import DecisionMap, MapNode, MapNodeKind


def matching_nodes(decision_map: DecisionMap, query: str) -> tuple[str, ...]:
    """The ids of the nodes that contain all words: questions in text or answers, outcomes in their summary."""
    words = query.casefold().split()
    texts: dict[object, str] = {}

    def matches(node: MapNode) -> bool:
        key = node.question if node.kind is MapNodeKind.QUESTION else node.summary
        if key not in texts:
            texts[key] = _searchable_text(decision_map, node)
        return all(word in texts[key] for word in words)

    return tuple(node.id for node in decision_map.nodes if matches(node)) if words else ()


def hidden_match(decision_map: DecisionMap, query: str) -> str:
    """The title of the first question that matches but is not on the map, or ""."""
    words = query.casefold().split()
    shown = {node.question for node in decision_map.nodes if node.kind is MapNodeKind.QUESTION}
    hidden = (question for question in decision_map.pack.questions if question.id not in shown)
    matches = (
        question.title
        for question in hidden
        if all(word in f"{question.title} {question.text}".casefold() for word in words)
    )
    return next(matches, "") if words else ""


def _searchable_text(decision_map: DecisionMap, node: MapNode) -> str:
    question = decision_map.question_of(node)
    if node.kind is not MapNodeKind.QUESTION or question is None:
        return node.summary.casefold()
    labels = (answer.label for answer in question.answers)
    return " ".join((question.title, question.text, *labels)).casefold()
