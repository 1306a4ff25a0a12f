"""Words stand beside their own path, numbers on it, and both clear of everything else."""

from dataclasses import replace

from explorer.core.model.architecture import Edge
from explorer.layout.geometry import Box, PlacedEdge, Point
from explorer.layout.routing.edge_labels import STEP_RADIUS, label_edges
from explorer.layout.routing.routing_grid import Segment, box_sides
from tests.layout.sketches import METRICS, architecture

LEVEL = (Point(0, 100), Point(200, 100))


def edge(label: str = "reads", step: int | None = None, ends: str = "a > b") -> Edge:
    (found,) = architecture(f"a\nb\n{ends}").edges
    return replace(found, label=label, step=step)


def labelled(
    one: Edge, points: tuple[Point, ...], solid: list[Box] | None = None, borders: list[Segment] | None = None
) -> PlacedEdge:
    (found,) = label_edges([one], {one.id: points}, solid or [], borders or [], METRICS)
    return found


def test_words_stand_above_the_middle_of_a_level_path():
    (line,) = labelled(edge(), LEVEL).label
    assert line.box.center.x == 100
    assert line.box.bottom < 100


def test_words_stand_beneath_where_above_is_taken():
    (line,) = labelled(edge(), LEVEL, [Box(0, 60, 200, 39)]).label
    assert line.box.y > 100


def test_words_stand_at_the_right_of_an_upright_path():
    (line,) = labelled(edge(), (Point(50, 0), Point(50, 200))).label
    assert line.box.x > 50
    assert line.box.center.y == 100


def test_long_words_break_where_one_line_has_no_room():
    walls = [Box(0, 40, 60, 120), Box(140, 40, 60, 120)]
    lines = labelled(edge("pull by the role"), LEVEL, walls).label
    assert " ".join(line.text for line in lines) == "pull by the role"
    assert len(lines) > 1
    assert not any(line.box.overlaps(wall) for line in lines for wall in walls)


def test_words_stand_between_frame_lines_and_not_on_one():
    frame = Box(90, 0, 300, 200)
    (line,) = labelled(edge(), LEVEL, borders=[*box_sides(frame)]).label
    assert line.box.right < 90 or line.box.x > 90


def test_words_stand_in_the_longest_stretch_that_nothing_crosses():
    crossing = Segment(vertical=True, at=60, low=0, high=200)
    beyond = Segment(vertical=True, at=400, low=0, high=200)
    (line,) = labelled(edge(), LEVEL, borders=[crossing, beyond]).label
    assert line.box.center.x == 130
    assert line.box.bottom < 100


def test_words_stand_beside_a_long_upright_stretch_rather_than_over_one_too_short_for_them():
    bent = (Point(0, 100), Point(34, 100), Point(34, 400))
    (line,) = labelled(edge(), bent).label
    assert line.box.x > 34
    assert 200 < line.box.center.y < 300


def test_words_are_not_cut_short_where_another_line_spares_it():
    text = "pull the image by the execution role"
    lines = labelled(edge(text), LEVEL).label
    assert " ".join(line.text for line in lines) == text


def test_words_keep_off_their_own_number():
    found = labelled(edge(step=1), LEVEL)
    (line,) = found.label
    assert found.step_center is not None
    assert not Box(
        found.step_center.x - STEP_RADIUS, found.step_center.y - STEP_RADIUS, 2 * STEP_RADIUS, 2 * STEP_RADIUS
    ).overlaps(line.box)


def test_words_are_nearest_to_their_own_path():
    one, two = edge("reads"), edge("", ends="c > d")
    two = replace(two, source=one.target, target=one.source)
    found = label_edges([one, two], {one.id: LEVEL, two.id: (Point(0, 82), Point(200, 82))}, [], [], METRICS)
    (line,) = found[0].label
    assert line.box.y > 100


def test_a_number_stands_near_the_start_and_on_its_path():
    badge = labelled(edge(step=1), LEVEL).step_center
    assert badge is not None
    assert badge.y == 100
    assert badge.x < 30


def test_a_number_keeps_off_corners_frame_lines_and_boxes():
    points = (Point(0, 100), Point(20, 100), Point(20, 300))
    badge = labelled(edge(step=1), points, [Box(0, 110, 60, 20)], [Segment(False, 150, -50, 50)]).step_center
    assert badge is not None
    assert badge.x == 20
    assert badge.y > 150 + STEP_RADIUS


def test_a_number_on_a_path_too_short_for_it_stands_in_its_middle():
    badge = labelled(edge("", step=1), (Point(0, 0), Point(20, 0))).step_center
    assert badge == Point(10, 0)


def test_no_words_and_no_number_are_nothing():
    found = labelled(edge(""), LEVEL)
    assert found.label == ()
    assert found.step_center is None


def test_where_all_is_taken_words_stand_farther_off_rather_than_on_top():
    crowd = [Box(-100, 100 - 40, 400, 39), Box(-100, 101, 400, 40)]
    lines = labelled(edge(), LEVEL, crowd).label
    assert not any(line.box.overlaps(box) for line in lines for box in crowd)
