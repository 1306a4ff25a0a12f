"""A connector on a slide follows the path of the picture."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.export.slides.connectors import MIN_SIZE, bent_connector
from explorer.layout.geometry import Point
from tests.export.slides.connector_paths import connector_path


def path(*stops: tuple[float, float]) -> list[Point]:
    return [Point(float(x), float(y)) for x, y in stops]


@st.composite
def right_angled(draw: st.DrawFn) -> list[Point]:
    """A path of one to five segments at right angles."""
    points = [Point(draw(st.integers(-500, 500)), draw(st.integers(-500, 500)))]
    vertical = draw(st.booleans())
    for _ in range(draw(st.integers(1, 5))):
        step = draw(st.integers(-400, 400).filter(lambda run: abs(run) >= 2))
        last = points[-1]
        points.append(Point(last.x, last.y + step) if vertical else Point(last.x + step, last.y))
        vertical = not vertical
    return points


def assert_same(found: tuple[Point, ...], points: list[Point]) -> None:
    assert len(found) == len(points)
    for one, other in zip(found, points, strict=True):
        # A bent connector needs a minimum size even if start and end are on one line.
        assert one.x == pytest.approx(other.x, abs=MIN_SIZE + 0.02)
        assert one.y == pytest.approx(other.y, abs=MIN_SIZE + 0.02)


@given(right_angled())
def test_a_path_of_up_to_four_bends_is_followed_exactly(points):
    assert_same(connector_path(bent_connector(points)), points)


def test_the_number_of_bends_selects_the_preset():
    presets = [
        bent_connector(points).preset
        for points in (
            path((0, 0), (9, 0)),
            path((0, 0), (9, 0), (9, 9)),
            path((0, 0), (9, 0), (9, 9), (20, 9)),
            path((0, 0), (9, 0), (9, 9), (20, 9), (20, 30)),
            path((0, 0), (9, 0), (9, 9), (20, 9), (20, 30), (40, 30)),
        )
    ]
    assert presets == ["straightConnector1", *(f"bentConnector{pieces}" for pieces in (2, 3, 4, 5))]


def test_points_on_a_straight_line_are_ignored():
    assert bent_connector(path((0, 0), (4, 0), (4, 0), (9, 0))).preset == "straightConnector1"


def test_a_path_with_too_many_bends_keeps_its_ends_and_first_direction():
    crooked = path((0, 0), (0, 9), (9, 9), (9, 20), (20, 20), (20, 30), (40, 30))
    found = connector_path(bent_connector(crooked))
    assert (found[0], found[-1]) == (crooked[0], crooked[-1])
    assert found[1].x == 0


def test_a_diagonal_path_keeps_its_ends():
    found = connector_path(bent_connector(path((0, 0), (7, 3), (20, 40))))
    assert (found[0], found[-1]) == (Point(0, 0), Point(20, 40))
