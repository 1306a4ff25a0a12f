"""Reading-order hints make lines and columns."""

from explorer.layout.grid import Grid
from tests.layout.sketches import architecture


def grid(sketch: str) -> Grid:
    return Grid.of(architecture(sketch).nodes)


def test_columns_that_nobody_claims_are_left_out():
    found = grid("web 1,0\ndb 4,0\nusers 0,3")
    assert found.lines == (((1, "web"), (2, "db")), ((0, "users"),))
    assert found.columns == 3


def test_two_nodes_in_one_cell_stand_one_beneath_the_other():
    found = grid("web 0,0\ndb 1,0\ncache 1,0\nlogs 1,1")
    assert found.stacks == (("web",), ("db", "cache", "logs"))


def test_a_node_without_hints_is_free_and_a_companion_is_not_placed_at_all():
    found = grid("web 0,0\nrole at web\nqueue")
    assert found.free == {"queue"}
    assert found.lines == (((0, "web"),),)


def test_neighbours_are_those_with_no_column_between():
    found = grid("web 0,0\ndb 2,0\nusers 0,1\nalb 1,1\nlogs 2,1")
    assert list(found.neighbours()) == [(0, "users", "alb"), (1, "alb", "logs")]
