"""The compiler, compared with solving each combination of inputs by trying every combination of decisions."""

import pytest
from hypothesis import given

from explorer.core.decision_diagram.compiler import (
    TooEntangledError,
    compile_satisfiability,
    compile_tables,
    variable_levels,
)
from explorer.core.decision_diagram.diagram import NodeTable
from explorer.core.decision_diagram.problem import Clause, ClauseGroup, Problem
from explorer.core.decision_diagram.queries import evaluate, support_at
from tests.core.decision_diagram.problems import points, problems, solve_by_hand


def _compiled(problem):
    return compile_tables(problem, variable_levels(problem))


def _point(tables, inputs):
    values = [0] * len(tables.level_of)
    for variable, value in inputs.items():
        values[tables.level_of[variable]] = value
    return values


@given(problems())
def test_the_values_after_each_stage_are_those_of_all_remaining_combinations(problem):
    tables = _compiled(problem)
    for inputs in points(problem):
        point = _point(tables, inputs)
        for group in problem.groups:
            rows = solve_by_hand(problem, group, inputs)
            for stage in ("possible", "preferred", "final"):
                for decision in group.decisions:
                    functions = getattr(tables, stage)[decision]
                    found = {v for v, function in enumerate(functions) if evaluate(tables.diagrams, function, point)}
                    assert found == {row[decision] for row in getattr(rows, stage)}


@given(problems())
def test_a_group_is_satisfiable_where_its_musts_leave_a_combination(problem):
    levels = variable_levels(problem)
    tables = compile_tables(problem, levels)
    diagrams, alone = compile_satisfiability(problem, levels)
    for inputs in points(problem):
        point = _point(tables, inputs)
        for number, group in enumerate(problem.groups):
            expected = bool(solve_by_hand(problem, group, inputs).possible)
            assert evaluate(tables.diagrams, tables.satisfiable[number], point) == expected
            assert evaluate(diagrams, alone[number], point) == expected


@given(problems())
def test_the_beliefs_hold_exactly_the_remaining_combinations_of_each_clique(problem):
    tables = _compiled(problem)
    for inputs in points(problem):
        for number, group in enumerate(problem.groups):
            rows = solve_by_hand(problem, group, inputs).final
            point = _point(tables, inputs)
            for row in rows:
                for decision, value in row.items():
                    point[tables.level_of[decision]] = value
                assert all(evaluate(tables.diagrams, belief, point) for belief in tables.beliefs[number])


@given(problems())
def test_an_input_matters_to_a_group_exactly_where_its_beliefs_depend_on_it(problem):
    tables = _compiled(problem)
    for number, group in enumerate(problem.groups):
        depends = support_at(tables.diagrams, tables.beliefs[number], {})
        for asked in group.inputs:
            apart = any(
                solve_by_hand(problem, group, inputs).final
                != solve_by_hand(problem, group, {**inputs, asked: value}).final
                for inputs in points(problem)
                for value in range(problem.sizes[asked])
            )
            assert (tables.level_of[asked] in depends) == apart


@given(problems())
def test_a_soft_clause_is_narrowing_where_it_removes_a_combination_without_a_conflict(problem):
    tables = _compiled(problem)
    for cluster in problem.clusters:
        free = [
            inputs
            for inputs in points(problem)
            if all(solve_by_hand(problem, problem.groups[n], inputs).possible for n in cluster)
        ]
        for number in cluster:
            rows = [solve_by_hand(problem, problem.groups[number], inputs).narrowed for inputs in free]
            soft = len(problem.groups[number].preferences) + len(problem.groups[number].defaults)
            expected = tuple(any(row[i] for row in rows) for i in range(soft))
            assert tables.narrowing[number] == expected


@given(problems())
def test_a_target_is_reached_where_it_is_the_only_result_and_its_cluster_has_no_conflict(problem):
    tables = _compiled(problem)
    for inputs in points(problem):
        rows = [solve_by_hand(problem, group, inputs).final for group in problem.groups]
        result = {
            decision: {row[decision] for row in rows[number]}
            for number, group in enumerate(problem.groups)
            for decision in group.decisions
        }
        for number, target in enumerate(problem.targets):
            reached = any(
                all(
                    result[decision] == {value}
                    and all(rows[group] for group in problem.clusters[problem.cluster_of[decision]])
                    for decision, value in alternative
                )
                for alternative in target
            )
            assert evaluate(tables.diagrams, tables.targets[number], _point(tables, inputs)) == reached


def test_a_used_up_budget_names_the_decisions_of_the_largest_clique():
    must = Clause(((3, (1, 2)),), ((0, (0,)),), (1, (1, 2)))
    free = Clause(((3, (1,)),), (), (2, (1,)))
    problem = Problem((3, 3, 3, 3), (ClauseGroup((0, 1), (must,), (), ()), ClauseGroup((2,), (free,), (), ())))
    with pytest.raises(TooEntangledError) as refused:
        compile_tables(problem, variable_levels(problem), budget=6)
    assert refused.value.decisions == (0, 1)


class CancelledError(Exception):
    pass


def test_progress_can_cancel_an_operation():
    def cancel(_created):
        raise CancelledError

    def fill():
        for number in range(1, 8_192):
            table.literal(0, {bit for bit in range(13) if number >> bit & 1})

    table = NodeTable([14], progress=cancel)
    with pytest.raises(CancelledError):
        fill()
    assert table.created < 8_000


def test_groups_that_share_an_input_form_a_cluster():
    def group(decision, asked):
        return ClauseGroup((decision,), (Clause(((asked, (1,)),), (), (decision, (0,))),), (), ())

    problem = Problem((2,) * 5, (group(0, 3), group(1, 4), group(2, 3)))
    assert sorted(problem.clusters) == [(0, 2), (1,)]
