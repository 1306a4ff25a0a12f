"""Reading-order hints assign nodes to the rows and columns of the reading grid."""

from explorer.layout.reading_grid import ReadingGrid
from tests.layout.sketches import architecture


def grid(sketch: str) -> ReadingGrid:
    return ReadingGrid.from_architecture(architecture(sketch))


def test_empty_columns_are_left_out():
    reading_grid = grid("web 1,0\ndb 4,0\nusers 0,3")
    assert reading_grid.rows == (((1, "web"), (2, "db")), ((0, "users"),))
    assert reading_grid.column_count == 3


def test_two_nodes_in_one_cell_get_separate_rows():
    reading_grid = grid("web 0,0\ndb 1,0\ncache 1,0\nlogs 1,1")
    assert reading_grid.nodes_by_column == (("web",), ("db", "cache", "logs"))


def test_a_node_without_hints_is_unhinted_and_a_companion_has_no_cell():
    reading_grid = grid("web 0,0\nrole at web\nqueue")
    assert reading_grid.unhinted == {"queue"}
    assert reading_grid.rows == (((0, "web"),),)


def test_adjacent_pairs_are_in_neighboring_columns():
    reading_grid = grid("web 0,0\ndb 2,0\nusers 0,1\nalb 1,1\nlogs 2,1")
    assert list(reading_grid.adjacent_pairs()) == [(0, "users", "alb"), (1, "alb", "logs")]


SITE_ABOVE = """
    group site
    group region
    group vpc in region
    tasks 2,0 in site
    ci 0,1
    registry 1,1 in region
    logs 3,1 in region
    ci > registry #1
    registry > tasks #2
    tasks > logs
"""


def rows(sketch: str) -> list[set[str]]:
    return [{str(node_id) for _, node_id in row} for row in grid(sketch).rows]


def test_the_row_in_which_the_main_flow_starts_is_first():
    assert rows(SITE_ABOVE) == [{"ci", "registry", "logs"}, {"tasks"}]


def test_a_row_above_the_start_moves_below_all_rows_if_its_edges_can_pass_them():
    narrow = SITE_ABOVE + "balancer 1,2 in vpc"
    assert rows(narrow) == [{"ci", "registry", "logs"}, {"balancer"}, {"tasks"}]


def test_a_row_above_the_start_stays_there_if_a_frame_blocks_its_edges():
    wide = SITE_ABOVE + "balancer 1,2 in vpc\nweb 2,2 in vpc\ndb 3,2 in vpc"
    assert rows(wide) == [{"tasks"}, {"ci", "registry", "logs"}, {"balancer", "web", "db"}]


def test_without_a_main_flow_rows_are_in_the_hinted_order():
    unnumbered = SITE_ABOVE.replace("#1", "").replace("#2", "")
    assert rows(unnumbered) == [{"tasks"}, {"ci", "registry", "logs"}]
