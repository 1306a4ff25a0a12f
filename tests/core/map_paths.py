"""The end of a path in a decision map, for tests."""

from explorer.core.decision_map.map import DecisionMap, MapNode
from explorer.core.model.pack import Answers


def end_of_path(decision_map: DecisionMap, answers: Answers) -> MapNode:
    """Return the node at the end of the active path: the first open question, or a leaf."""
    node = decision_map.root
    while True:
        answer = answers.get(node.question) if node.question else None
        taken = [branch for branch in decision_map.outgoing.get(node.id, ()) if answer in branch.answers]
        if not taken:
            return node
        node = decision_map.node_by_id[taken[0].target]
