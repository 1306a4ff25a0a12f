"""An architecture is placed so that it can be shown, with hints for the reading order or without."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.core.model.architecture import Architecture, ElementState
from explorer.layout.architecture.cache import LayoutCache
from explorer.layout.architecture.place import layout_architecture
from explorer.layout.architecture.quality import violations
from explorer.layout.geometry import Box, Placement
from explorer.layout.graphviz.process import Graphviz, LayoutError, find_graphviz
from explorer.layout.page import ASPECT_RANGE, FULL_TEXT_SHAPE, NATURAL_SHAPE, PAGE_MARGIN
from tests.layout.sketches import METRICS, FixedAnswerEngine, architecture

pytestmark = pytest.mark.graphviz

WEB_SHOP = """
    group cloud
    group region in cloud
    group vpc in region
    users 0,1
    ci 0,0
    registry 1,0 in region
    scan at registry
    logs 3,0 in region
    balancer 1,1 in vpc
    web 2,1 in vpc
    role at web
    db 3,1 in vpc
    ci > registry #1: push image
    users > balancer #2: requests
    balancer > web #3: forwards
    web > db: reads
    registry > web #4: pull
    web >> logs: logs
"""


def placed(sketch: str) -> Placement:
    return layout_architecture(architecture(sketch), METRICS, find_graphviz())


@dataclass
class Counting:
    """The layout program, and what it was asked."""

    asked: list[str] = field(default_factory=list)

    def run(self, source: str) -> dict[str, Any]:
        self.asked.append(source)
        return find_graphviz().run(source)

    def __hash__(self) -> int:
        return id(self)


def test_nothing_is_an_empty_page():
    found = layout_architecture(Architecture((), (), ()), METRICS, FixedAnswerEngine("{}"))
    assert (found.nodes, found.edges, found.groups) == ((), (), ())
    assert found.size[0] == found.size[1] == 2 * PAGE_MARGIN


def test_a_hinted_architecture_has_no_fault():
    assert violations(placed(WEB_SHOP)) == ()


def test_everything_is_there_once():
    found, drawn = placed(WEB_SHOP), architecture(WEB_SHOP)
    assert sorted(node.node.id for node in found.nodes) == sorted(node.id for node in drawn.nodes)
    assert [edge.edge for edge in found.edges] == list(drawn.edges)
    assert [group.group for group in found.groups] == list(drawn.groups)


def test_the_same_architecture_is_always_placed_alike():
    assert placed(WEB_SHOP) == placed(WEB_SHOP)


def test_how_firmly_things_are_decided_moves_nothing():
    firm, usual = placed(WEB_SHOP), placed(WEB_SHOP.replace("db 3,1", "~db 3,1"))
    assert usual.node_by_id["db"].node.state is ElementState.DEFAULT
    assert [node.icon_box for node in firm.nodes] == [node.icon_box for node in usual.nodes]
    assert [edge.points for edge in firm.edges] == [edge.points for edge in usual.edges]


def test_the_drawing_stands_in_the_middle_of_a_page_of_sound_shape():
    found = placed("web 0,0\ndb 1,0\nlogs 2,0\nweb > db")
    width, height = found.size
    assert width / height == pytest.approx(ASPECT_RANGE[1])
    boxes = [node.icon_box for node in found.nodes]
    assert min(box.y for box in boxes) == pytest.approx(
        height - max(line.box.bottom for node in found.nodes for line in node.lines), abs=1
    )


def test_nodes_that_claim_one_cell_stand_one_beneath_the_other():
    found = placed("group region\nweb 0,0\n!map 1,0 in region\n!mesh 1,0 in region\nweb > map\nweb > mesh")
    assert violations(found) == ()
    assert found.node_by_id["map"].icon_box.y < found.node_by_id["mesh"].icon_box.y


def test_a_program_that_lacks_places_is_a_layout_error():
    with pytest.raises(LayoutError, match="lacks places"):
        layout_architecture(architecture("web"), METRICS, FixedAnswerEngine('{"bb": "0,0,1,1"}'))


def test_a_program_that_will_not_start_is_a_layout_error(tmp_path):
    with pytest.raises(LayoutError, match="cannot be started"):
        layout_architecture(architecture("web"), METRICS, Graphviz(tmp_path / "nothing"))


def test_the_program_is_asked_once_where_its_answer_keeps_the_reading_order():
    program = Counting()
    layout_architecture(architecture(WEB_SHOP), METRICS, program)
    assert len(program.asked) == 1


def test_a_layout_that_is_known_needs_no_program():
    program = Counting()
    layouts = LayoutCache(METRICS, program)
    first = layouts.place(architecture(WEB_SHOP))
    assert layouts.place(architecture(WEB_SHOP)) is first
    assert len(program.asked) == 1


def test_nodes_without_hints_are_ranked_by_their_edges():
    found = placed("users\nweb\ndb\nusers > web: requests\nweb > db: reads")
    places = found.node_by_id
    assert places["users"].icon_box.x < places["web"].icon_box.x < places["db"].icon_box.x
    assert violations(found) == ()


def test_hinted_and_free_nodes_go_together():
    found = placed("group vpc\nusers 0,0\nweb 1,0 in vpc\nqueue in vpc\nusers > web: requests\nweb > queue: puts")
    assert violations(found) == ()


NAMES = ["users", "gateway", "orders", "billing", "mail", "queue", "search", "cache", "audit", "reports"]
VERBS = ["", "reads", "writes to the log", "calls"]


@st.composite
def free_architectures(draw: st.DrawFn) -> Architecture:
    """Five to twenty-five nodes without hints, in up to four groups on two levels."""
    lines = []
    tops = draw(st.integers(0, 2))
    groups = [f"g{number}" for number in range(tops)]
    lines += [f"group {name}" for name in groups]
    for parent in list(groups):
        if draw(st.booleans()):
            lines.append(f"group {parent}in in {parent}")
            groups.append(f"{parent}in")
    count = draw(st.integers(5, 25))
    homes = draw(st.lists(st.sampled_from([None, *groups]), min_size=count, max_size=count))
    for number, home in enumerate(homes):
        state = draw(st.sampled_from(["", "", "?", "!", "~"]))
        lines.append(f"{state}{NAMES[number % 10]}-{number}" + (f" in {home}" if home else ""))
    for number in draw(st.sets(st.integers(0, count - 1), max_size=count // 4)):
        lines.append(f"helper-{number} at {NAMES[number % 10]}-{number}")
    ends = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1))
    for step, (one, other) in enumerate(draw(st.sets(ends, max_size=int(1.3 * count)))):
        verb = draw(st.sampled_from(VERBS))
        numbered = f" #{step + 1}" if draw(st.booleans()) else ""
        words = f": {verb}" if verb else ""
        lines.append(f"{NAMES[one % 10]}-{one} > {NAMES[other % 10]}-{other}{numbered}{words}")
    drawn = architecture("\n".join(lines))
    used = {group for node in drawn.nodes for group in drawn.ancestors(node.group)}
    return Architecture(drawn.nodes, drawn.edges, tuple(group for group in drawn.groups if group.id in used))


SOFT = (
    "crossings",
    "times as wide",
    "points on a slide",
    "meet the edge",
    "as near to",
    "meets the edge",
    "crosses",
    "too close",
    "touch",
    "stand on the frame",
    "runs along the frame",
    "meet their own path",
    "sits on a corner",
)
"""What a graph without hints may not always keep to: paths are found there as well as may be."""


@given(free_architectures())
def test_without_hints_nothing_overlaps_and_everything_is_in_its_group_and_joined(drawn):
    found = layout_architecture(drawn, METRICS, find_graphviz())
    assert [fault for fault in violations(found) if not any(part in fault for part in SOFT)] == []


@pytest.mark.parametrize("nodes", [100, 400])
def test_a_large_graph_is_placed_whole(nodes):
    chance = random.Random(nodes)
    lines = [f"group g{number}" for number in range(8)]
    lines += [f"n{number} in g{number % 8}" for number in range(nodes)]
    joined = {tuple(sorted(chance.sample(range(nodes), 2))) for _ in range(nodes)}
    lines += [f"n{one} > n{other}: calls" for one, other in sorted(joined)]
    found = placed("\n".join(lines))
    page = Box(0, 0, *found.size)
    assert len(found.nodes) == nodes
    assert len(found.edges) == len(joined)
    assert all(page.contains(node.icon_box) for node in found.nodes)
    words = [line.box for edge in found.edges for line in edge.label]
    assert all(page.contains(box) for box in words)


def test_a_long_title_leaves_the_way_between_the_columns_of_its_frame_free():
    sketch = WEB_SHOP.replace("group vpc in region", f"group {'v' * 60} in region").replace("in vpc", f"in {'v' * 60}")
    found = placed(sketch)
    (frame,) = (group for group in found.groups if len(group.group.id) == 60)
    assert frame.title.text.endswith("…")
    assert frame.title.box.right < frame.box.center.x
    assert violations(found) == ()


def test_where_words_would_make_the_page_too_high_for_a_slide_they_take_fewer_lines():
    words = "a name that goes on and on until it needs two lines"
    companions = [f"c{number} at web\n" for number in range(18)]
    drawn = architecture("web 0,0\nlogs 1,1\ndb 2,2\n" + "".join(companions))
    longer = replace(drawn, nodes=tuple(replace(node, label=words) for node in drawn.nodes))
    natural, whole = (
        layout_architecture(longer, METRICS, find_graphviz(), shape) for shape in (NATURAL_SHAPE, FULL_TEXT_SHAPE)
    )
    lines = [len(found.node_by_id["c0"].lines) for found in (natural, whole)]
    assert lines == [1, 2]
    assert natural.size[1] < whole.size[1]
