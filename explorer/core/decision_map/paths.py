"""Where answers lead on the decision map: what is lit, what is pruned and by what, and how to get there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

from explorer.core.decision_map.map import DecisionMap, MapBranch, MapNode, MapNodeKind
from explorer.core.model.pack import AnswerId, Answers, QuestionId

GivenAnswer = tuple[QuestionId, AnswerId]


class PathStatus(IntEnum):
    """How firmly the answers lead somewhere; `LIT` by answers alone, `POSSIBLE` past a question left open."""

    PRUNED = 0
    POSSIBLE = 1
    ACTIVE = 2


@dataclass(frozen=True)
class PathHighlight:
    """How every node and branch of a map stands under some answers.

    `by` names, for each pruned node, the answer that cut it off; `current` are the nodes that
    ask the question one stands at and can still be reached.
    """

    answers: Mapping[QuestionId, AnswerId]
    nodes: Mapping[str, PathStatus]
    branches: Mapping[str, PathStatus]
    pruned_by: Mapping[str, GivenAnswer]
    current_nodes: frozenset[str]

    def reachable(self, node: MapNode) -> bool:
        """Whether the answers still allow it."""
        return self.nodes[node.id] is not PathStatus.PRUNED

    @cached_property
    def active_path(self) -> tuple[str, ...]:
        """The nodes of the lit path, from the root."""
        return tuple(node for node, light in self.nodes.items() if light is PathStatus.ACTIVE)


def highlight_path(shown: DecisionMap, answers: Answers, current: QuestionId | None = None) -> PathHighlight:
    """Where the answers lead: brightly along given ones, faintly along every branch past an open question."""
    nodes = dict.fromkeys((node.id for node in shown.nodes), PathStatus.PRUNED)
    nodes[shown.root.id] = PathStatus.ACTIVE
    branches: dict[str, PathStatus] = {}
    by: dict[str, GivenAnswer] = {}
    for node in _question_nodes(shown):
        here, asked = nodes[node.id], node.question
        given = answers.get(asked) if asked else None
        if here is PathStatus.ACTIVE and node.kind is MapNodeKind.QUESTION and given is None:
            here = PathStatus.POSSIBLE  # lit itself, but what follows is open
        for branch in shown.outgoing.get(node.id, ()):
            light = here if given is None or given in branch.answers else PathStatus.PRUNED
            branches[branch.id] = light
            nodes[branch.target] = max(nodes[branch.target], light)
            if light is PathStatus.PRUNED and branch.target not in by:
                if node.id in by and nodes[node.id] is PathStatus.PRUNED:
                    by[branch.target] = by[node.id]
                elif asked and given:
                    by[branch.target] = (asked, given)
    return PathHighlight(
        answers=dict(answers),
        nodes=nodes,
        branches=branches,
        pruned_by={node: given for node, given in by.items() if nodes[node] is PathStatus.PRUNED},
        current_nodes=frozenset(
            node.id
            for node in shown.nodes
            if current and node.question == current and node.kind is MapNodeKind.QUESTION and nodes[node.id]
        ),
    )


def shortest_answers_to(shown: DecisionMap, target: str, answers: Answers) -> tuple[GivenAnswer, ...]:
    """The fewest answers to give or change, all others kept, so that the lit path leads to a node.

    An answer that is open is rather given than one that was given changed.
    """
    best: dict[str, tuple[tuple[int, int], MapBranch | None]] = {shown.root.id: ((0, 0), None)}
    for node in _question_nodes(shown):
        if node.id not in best:
            continue
        changed, given = best[node.id][0]
        for branch in shown.outgoing.get(node.id, ()):
            answer = answers.get(node.question) if node.question else None
            cost = (changed, given)
            if answer is None:
                cost = (changed, given + 1)
            elif answer not in branch.answers:
                cost = (changed + 1, given)
            if branch.target not in best or cost < best[branch.target][0]:
                best[branch.target] = (cost, branch)
    return tuple(_changed_answers_backwards(shown, best, target, answers))[::-1]


def answers_for_branch(shown: DecisionMap, branch: MapBranch, answers: Answers) -> tuple[GivenAnswer, ...]:
    """The answers to give or change so that the lit path takes a branch."""
    asked = shown.node_by_id[branch.source].question
    assert asked is not None
    there = shortest_answers_to(shown, branch.source, answers)
    return there if answers.get(asked) in branch.answers else (*there, (asked, branch.answers[0]))


def end_of_path(shown: DecisionMap, answers: Answers) -> MapNode:
    """Where the lit path ends: at the first open question, or at a leaf."""
    node = shown.root
    while True:
        given = answers.get(node.question) if node.question else None
        taken = [branch for branch in shown.outgoing.get(node.id, ()) if given in branch.answers]
        if not taken:
            return node
        node = shown.node_by_id[taken[0].target]


def _question_nodes(shown: DecisionMap) -> Iterator[MapNode]:
    return (node for node in shown.nodes if node.kind is MapNodeKind.QUESTION)


def _changed_answers_backwards(
    shown: DecisionMap,
    best: Mapping[str, tuple[tuple[int, int], MapBranch | None]],
    target: str,
    answers: Answers,
) -> Iterator[GivenAnswer]:
    branch = best[target][1] if target in best else None
    while branch is not None:
        asked = shown.node_by_id[branch.source].question
        if asked is not None and answers.get(asked) not in branch.answers:
            yield asked, branch.answers[0]
        branch = best[branch.source][1]
