"""Each way to fall short is found when it is planted, and a sound drawing has none."""

from dataclasses import replace

import pytest

from explorer.layout.architecture.quality import count_crossings, smallest_text_on_slide, violations
from explorer.layout.geometry import Box, Placement, Point
from tests.layout.sketches import placed, text_line

SKETCH = """
    group vpc
    a 0,0
    b 1,0 in vpc
    c 0,1
    d 1,1
    a > b
    c > d
"""
ICONS = {"a": (60.0, 100.0), "b": (360.0, 100.0), "c": (60.0, 300.0), "d": (360.0, 300.0)}
FRAMES = {"vpc": Box(300, 40, 200, 160)}
PATHS = {"a>b": [(108.0, 124.0), (360.0, 124.0)], "c>d": [(108.0, 324.0), (360.0, 324.0)]}


def drawing(
    icons: dict[str, tuple[float, float]] | None = None,
    frames: dict[str, Box] | None = None,
    paths: dict[str, list[tuple[float, float]]] | None = None,
    size: tuple[float, float] = (900.0, 500.0),
) -> Placement:
    return placed(
        SKETCH,
        {**ICONS, **(icons or {})},
        {**FRAMES, **(frames or {})},
        {**PATHS, **(paths or {})},
        size=size,
    )


def labelled(text: str, x: float, y: float) -> Placement:
    """The drawing with words for its first edge."""
    sound = drawing()
    edge, *others = sound.edges
    return replace(sound, edges=(replace(edge, label=(text_line(text, x, y),)), *others))


def numbered(x: float, y: float, path: list[tuple[float, float]] | None = None) -> Placement:
    sound = drawing(paths={"a>b": path} if path else None)
    edge, *others = sound.edges
    return replace(sound, edges=(replace(edge, step_center=Point(x, y)), *others))


def test_a_sound_drawing_has_no_faults():
    assert violations(drawing()) == ()
    assert violations(labelled("reads", 200, 108)) == ()
    assert violations(numbered(130, 124)) == ()


@pytest.mark.parametrize(
    ("planted", "fault"),
    [
        (drawing(icons={"b": (68, 100)}), "the icons of a and b meet"),
        (drawing(icons={"c": (60, 145)}), "words of a meet the icon of c"),
        (labelled("reads", 62, 152), "words of a meet words of a>b"),
        (labelled("reads", 180, 318), "words of a>b meet the edge c>d"),
        (labelled("reads", 200, 118), "words of a>b meet their own path"),
        (labelled("reads", 285, 108), "words of a>b stand on the frame of vpc"),
        (labelled("reads", 200, 308), "words of a>b are as near to c>d"),
        (numbered(300, 124), "words of a>b stand on the frame of vpc"),
        (
            numbered(200, 124, [(108, 124), (200, 124), (200, 110), (360, 110)]),
            "the number of a>b sits on a corner",
        ),
        (drawing(paths={"c>d": [(108, 324), (84, 324), (84, 120), (360, 120)]}), "the edge c>d crosses a"),
        (
            drawing(paths={"c>d": [(84, 366), (84, 380), (320, 380), (320, 190), (384, 190), (384, 300)]}),
            "the edge c>d crosses the group vpc",
        ),
        (drawing(paths={"a>b": [(70, 124), (360, 124)]}), "the edge a>b runs through its own end a"),
        (drawing(paths={"a>b": [(108, 124), (340, 124)]}), "the edge a>b does not reach b"),
        (
            drawing(paths={"a>b": [(108, 124), (299, 124), (299, 180), (340, 180), (340, 124), (360, 124)]}),
            "the edge a>b runs along the frame of vpc",
        ),
        (
            drawing(paths={"c>d": [(108, 324), (130, 324), (130, 130), (250, 130), (250, 324), (360, 324)]}),
            "the edges a>b and c>d run too close",
        ),
        (
            drawing(paths={"c>d": [(108, 128), (250, 128), (250, 324), (360, 324)]}),
            "the ends of a>b and c>d touch",
        ),
        (drawing(frames={"vpc": Box(300, 40, 70, 160)}), "b leaves its group vpc"),
        (
            drawing(frames={"vpc": Box(20, 40, 480, 160)}),
            "a stands in the group vpc, where it does not belong",
        ),
        (drawing(frames={"vpc": Box(300, 90, 30, 160)}), "the title of vpc leaves its frame"),
        (drawing(icons={"b": (360, 104)}), "line 0 is not in line"),
        (drawing(icons={"d": (364, 300)}), "column 1 is not in line"),
        (drawing(icons={"c": (60, 20), "d": (360, 20)}), "line 1 does not come after line 0"),
        (
            drawing(paths={"c>d": [(108, 324), (920, 324), (920, 310), (408, 310)]}),
            "the edge c>d leaves the page",
        ),
        (drawing(size=(900, 300)), "3.00 times as wide as high"),
        (drawing(size=(1500, 800)), "text of 7.68 points on a slide"),
    ],
    ids=lambda value: value.replace(" ", "-") if isinstance(value, str) else "",
)
def test_a_planted_fault_is_found(planted, fault):
    assert fault in violations(planted)


def test_groups_that_overlap_are_found():
    found = placed(
        "group one\ngroup two\na in one\nb in two",
        {"a": (60, 100), "b": (360, 100)},
        {"one": Box(20, 40, 300, 160), "two": Box(300, 40, 200, 160)},
    )
    assert "the groups one and two overlap" in violations(found)


def test_a_frame_that_leaves_the_one_around_it_is_found():
    found = placed(
        "group one\ngroup two in one\na in two",
        {"a": (60, 100)},
        {"one": Box(20, 0, 300, 160), "two": Box(40, 40, 300, 130)},
    )
    assert "the group two leaves its group one" in violations(found)


def test_crossings_are_counted():
    crossed = drawing(paths={"c>d": [(108, 324), (200, 324), (200, 20), (250, 20), (250, 324), (360, 324)]})
    assert count_crossings(drawing()) == 0
    assert count_crossings(crossed) == 2
    assert not any("crossings" in fault for fault in violations(crossed))


def test_the_smallest_text_is_measured_on_a_slide_that_the_drawing_fills():
    assert smallest_text_on_slide(drawing(size=(1280, 600))) == pytest.approx(9.0, abs=0.01)
    assert smallest_text_on_slide(drawing(size=(800, 720))) == pytest.approx(9.0, abs=0.01)
