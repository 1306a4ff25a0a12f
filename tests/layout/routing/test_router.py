"""Paths go straight where they can, and round what they have nothing to do with where they cannot."""

from itertools import pairwise

import pytest

from explorer.layout.geometry import Box, Point
from explorer.layout.routing.router import route_edges
from explorer.layout.routing.routing_grid import (
    PATH_SPACING,
    Obstacle,
    RoutingGrid,
    intersects,
    path_segments,
)
from tests.layout.sketches import architecture

COLUMN, LINE = 200, 160


def paths(
    sketch: str, frames: dict[str, Box] | None = None, titles: list[Box] | None = None
) -> tuple[dict[str, tuple[Point, ...]], RoutingGrid]:
    """The paths of a sketch whose nodes stand on a wide grid."""
    drawn = architecture(sketch)
    sites = {}
    for node in drawn.nodes:
        assert node.column is not None
        assert node.row is not None
        x, y = node.column * COLUMN, node.row * LINE
        groups = drawn.ancestors(node.group)
        sites[node.id] = Obstacle(Box(x + 46, y, 48, 48), Box(x, y, 140, 90), groups, has_companions=False)
    ways = RoutingGrid.from_boxes(sites, titles or [], frames or {})  # type: ignore[arg-type]
    return route_edges(drawn, ways), ways


def bends(points: tuple[Point, ...]) -> int:
    return len(points) - 2


def icon(column: int, line: int) -> Box:
    return Box(column * COLUMN + 46, line * LINE, 48, 48)


def test_neighbours_in_line_are_joined_by_a_straight_path_from_side_to_side():
    found, _ = paths("web 0,0\ndb 1,0\nweb > db")
    assert found["web>db"] == (Point(94, 24), Point(246, 24))


def test_a_path_may_lead_backwards():
    found, _ = paths("web 0,0\ndb 1,0\ndb > web")
    assert found["db>web"] == (Point(246, 24), Point(94, 24))


def test_nodes_one_above_the_other_are_joined_from_beneath_the_words():
    found, _ = paths("web 0,0\ndb 0,1\nweb > db")
    assert found["web>db"] == (Point(70, 92), Point(70, LINE))


def test_a_path_goes_round_a_node_in_its_way():
    found, ways = paths("web 0,0\nwall 1,0\ndb 2,0\nweb > db")
    points = found["web>db"]
    assert bends(points) > 0
    assert not any(intersects(piece, ways.obstacles["wall"].bounds) for piece in path_segments(points))


def test_a_path_goes_round_a_frame_and_a_title_that_it_has_nothing_to_do_with():
    frame = Box(190, -20, 160, 130)
    found, _ = paths("group vpc\nweb 0,0\nwall 1,0 in vpc\ndb 2,0\nweb > db", {"vpc": frame})
    assert not any(intersects(piece, frame) for piece in path_segments(found["web>db"]))
    title = Box(96, 10, 100, 30)
    found, _ = paths("web 0,0\ndb 1,0\nweb > db", titles=[title])
    assert not any(intersects(piece, title) for piece in path_segments(found["web>db"]))


def test_a_path_into_a_frame_crosses_it_at_a_right_angle_and_never_runs_along_it():
    frame = Box(184, -30, 172, 140)
    found, _ = paths("group vpc\nweb 0,1\ndb 1,0 in vpc\nweb > db", {"vpc": frame})
    for piece in path_segments(found["web>db"]):
        sides = (frame.x, frame.right) if piece.vertical else (frame.y, frame.bottom)
        assert all(abs(piece.at - side) > 3 for side in sides)


def test_no_two_paths_share_a_place_or_run_side_by_side_too_closely():
    found, _ = paths("web 0,0\nmail 0,1\ndb 2,0\nlogs 2,1\nweb > logs\nmail > db\nweb > db\nmail > logs")
    pieces = {name: path_segments(points) for name, points in found.items()}
    for one, two in [(a, b) for a in pieces for b in pieces if a < b]:
        for a in pieces[one]:
            for b in pieces[two]:
                if a.vertical == b.vertical and a.low < b.high and b.low < a.high:
                    assert abs(a.at - b.at) >= PATH_SPACING


def test_an_edge_there_and_one_back_are_two_paths():
    found, _ = paths("web 0,0\ndb 1,0\nweb > db\ndb > web")
    assert bends(found["web>db"]) == bends(found["db>web"]) == 0
    assert abs(found["web>db"][0].y - found["db>web"][0].y) >= PATH_SPACING


def test_a_short_way_across_a_path_gives_way_to_a_longer_one_that_crosses_none():
    found, _ = paths("a 0,0\nb 2,0\nc 1,0\nd 1,1\na > b\nc > d")
    one, two = path_segments(found["a>b"]), path_segments(found["c>d"])
    crossing = [
        (a, b) for a in one for b in two if a.vertical != b.vertical and a.low < b.at < a.high and b.low < a.at < b.high
    ]
    assert crossing == []


def test_an_edge_from_a_node_to_itself_is_a_loop_at_its_corner():
    found, _ = paths("web 0,0\nweb > web")
    points = found["web>web"]
    assert points[0] == Point(94, 24)
    assert points[-1] == Point(70, 0)
    assert not any(intersects(piece, icon(0, 0).expanded(-1)) for piece in path_segments(points))


@pytest.mark.parametrize("source", [(0, 0), (0, 1), (1, 2), (2, 0), (2, 2)])
def test_every_path_has_right_angles_and_joins_the_two_ends(source):
    sketch = "\n".join(f"n{x}{y} {x},{y}" for x in range(3) for y in range(3))
    name = f"n{source[0]}{source[1]}"
    found, ways = paths(f"{sketch}\n{name} > n11")
    (points,) = found.values()
    assert all((a.x == b.x) != (a.y == b.y) for a, b in pairwise(points))
    for end, point in ((name, points[0]), ("n11", points[-1])):
        assert ways.obstacles[end].bounds.expanded(2.5).contains(Box(*point, 0, 0))


def test_what_is_walled_in_is_still_joined_by_a_plain_step():
    walls = [Box(120, -100, 8, 400), Box(-100, -60, 500, 8), Box(-100, 120, 500, 8), Box(-60, -100, 8, 400)]
    found, _ = paths("web 0,0\ndb 1,1\nweb > db", titles=walls)
    points = found["web>db"]
    assert points[0] == Point(94, 24)
    assert points[-1] == Point(246, 184)
