"""Each violation of a quality rule is found in a drawing that has it, and a good drawing has none."""

from dataclasses import replace

import pytest

from explorer.layout.architecture.quality import (
    QualityRule,
    Violation,
    count_crossings,
    smallest_text_on_slide,
    violations,
)
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
    """A good drawing, with the given parts replaced."""
    return placed(
        SKETCH,
        {**ICONS, **(icons or {})},
        {**FRAMES, **(frames or {})},
        {**PATHS, **(paths or {})},
        size=size,
    )


def with_label(text: str, x: float, y: float) -> Placement:
    """The good drawing with a label for its first edge."""
    good = drawing()
    edge, *others = good.edges
    return replace(good, edges=(replace(edge, label=(text_line(text, x, y),)), *others))


def with_step(x: float, y: float, path: list[tuple[float, float]] | None = None) -> Placement:
    """The good drawing with a step number for its first edge."""
    good = drawing(paths={"a>b": path} if path else None)
    edge, *others = good.edges
    return replace(good, edges=(replace(edge, step_center=Point(x, y)), *others))


def test_a_good_drawing_has_no_violations():
    assert violations(drawing()) == ()
    assert violations(with_label("reads", 200, 108)) == ()
    assert violations(with_step(130, 124)) == ()


@pytest.mark.parametrize(
    ("placement", "rule", "elements"),
    [
        (drawing(icons={"b": (68, 100)}), QualityRule.ICON_OVERLAP, "a b"),
        (drawing(icons={"c": (60, 145)}), QualityRule.TEXT_ON_ICON, "a c"),
        (with_label("reads", 62, 152), QualityRule.TEXT_OVERLAP, "a a>b"),
        (with_label("reads", 180, 318), QualityRule.TEXT_ON_EDGE, "a>b c>d"),
        (with_label("reads", 200, 118), QualityRule.TEXT_ON_OWN_PATH, "a>b"),
        (with_label("reads", 285, 108), QualityRule.TEXT_ON_FRAME, "a>b vpc"),
        (with_label("reads", 200, 308), QualityRule.AMBIGUOUS_LABEL, "a>b c>d"),
        (with_step(300, 124), QualityRule.TEXT_ON_FRAME, "a>b vpc"),
        (
            with_step(200, 124, [(108, 124), (200, 124), (200, 110), (360, 110)]),
            QualityRule.STEP_ON_CORNER,
            "a>b",
        ),
        (drawing(paths={"c>d": [(108, 324), (84, 324), (84, 120), (360, 120)]}), QualityRule.EDGE_ON_NODE, "c>d a"),
        (
            drawing(paths={"c>d": [(84, 366), (84, 380), (320, 380), (320, 190), (384, 190), (384, 300)]}),
            QualityRule.EDGE_IN_GROUP,
            "c>d vpc",
        ),
        (drawing(paths={"a>b": [(70, 124), (360, 124)]}), QualityRule.EDGE_ON_OWN_END, "a>b a"),
        (drawing(paths={"a>b": [(108, 124), (340, 124)]}), QualityRule.EDGE_NOT_CONNECTED, "a>b b"),
        (
            drawing(paths={"a>b": [(108, 124), (299, 124), (299, 180), (340, 180), (340, 124), (360, 124)]}),
            QualityRule.EDGE_ALONG_FRAME,
            "a>b vpc",
        ),
        (
            drawing(paths={"c>d": [(108, 324), (130, 324), (130, 130), (250, 130), (250, 324), (360, 324)]}),
            QualityRule.EDGES_TOO_CLOSE,
            "a>b c>d",
        ),
        (
            drawing(paths={"c>d": [(108, 128), (250, 128), (250, 324), (360, 324)]}),
            QualityRule.EDGE_ENDS_TOUCH,
            "a>b c>d",
        ),
        (drawing(frames={"vpc": Box(300, 40, 70, 160)}), QualityRule.NODE_OUTSIDE_GROUP, "b vpc"),
        (drawing(frames={"vpc": Box(20, 40, 480, 160)}), QualityRule.NODE_IN_FOREIGN_GROUP, "a vpc"),
        (drawing(frames={"vpc": Box(300, 90, 30, 160)}), QualityRule.TITLE_OUTSIDE_GROUP, "vpc"),
        (drawing(icons={"b": (360, 104)}), QualityRule.NOT_ALIGNED, "row 0"),
        (drawing(icons={"d": (364, 300)}), QualityRule.NOT_ALIGNED, "column 1"),
        (drawing(icons={"c": (60, 20), "d": (360, 20)}), QualityRule.NOT_IN_ORDER, "row 1 row 0"),
        (
            drawing(paths={"c>d": [(108, 324), (920, 324), (920, 310), (408, 310)]}),
            QualityRule.EDGE_OUTSIDE_PAGE,
            "c>d",
        ),
        (drawing(size=(900, 300)), QualityRule.ASPECT_RATIO, "3.00"),
        (drawing(size=(1500, 800)), QualityRule.SMALL_TEXT, "7.68"),
    ],
    ids=lambda value: value.name.lower() if isinstance(value, QualityRule) else "",
)
def test_a_violation_is_found(placement, rule, elements):
    assert Violation(rule, tuple(elements.split())) in violations(placement)


def test_overlapping_groups_are_found():
    placement = placed(
        "group one\ngroup two\na in one\nb in two",
        {"a": (60, 100), "b": (360, 100)},
        {"one": Box(20, 40, 300, 160), "two": Box(300, 40, 200, 160)},
    )
    assert Violation(QualityRule.GROUP_OVERLAP, ("one", "two")) in violations(placement)


def test_a_group_outside_its_parent_is_found():
    placement = placed(
        "group one\ngroup two in one\na in two",
        {"a": (60, 100)},
        {"one": Box(20, 0, 300, 160), "two": Box(40, 40, 300, 130)},
    )
    assert Violation(QualityRule.GROUP_OUTSIDE_PARENT, ("two", "one")) in violations(placement)


def test_two_crossings_are_counted_and_allowed():
    crossed = drawing(paths={"c>d": [(108, 324), (200, 324), (200, 20), (250, 20), (250, 324), (360, 324)]})
    assert count_crossings(drawing()) == 0
    assert count_crossings(crossed) == 2
    assert QualityRule.TOO_MANY_CROSSINGS not in {violation.rule for violation in violations(crossed)}


def test_a_violation_reads_as_a_sentence():
    violation = Violation(QualityRule.EDGE_ON_NODE, ("c>d", "a"))
    assert str(violation) == "the edge c>d crosses the node a"


def test_the_smallest_text_is_measured_on_a_slide_that_the_drawing_fills():
    assert smallest_text_on_slide(drawing(size=(1280, 600))) == pytest.approx(9.0, abs=0.01)
    assert smallest_text_on_slide(drawing(size=(800, 720))) == pytest.approx(9.0, abs=0.01)
