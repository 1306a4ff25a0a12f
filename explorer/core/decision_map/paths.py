"""Paths in the decision map: the nodes that answers reach or exclude, and the answers that lead to a node."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from itertools import pairwise

from explorer.core.decision_map.map import DecisionMap, MapBranch, MapNode, MapNodeKind
from explorer.core.model.pack import AnswerId, Answers, QuestionId

GivenAnswer = tuple[QuestionId, AnswerId]


class PathStatus(IntEnum):
    """Whether the answers lead to a node or branch.

    `ACTIVE`: by given answers only. `POSSIBLE`: past an open question. `PRUNED`: no longer.
    """

    PRUNED = 0
    POSSIBLE = 1
    ACTIVE = 2


@dataclass(frozen=True)
class PathHighlight:
    """The status of all nodes and branches of a map under an answer set.

    `pruned_by` holds the answer that excludes a pruned node. `current_nodes` ask the current question
    and are reachable.
    """

    answers: Mapping[QuestionId, AnswerId]
    nodes: Mapping[str, PathStatus]
    branches: Mapping[str, PathStatus]
    pruned_by: Mapping[str, GivenAnswer]
    current_nodes: frozenset[str]

    def reachable(self, node: MapNode) -> bool:
        """Return whether the answers allow the node."""
        return self.nodes[node.id] is not PathStatus.PRUNED

    @cached_property
    def active_path(self) -> tuple[str, ...]:
        """The ids of the nodes on the active path, from the root."""
        return tuple(node for node, status in self.nodes.items() if status is PathStatus.ACTIVE)


def highlight_path(decision_map: DecisionMap, answers: Answers, current: QuestionId | None = None) -> PathHighlight:
    """Return the status of every node and branch: active along given answers, possible past open questions."""
    nodes = dict.fromkeys((node.id for node in decision_map.nodes), PathStatus.PRUNED)
    nodes[decision_map.root.id] = PathStatus.ACTIVE
    branches: dict[str, PathStatus] = {}
    pruned_by: dict[str, GivenAnswer] = {}
    for node in _question_nodes(decision_map):
        status, question = nodes[node.id], node.question
        answer = answers.get(question) if question else None
        if status is PathStatus.ACTIVE and answer is None:
            status = PathStatus.POSSIBLE  # the node itself is active, the nodes behind it are only possible
        for branch in decision_map.outgoing.get(node.id, ()):
            branches[branch.id] = status if answer is None or answer in branch.answers else PathStatus.PRUNED
            nodes[branch.target] = max(nodes[branch.target], branches[branch.id])
            if branches[branch.id] is PathStatus.PRUNED and branch.target not in pruned_by:
                if node.id in pruned_by and nodes[node.id] is PathStatus.PRUNED:
                    pruned_by[branch.target] = pruned_by[node.id]
                elif question and answer:
                    pruned_by[branch.target] = (question, answer)
    return PathHighlight(
        answers=dict(answers),
        nodes=nodes,
        branches=branches,
        pruned_by={node: answer for node, answer in pruned_by.items() if nodes[node] is PathStatus.PRUNED},
        current_nodes=frozenset(
            node.id for node in _question_nodes(decision_map) if current and node.question == current and nodes[node.id]
        ),
    )


def shortest_answers_to(decision_map: DecisionMap, target: str, answers: Answers) -> tuple[GivenAnswer, ...]:
    """Return the fewest answers to change, and then to give, so that the active path leads to a node.

    Returns no answers for a node that is not in the map.
    """
    import networkx as nx  # noqa: PLC0415 (slow to import, and only necessary after a click in the map)

    if target not in decision_map.node_by_id:
        return ()
    change_cost = len(decision_map.pack.questions) + 1  # more than giving an answer to every question
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(decision_map.node_by_id)
    for branch in decision_map.branches:
        answer = answers.get(_question_at(decision_map, branch))
        cost = 1 if answer is None else 0 if answer in branch.answers else change_cost
        graph.add_edge(branch.source, branch.target, branch=branch, cost=cost)
    path = nx.shortest_path(graph, decision_map.root.id, target, weight="cost")
    needed = (graph.edges[edge] for edge in pairwise(path))
    return tuple(
        (_question_at(decision_map, edge["branch"]), edge["branch"].answers[0]) for edge in needed if edge["cost"]
    )


def answers_for_branch(decision_map: DecisionMap, branch: MapBranch, answers: Answers) -> tuple[GivenAnswer, ...]:
    """Return the answers to give or change so that the active path includes a branch."""
    question = _question_at(decision_map, branch)
    to_source = shortest_answers_to(decision_map, branch.source, answers)
    return to_source if answers.get(question) in branch.answers else (*to_source, (question, branch.answers[0]))


def _question_at(decision_map: DecisionMap, branch: MapBranch) -> QuestionId:
    question = decision_map.node_by_id[branch.source].question
    assert question is not None, "branches start at questions"
    return question


def _question_nodes(decision_map: DecisionMap) -> Iterator[MapNode]:
    return (node for node in decision_map.nodes if node.kind is MapNodeKind.QUESTION)
