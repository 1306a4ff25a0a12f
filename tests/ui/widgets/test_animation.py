"""Two drawings of an item can always be interpolated, and the interpolation ends at the second."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from explorer.layout.geometry import Box, Point
from explorer.render.picture import Circle, Item, ItemKind, Polyline, Rectangle, Shape, Stroke, TextShape
from explorer.ui.widgets.animation import interpolate
from tests.ui.stage import INK

shapes = st.lists(
    st.sampled_from(
        [
            Rectangle(Box(0, 0, 9, 9)),
            Circle(Point(4, 4), 3, INK),
            TextShape("x", Box(0, 0, 9, 9), 9, INK),
            Polyline((Point(0, 0), Point(9, 9)), Stroke(INK, 1)),
            Polyline((Point(0, 0), Point(9, 0), Point(9, 9)), Stroke(INK, 1)),
        ]
    ),
    max_size=4,
)


@given(shapes, shapes, st.sampled_from([ItemKind.NODE, ItemKind.EDGE]), st.floats(0, 1))
def test_any_two_drawings_can_be_interpolated_and_end_at_the_second(
    before: list[Shape], after: list[Shape], kind: ItemKind, share: float
):
    first = Item("x", kind, "", "", Box(0, 0, 9, 9), tuple(before))
    second = Item("x", kind, "", "", Box(50, 50, 9, 9), tuple(after))
    assert interpolate(first, second, 1) == second
    midway = interpolate(first, second, share)
    assert len(midway.shapes) == len(after)
    assert 0 <= midway.opacity <= 1
