"""Labels are beside their path, step numbers are on it, and both avoid all other elements."""

from dataclasses import replace

from explorer.core.model.architecture import Edge
from explorer.layout.geometry import Box, PlacedEdge, Point
from explorer.layout.routing.edge_labels import label_edges, step_box
from explorer.layout.routing.segments import Segment, box_sides
from tests.layout.sketches import METRICS, architecture

HORIZONTAL = (Point(0, 100), Point(200, 100))


def edge(label: str = "reads", step: int | None = None, ends: str = "a > b") -> Edge:
    (found,) = architecture(f"a\nb\n{ends}").edges
    return replace(found, label=label, step=step)


def place(
    one: Edge,
    points: tuple[Point, ...],
    obstacles: list[Box] | None = None,
    frame_sides: list[Segment] | None = None,
) -> PlacedEdge:
    (placed,) = label_edges([one], {one.id: points}, obstacles or [], frame_sides or [], METRICS)
    return placed


def test_a_label_is_above_the_middle_of_a_horizontal_path():
    (line,) = place(edge(), HORIZONTAL).label
    assert line.box.center.x == 100
    assert line.box.bottom < 100


def test_a_label_is_below_the_path_if_the_area_above_is_occupied():
    (line,) = place(edge(), HORIZONTAL, [Box(0, 60, 200, 39)]).label
    assert line.box.y > 100


def test_a_label_is_at_the_right_of_a_vertical_path():
    (line,) = place(edge(), (Point(50, 0), Point(50, 200))).label
    assert line.box.x > 50
    assert line.box.center.y == 100


def test_a_long_label_is_wrapped_if_one_line_has_no_space():
    walls = [Box(0, 40, 60, 120), Box(140, 40, 60, 120)]
    lines = place(edge("pull by the role"), HORIZONTAL, walls).label
    assert " ".join(line.text for line in lines) == "pull by the role"
    assert len(lines) > 1
    assert not any(line.box.overlaps(wall) for line in lines for wall in walls)


def test_a_label_is_not_on_a_frame_side():
    frame = Box(90, 0, 300, 200)
    (line,) = place(edge(), HORIZONTAL, frame_sides=[*box_sides(frame)]).label
    assert line.box.right < 90 or line.box.x > 90


def test_a_label_is_beside_the_longest_part_that_nothing_crosses():
    crossing = Segment(vertical=True, at=60, low=0, high=200)
    beyond = Segment(vertical=True, at=400, low=0, high=200)
    (line,) = place(edge(), HORIZONTAL, frame_sides=[crossing, beyond]).label
    assert line.box.center.x == 130
    assert line.box.bottom < 100


def test_a_label_is_beside_a_long_vertical_segment_if_the_horizontal_one_is_too_short():
    path = (Point(0, 100), Point(34, 100), Point(34, 400))
    (line,) = place(edge(), path).label
    assert line.box.x > 34
    assert 200 < line.box.center.y < 300


def test_a_label_is_wrapped_rather_than_shortened():
    text = "pull the image by the execution role"
    lines = place(edge(text), HORIZONTAL).label
    assert " ".join(line.text for line in lines) == text


def test_a_label_does_not_cover_its_own_step_number():
    placed = place(edge(step=1), HORIZONTAL)
    (line,) = placed.label
    assert placed.step_center is not None
    assert not step_box(placed.step_center).overlaps(line.box)


def test_a_label_is_nearest_to_its_own_path():
    one, two = edge("reads"), edge("", ends="c > d")
    two = replace(two, source=one.target, target=one.source)
    first, _ = label_edges([one, two], {one.id: HORIZONTAL, two.id: (Point(0, 82), Point(200, 82))}, [], [], METRICS)
    (line,) = first.label
    assert line.box.y > 100


def test_a_step_number_is_on_the_path_near_its_start():
    center = place(edge(step=1), HORIZONTAL).step_center
    assert center is not None
    assert center.y == 100
    assert center.x < 30


def test_a_step_number_avoids_corners_frame_sides_and_boxes():
    points = (Point(0, 100), Point(20, 100), Point(20, 300))
    center = place(edge(step=1), points, [Box(0, 110, 60, 20)], [Segment(False, 150, -50, 50)]).step_center
    assert center is not None
    assert center.x == 20
    assert step_box(center).y > 150


def test_a_step_number_is_in_the_middle_of_a_path_that_is_too_short():
    center = place(edge("", step=1), (Point(0, 0), Point(20, 0))).step_center
    assert center == Point(10, 0)


def test_an_edge_without_label_and_step_gets_neither():
    placed = place(edge(""), HORIZONTAL)
    assert placed.label == ()
    assert placed.step_center is None


def test_a_label_is_farther_from_its_path_if_all_near_positions_are_occupied():
    occupied = [Box(-100, 100 - 40, 400, 39), Box(-100, 101, 400, 40)]
    lines = place(edge(), HORIZONTAL, occupied).label
    assert not any(line.box.overlaps(box) for line in lines for box in occupied)


def test_without_position_budget_every_label_is_still_placed():
    one = edge("pull by the role", step=1)
    (placed,) = label_edges([one], {one.id: HORIZONTAL}, [], [], METRICS, max_positions=0)
    assert " ".join(line.text for line in placed.label) == "pull by the role"
    assert placed.step_center is not None
