"""Reading-order hints make lines and columns."""

from explorer.layout.reading_grid import ReadingGrid
from tests.layout.sketches import architecture


def grid(sketch: str) -> ReadingGrid:
    return ReadingGrid.from_architecture(architecture(sketch))


def test_columns_that_nobody_claims_are_left_out():
    found = grid("web 1,0\ndb 4,0\nusers 0,3")
    assert found.rows == (((1, "web"), (2, "db")), ((0, "users"),))
    assert found.column_count == 3


def test_two_nodes_in_one_cell_stand_one_beneath_the_other():
    found = grid("web 0,0\ndb 1,0\ncache 1,0\nlogs 1,1")
    assert found.nodes_by_column == (("web",), ("db", "cache", "logs"))


def test_a_node_without_hints_is_free_and_a_companion_is_not_placed_at_all():
    found = grid("web 0,0\nrole at web\nqueue")
    assert found.unhinted == {"queue"}
    assert found.rows == (((0, "web"),),)


def test_neighbours_are_those_with_no_column_between():
    found = grid("web 0,0\ndb 2,0\nusers 0,1\nalb 1,1\nlogs 2,1")
    assert list(found.adjacent_pairs()) == [(0, "users", "alb"), (1, "alb", "logs")]


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
    return [{str(name) for _, name in line} for line in grid(sketch).rows]


def test_the_line_in_which_the_main_flow_begins_comes_first():
    assert rows(SITE_ABOVE) == [{"ci", "registry", "logs"}, {"tasks"}]


def test_what_was_above_it_goes_beneath_all_where_its_paths_can_pass_beside_what_is_between():
    narrow = SITE_ABOVE + "balancer 1,2 in vpc"
    assert rows(narrow) == [{"ci", "registry", "logs"}, {"balancer"}, {"tasks"}]


def test_what_was_above_it_stays_there_where_a_frame_beneath_bars_the_way():
    wide = SITE_ABOVE + "balancer 1,2 in vpc\nweb 2,2 in vpc\ndb 3,2 in vpc"
    assert rows(wide) == [{"tasks"}, {"ci", "registry", "logs"}, {"balancer", "web", "db"}]


def test_without_a_main_flow_lines_stand_as_hinted():
    unnumbered = SITE_ABOVE.replace("#1", "").replace("#2", "")
    assert rows(unnumbered) == [{"tasks"}, {"ci", "registry", "logs"}]
