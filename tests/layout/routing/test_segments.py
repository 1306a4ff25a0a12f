"""The indexes of segments and boxes find the same elements as a search through all of them."""

from hypothesis import given
from hypothesis import strategies as st

from explorer.layout.geometry import Box
from explorer.layout.routing.segments import BoxIndex, Segment, SegmentIndex, box_sides, intersects

coordinates = st.integers(-600, 600)
lengths = st.integers(0, 500)
boxes = st.builds(Box, coordinates, coordinates, lengths, lengths)
segments = st.builds(
    lambda vertical, at, low, length: Segment(vertical, at, low, low + length),
    st.booleans(),
    coordinates,
    coordinates,
    lengths,
)
owned_segments = st.lists(st.tuples(st.sampled_from("abc"), segments), max_size=12)


@given(st.lists(boxes, max_size=12), boxes)
def test_the_box_index_finds_every_overlap(others, box):
    assert BoxIndex(others).overlaps(box) == any(box.overlaps(other) for other in others)


@given(owned_segments, boxes, st.sampled_from(["a", None]))
def test_the_segment_index_finds_every_intersection_of_other_owners(owned, box, ignored):
    expected = any(owner != ignored and intersects(segment, box) for owner, segment in owned)
    assert SegmentIndex(owned).intersects(box, ignored) == expected


@given(owned_segments, segments)
def test_the_segment_index_finds_every_crossing(owned, segment):
    expected = {
        other
        for owner, other in owned
        if owner != "a"
        and other.vertical != segment.vertical
        and other.low < segment.at < other.high
        and segment.low < other.at < segment.high
    }
    assert set(SegmentIndex(owned).crossing(segment, "a")) == expected


def test_the_sides_of_a_box_do_not_intersect_its_inside():
    box = Box(10, 20, 30, 40)
    assert not any(intersects(side, box) for side in box_sides(box))
