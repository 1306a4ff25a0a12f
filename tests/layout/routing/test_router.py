"""Paths are straight where possible, and avoid all nodes, titles and frames that they do not belong to."""

from itertools import pairwise

import pytest

from explorer.layout.geometry import Box, Point
from explorer.layout.routing.router import MAX_SEARCH_STEPS, route_edges
from explorer.layout.routing.routing_grid import PATH_SPACING, Obstacle, RoutingGrid
from explorer.layout.routing.segments import intersects, path_segments
from tests.layout.sketches import architecture

COLUMN_WIDTH, ROW_HEIGHT = 200, 160


def route(
    sketch: str,
    frames: dict[str, Box] | None = None,
    titles: list[Box] | None = None,
    max_search_steps: int = MAX_SEARCH_STEPS,
) -> tuple[dict[str, tuple[Point, ...]], RoutingGrid]:
    """Route the edges of a sketch whose nodes are on a wide grid."""
    drawn = architecture(sketch)
    obstacles = {}
    for node in drawn.nodes:
        assert node.column is not None
        assert node.row is not None
        x, y = node.column * COLUMN_WIDTH, node.row * ROW_HEIGHT
        groups = drawn.ancestors(node.group)
        obstacles[node.id] = Obstacle(Box(x + 46, y, 48, 48), Box(x, y, 140, 90), groups, has_companions=False)
    grid = RoutingGrid.from_boxes(obstacles, titles or [], frames or {})  # type: ignore[arg-type]
    return route_edges(drawn, grid, max_search_steps), grid


def count_bends(points: tuple[Point, ...]) -> int:
    return len(points) - 2


def icon(column: int, row: int) -> Box:
    return Box(column * COLUMN_WIDTH + 46, row * ROW_HEIGHT, 48, 48)


def test_neighbors_in_a_row_are_connected_by_a_straight_path():
    paths, _ = route("web 0,0\ndb 1,0\nweb > db")
    assert paths["web>db"] == (Point(94, 24), Point(246, 24))


def test_a_path_can_lead_to_the_left():
    paths, _ = route("web 0,0\ndb 1,0\ndb > web")
    assert paths["db>web"] == (Point(246, 24), Point(94, 24))


def test_a_path_to_the_node_below_starts_below_the_name():
    paths, _ = route("web 0,0\ndb 0,1\nweb > db")
    assert paths["web>db"] == (Point(70, 92), Point(70, ROW_HEIGHT))


def test_a_path_avoids_a_node_between_its_ends():
    paths, grid = route("web 0,0\nwall 1,0\ndb 2,0\nweb > db")
    points = paths["web>db"]
    assert count_bends(points) > 0
    assert not any(intersects(segment, grid.obstacles["wall"].bounds) for segment in path_segments(points))


def test_a_path_avoids_a_foreign_frame():
    frame = Box(190, -20, 160, 130)
    paths, _ = route("group vpc\nweb 0,0\nwall 1,0 in vpc\ndb 2,0\nweb > db", {"vpc": frame})
    assert not any(intersects(segment, frame) for segment in path_segments(paths["web>db"]))


def test_a_path_avoids_a_title():
    title = Box(96, 10, 100, 30)
    paths, _ = route("web 0,0\ndb 1,0\nweb > db", titles=[title])
    assert not any(intersects(segment, title) for segment in path_segments(paths["web>db"]))


def test_a_path_crosses_a_frame_around_its_end_but_does_not_run_along_it():
    frame = Box(184, -30, 172, 140)
    paths, _ = route("group vpc\nweb 0,1\ndb 1,0 in vpc\nweb > db", {"vpc": frame})
    for segment in path_segments(paths["web>db"]):
        sides = (frame.x, frame.right) if segment.vertical else (frame.y, frame.bottom)
        assert all(abs(segment.at - side) > 3 for side in sides)


def test_parallel_paths_keep_their_spacing():
    paths, _ = route("web 0,0\nmail 0,1\ndb 2,0\nlogs 2,1\nweb > logs\nmail > db\nweb > db\nmail > logs")
    segments = {edge: path_segments(points) for edge, points in paths.items()}
    for one, other in [(a, b) for a in segments for b in segments if a < b]:
        for a in segments[one]:
            for b in segments[other]:
                if a.vertical == b.vertical and a.low < b.high and b.low < a.high:
                    assert abs(a.at - b.at) >= PATH_SPACING


def test_two_edges_in_opposite_directions_get_two_straight_paths():
    paths, _ = route("web 0,0\ndb 1,0\nweb > db\ndb > web")
    assert count_bends(paths["web>db"]) == count_bends(paths["db>web"]) == 0
    assert abs(paths["web>db"][0].y - paths["db>web"][0].y) >= PATH_SPACING


def test_a_longer_path_without_crossings_is_better_than_a_short_one_with_a_crossing():
    paths, _ = route("a 0,0\nb 2,0\nc 1,0\nd 1,1\na > b\nc > d")
    crossings = [
        (a, b)
        for a in path_segments(paths["a>b"])
        for b in path_segments(paths["c>d"])
        if a.vertical != b.vertical and a.low < b.at < a.high and b.low < a.at < b.high
    ]
    assert crossings == []


def test_an_edge_from_a_node_to_itself_is_a_loop_at_its_corner():
    paths, _ = route("web 0,0\nweb > web")
    points = paths["web>web"]
    assert points[0] == Point(94, 24)
    assert points[-1] == Point(70, 0)
    assert not any(intersects(segment, icon(0, 0).expanded(-1)) for segment in path_segments(points))


@pytest.mark.parametrize("source", [(0, 0), (0, 1), (1, 2), (2, 0), (2, 2)])
def test_every_path_is_orthogonal_and_connects_both_ends(source):
    sketch = "\n".join(f"n{x}{y} {x},{y}" for x in range(3) for y in range(3))
    source_id = f"n{source[0]}{source[1]}"
    paths, grid = route(f"{sketch}\n{source_id} > n11")
    (points,) = paths.values()
    assert all((a.x == b.x) != (a.y == b.y) for a, b in pairwise(points))
    for end, point in ((source_id, points[0]), ("n11", points[-1])):
        assert grid.obstacles[end].bounds.expanded(2.5).contains(Box(*point, 0, 0))


def test_nodes_that_are_walled_in_get_a_simple_path():
    walls = [Box(120, -100, 8, 400), Box(-100, -60, 500, 8), Box(-100, 120, 500, 8), Box(-60, -100, 8, 400)]
    paths, _ = route("web 0,0\ndb 1,1\nweb > db", titles=walls)
    points = paths["web>db"]
    assert points[0] == Point(94, 24)
    assert points[-1] == Point(246, 184)


def test_without_search_budget_every_edge_still_gets_a_path():
    sketch = "\n".join(f"n{x}{y} {x},{y}" for x in range(4) for y in range(4))
    edges = "\n".join(f"n{x}{y} > n{3 - y}{x}" for x in range(4) for y in range(4))
    full, _ = route(f"{sketch}\n{edges}")
    limited, _ = route(f"{sketch}\n{edges}", max_search_steps=0)
    assert limited.keys() == full.keys()
    assert all(len(points) >= 2 for points in limited.values())
    assert limited != full
