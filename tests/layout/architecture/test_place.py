"""A layout has no quality violations, with reading-order hints or without, and fits a slide."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.core.model.architecture import Architecture, ElementState
from explorer.layout.architecture.cache import LayoutCache
from explorer.layout.architecture.place import MAX_ELEMENTS, layout_architecture
from explorer.layout.architecture.quality import QualityRule, violations
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


def place(sketch: str) -> Placement:
    return layout_architecture(architecture(sketch), METRICS, find_graphviz())


@dataclass
class RecordingEngine:
    """Runs Graphviz and records the DOT texts."""

    sources: list[str] = field(default_factory=list)

    def run(self, source: str) -> dict[str, Any]:
        self.sources.append(source)
        return find_graphviz().run(source)

    def __hash__(self) -> int:
        return id(self)


def test_an_empty_architecture_has_an_empty_page():
    found = layout_architecture(Architecture((), (), ()), METRICS, FixedAnswerEngine("{}"))
    assert (found.nodes, found.edges, found.groups) == ((), (), ())
    assert found.size[0] == found.size[1] == 2 * PAGE_MARGIN


def test_an_architecture_with_hints_has_no_quality_violation():
    assert violations(place(WEB_SHOP)) == ()


def test_every_node_edge_and_group_is_placed_once():
    placement, drawn = place(WEB_SHOP), architecture(WEB_SHOP)
    assert sorted(node.node.id for node in placement.nodes) == sorted(node.id for node in drawn.nodes)
    assert [edge.edge for edge in placement.edges] == list(drawn.edges)
    assert [group.group for group in placement.groups] == list(drawn.groups)


def test_the_layout_is_deterministic():
    assert place(WEB_SHOP) == place(WEB_SHOP)


def test_the_state_of_a_node_does_not_change_its_position():
    decided, default = place(WEB_SHOP), place(WEB_SHOP.replace("db 3,1", "~db 3,1"))
    assert default.node_by_id["db"].node.state is ElementState.DEFAULT
    assert [node.icon_box for node in decided.nodes] == [node.icon_box for node in default.nodes]
    assert [edge.points for edge in decided.edges] == [edge.points for edge in default.edges]


def test_the_drawing_is_centered_on_a_page_within_the_aspect_range():
    found = place("web 0,0\ndb 1,0\nlogs 2,0\nweb > db")
    width, height = found.size
    assert width / height == pytest.approx(ASPECT_RANGE[1])
    boxes = [node.icon_box for node in found.nodes]
    assert min(box.y for box in boxes) == pytest.approx(
        height - max(line.box.bottom for node in found.nodes for line in node.lines), abs=1
    )


def test_nodes_in_the_same_cell_are_placed_one_below_the_other():
    found = place("group region\nweb 0,0\n!map 1,0 in region\n!mesh 1,0 in region\nweb > map\nweb > mesh")
    assert violations(found) == ()
    assert found.node_by_id["map"].icon_box.y < found.node_by_id["mesh"].icon_box.y


def test_output_without_positions_is_a_layout_error():
    with pytest.raises(LayoutError, match="no valid positions"):
        layout_architecture(architecture("web"), METRICS, FixedAnswerEngine('{"bb": "0,0,1,1"}'))


def test_a_program_that_cannot_be_started_is_a_layout_error(tmp_path):
    with pytest.raises(LayoutError, match="cannot start"):
        layout_architecture(architecture("web"), METRICS, Graphviz(tmp_path / "nothing"))


def test_graphviz_runs_once_if_its_first_result_keeps_the_reading_order():
    engine = RecordingEngine()
    layout_architecture(architecture(WEB_SHOP), METRICS, engine)
    assert len(engine.sources) == 1


def test_a_cached_layout_does_not_run_graphviz():
    engine = RecordingEngine()
    layouts = LayoutCache(METRICS, engine)
    first = layouts.place(architecture(WEB_SHOP))
    assert layouts.place(architecture(WEB_SHOP)) is first
    assert len(engine.sources) == 1


def test_a_diagram_over_the_size_limit_is_refused_without_running_graphviz():
    engine = RecordingEngine()
    sketch = "\n".join(f"n{number}" for number in range(MAX_ELEMENTS + 1))
    with pytest.raises(LayoutError, match="4,001 nodes"):
        layout_architecture(architecture(sketch), METRICS, engine)
    assert engine.sources == []


def test_nodes_without_hints_are_ranked_by_their_edges():
    found = place("users\nweb\ndb\nusers > web: requests\nweb > db: reads")
    places = found.node_by_id
    assert places["users"].icon_box.x < places["web"].icon_box.x < places["db"].icon_box.x
    assert violations(found) == ()


def test_nodes_with_and_without_hints_can_be_combined():
    found = place("group vpc\nusers 0,0\nweb 1,0 in vpc\nqueue in vpc\nusers > web: requests\nweb > queue: puts")
    assert violations(found) == ()


NAMES = ["users", "gateway", "orders", "billing", "mail", "queue", "search", "cache", "audit", "reports"]
VERBS = ["", "reads", "writes to the log", "calls"]


@st.composite
def free_architectures(draw: st.DrawFn) -> Architecture:
    """Generate 5 to 25 nodes without hints, in up to four groups on two levels."""
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


NOT_TOLERATED_WITHOUT_HINTS = {
    QualityRule.TEXT_OVERLAP,
    QualityRule.TEXT_ON_ICON,
    QualityRule.ICON_OVERLAP,
    QualityRule.EDGE_ON_OWN_END,
    QualityRule.EDGE_NOT_CONNECTED,
    QualityRule.NODE_OUTSIDE_GROUP,
    QualityRule.NODE_IN_FOREIGN_GROUP,
    QualityRule.GROUP_OUTSIDE_PARENT,
    QualityRule.TITLE_OUTSIDE_GROUP,
    QualityRule.GROUP_OVERLAP,
    QualityRule.EDGE_OUTSIDE_PAGE,
    QualityRule.NOT_ALIGNED,
    QualityRule.NOT_IN_ORDER,
}
"""Rules that hold for graphs without hints too; there, the routing of edges is best effort."""


@given(free_architectures())
def test_without_hints_nothing_overlaps_or_leaves_its_group(drawn):
    placement = layout_architecture(drawn, METRICS, find_graphviz())
    found = [violation for violation in violations(placement) if violation.rule in NOT_TOLERATED_WITHOUT_HINTS]
    assert list(map(str, found)) == []


@pytest.mark.parametrize("nodes", [100, pytest.param(400, marks=pytest.mark.slow)])
def test_a_large_graph_is_placed_completely(nodes):
    rng = random.Random(nodes)
    lines = [f"group g{number}" for number in range(8)]
    lines += [f"n{number} in g{number % 8}" for number in range(nodes)]
    joined = {tuple(sorted(rng.sample(range(nodes), 2))) for _ in range(nodes)}
    lines += [f"n{one} > n{other}: calls" for one, other in sorted(joined)]
    found = place("\n".join(lines))
    page = Box(0, 0, *found.size)
    assert len(found.nodes) == nodes
    assert len(found.edges) == len(joined)
    assert all(page.contains(node.icon_box) for node in found.nodes)
    words = [line.box for edge in found.edges for line in edge.label]
    assert all(page.contains(box) for box in words)


def test_a_long_title_leaves_the_gap_between_the_columns_of_its_frame_free():
    sketch = WEB_SHOP.replace("group vpc in region", f"group {'v' * 60} in region").replace("in vpc", f"in {'v' * 60}")
    found = place(sketch)
    (frame,) = (group for group in found.groups if len(group.group.id) == 60)
    assert frame.title.text.endswith("…")
    assert frame.title.box.right < frame.box.center.x
    assert violations(found) == ()


def test_names_get_fewer_lines_if_the_page_would_be_too_high_for_a_slide():
    long_name = "a name that goes on and on until it needs two lines"
    companions = [f"c{number} at web\n" for number in range(18)]
    drawn = architecture("web 0,0\nlogs 1,1\ndb 2,2\n" + "".join(companions))
    longer = replace(drawn, nodes=tuple(replace(node, label=long_name) for node in drawn.nodes))
    natural, full_text = (
        layout_architecture(longer, METRICS, find_graphviz(), shape) for shape in (NATURAL_SHAPE, FULL_TEXT_SHAPE)
    )
    lines = [len(found.node_by_id["c0"].lines) for found in (natural, full_text)]
    assert lines == [1, 2]
    assert natural.size[1] < full_text.size[1]
