"""Between two drawings of a thing there is always a way, and it always arrives."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from explorer.layout.geometry import Box, Point
from explorer.render.picture import Disc, Frame, Item, Kind, Polyline, Shape, Stroke, Words
from explorer.ui.widgets.reduced_motion import between
from tests.ui.stage import INK

shapes = st.lists(
    st.sampled_from(
        [
            Frame(Box(0, 0, 9, 9)),
            Disc(Point(4, 4), 3, INK),
            Words("x", Box(0, 0, 9, 9), 9, INK),
            Polyline((Point(0, 0), Point(9, 9)), Stroke(INK, 1)),
            Polyline((Point(0, 0), Point(9, 0), Point(9, 9)), Stroke(INK, 1)),
        ]
    ),
    max_size=4,
)


@given(shapes, shapes, st.sampled_from([Kind.NODE, Kind.EDGE]), st.floats(0, 1))
def test_between_any_two_drawings_there_is_a_way_that_ends_at_the_second(
    before: list[Shape], after: list[Shape], kind: Kind, share: float
):
    one = Item("x", kind, "", "", Box(0, 0, 9, 9), tuple(before))
    other = Item("x", kind, "", "", Box(50, 50, 9, 9), tuple(after))
    assert between(one, other, 1) == other
    midway = between(one, other, share)
    assert len(midway.shapes) == len(after)
    assert 0 <= midway.opacity <= 1
