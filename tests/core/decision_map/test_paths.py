"""Paths in the decision map: highlighted nodes, and the answers that lead to a node."""

from hypothesis import given as over

from explorer.core.decision_map.map import DecisionMapBuilder, MapNodeKind
from explorer.core.decision_map.paths import (
    PathStatus,
    answers_for_branch,
    highlight_path,
    shortest_answers_to,
)
from explorer.core.model.pack import QuestionId
from explorer.core.solver.constraints import compile_pack
from tests.core.map_paths import end_of_path
from tests.core.packs import all_answer_sets, compile_toy, make_answers, packs
from tests.core.sketches import TRAIN


def train_map():
    return DecisionMapBuilder(compile_toy(TRAIN)).build_expanded()


def test_answers_activate_a_path_and_an_open_question_makes_its_branches_possible():
    decision_map = train_map()
    highlight = highlight_path(decision_map, make_answers(fuel="oil"), QuestionId("hills"))

    hills = end_of_path(decision_map, make_answers(fuel="oil"))
    assert highlight.nodes[decision_map.root.id] is PathStatus.ACTIVE
    assert highlight.nodes[hills.id] is PathStatus.ACTIVE
    assert highlight.current_nodes == {hills.id}
    assert {highlight.branches[branch.id] for branch in decision_map.outgoing[hills.id]} == {PathStatus.POSSIBLE}


def test_a_pruned_node_has_the_answer_that_excludes_it():
    decision_map = train_map()
    highlight = highlight_path(decision_map, make_answers(fuel="oil"))

    steam = end_of_path(decision_map, make_answers(fuel="coal"))
    assert not highlight.reachable(steam)
    assert highlight.pruned_by[steam.id] == ("fuel", "oil")


@over(packs())
def test_an_outcome_is_pruned_if_and_only_if_no_complete_answer_set_leads_to_it(pack):
    decision_map = DecisionMapBuilder(compile_pack(pack)).build_expanded()
    for answers in all_answer_sets(pack):
        if len(answers) > 2:
            continue
        highlight = highlight_path(decision_map, answers)
        completions = (c for c in all_answer_sets(pack, partial=False) if answers.items() <= c.items())
        reached = {end_of_path(decision_map, completion).id for completion in completions}
        leaves = [node for node in decision_map.nodes if node.kind is not MapNodeKind.QUESTION]
        assert {leaf.id for leaf in leaves if highlight.reachable(leaf)} == reached
        assert all(leaf.id in highlight.pruned_by for leaf in leaves if not highlight.reachable(leaf))


@over(packs())
def test_the_shortest_answers_to_a_node_activate_it_and_keep_the_other_answers(pack):
    decision_map = DecisionMapBuilder(compile_pack(pack)).build_expanded()
    answers = {q.id: q.answers[-1].id for q in pack.questions[:2]}
    for node in decision_map.nodes:
        needed = dict(shortest_answers_to(decision_map, node.id, answers))
        assert highlight_path(decision_map, {**answers, **needed}).nodes[node.id] is PathStatus.ACTIVE
        assert all(answers.get(question) != answer for question, answer in needed.items())


def test_the_answers_for_a_branch_include_the_answers_to_its_source():
    decision_map = train_map()
    hills = end_of_path(decision_map, make_answers(fuel="oil"))
    branch = decision_map.outgoing[hills.id][0]

    assert dict(answers_for_branch(decision_map, branch, {})) == make_answers(fuel="oil", hills="yes")
    assert answers_for_branch(decision_map, branch, make_answers(fuel="oil", hills="yes")) == ()


@over(packs())
def test_no_answer_set_with_fewer_changes_leads_to_the_node(pack):
    decision_map = DecisionMapBuilder(compile_pack(pack)).build_expanded()
    answers = {q.id: q.answers[-1].id for q in pack.questions[:2]}

    def cost(complete):
        """The number of changed answers, then the number of new answers."""
        return sum(answers.get(q, a) != a for q, a in complete.items()), sum(q not in answers for q in complete)

    reaching: dict[str, tuple[int, int]] = {}
    for complete in all_answer_sets(pack, partial=True):
        if answers.keys() <= complete.keys():
            for node_id in highlight_path(decision_map, complete).active_path:
                reaching[node_id] = min(reaching.get(node_id, (99, 99)), cost(complete))
    for node in decision_map.nodes:
        needed = {**answers, **dict(shortest_answers_to(decision_map, node.id, answers))}
        assert cost(needed) == reaching[node.id]


def test_a_node_outside_the_map_needs_no_answers():
    assert shortest_answers_to(train_map(), "elsewhere", {}) == ()
