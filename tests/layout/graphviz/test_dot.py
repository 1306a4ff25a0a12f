"""DOT text holds numbers and sizes only, keeps rows and columns, and the result is read back as boxes."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.layout.architecture.stages import measure
from explorer.layout.graphviz import dot
from explorer.layout.graphviz.process import LayoutError, find_graphviz
from tests.layout.sketches import METRICS, FixedAnswerEngine, architecture

TWO_ROWS = """
    group cloud
    group vpc in cloud
    ci 0,0
    registry 1,0 in cloud
    logs 3,0 in cloud
    web 1,1 in vpc
    db 2,1 in vpc
    ci > registry: push
"""


def graph(sketch: str) -> dot.GraphInput:
    return measure(architecture(sketch), METRICS).graph


def test_no_user_text_is_in_the_dot_text():
    texts = list(dot.dot_sources(graph(TWO_ROWS)))
    assert len(texts) == 2
    for word in ("registry", "cloud", "CLOUD", "push"):
        assert not any(word in text for text in texts)


def test_groups_are_nested_clusters_and_nodes_have_sizes():
    text = next(dot.dot_sources(graph("group vpc\nweb in vpc")))
    assert "subgraph cluster_0 {" in text
    assert "n0;}" in text.replace("\n", "")
    assert "n0 [width=1.9444 height=" in text


def test_a_row_is_one_heavy_chain_with_a_filler_in_the_frame_around_each_gap():
    text = next(dot.dot_sources(graph(TWO_ROWS)))
    assert "n0 -> n1 [weight=1000 minlen=1]" in text
    assert "n1 -> f0_2 [weight=1000 minlen=1]\nf0_2 -> n2 [weight=1000 minlen=1]" in text
    assert "f0_2;" in text[text.index("cluster_0") : text.index("cluster_1")]


def test_several_rows_have_guide_nodes_and_a_single_row_has_none():
    guided, unguided = dot.dot_sources(graph(TWO_ROWS))
    assert "a0 -> a1" in guided
    assert "a1" not in unguided
    (single,) = dot.dot_sources(graph("web 0,0\ndb 1,0"))
    assert "a0" not in single


def test_columns_without_a_common_row_are_ordered_by_an_edge():
    text = next(dot.dot_sources(graph("web 0,0\ndb 1,1")))
    assert "n0 -> n1 [weight=0]" in text


def test_nodes_without_hints_are_ranked_by_their_edges():
    text = next(dot.dot_sources(graph("web\ndb\nweb > db: reads")))
    assert "n0 -> n1 [weight=2]" in text


def test_nodes_of_one_row_have_the_same_height_so_that_their_icons_align():
    sizes = graph("web 0,0\nrole at web\ndb 1,0").node_sizes
    assert sizes["web"][1] == sizes["db"][1]


def test_a_label_that_would_be_on_a_frame_line_widens_its_column():
    free = graph("ci 0,0\nregistry 1,0\nci > registry #1: push image")
    framed = graph("group cloud\ngroup region in cloud\nci 0,0\nregistry 1,0 in region\nci > registry #1: push image")
    assert free.extra_widths == [0, 0]
    assert framed.extra_widths[0] > 0
    assert framed.extra_widths[1] == 0


def test_y_coordinates_are_converted_to_y_down():
    graph_input = graph("group vpc\nweb in vpc")
    height = graph_input.node_sizes["web"][1]
    answer = {
        "bb": "0,0,200,300",
        "objects": [{"name": "cluster_0", "bb": "10,20,190,280"}, {"name": "n0", "pos": "100,150"}],
    }
    boxes = dot.parse_boxes(answer, graph_input)
    assert boxes.nodes["web"].y == 150 - height / 2
    assert boxes.frames["vpc"] == (10, 20, 180, 260)


@pytest.mark.parametrize(
    "answer",
    [
        "{}",
        '{"bb": "0,0,1,1"}',
        '{"bb": 7, "objects": []}',
        '{"bb": "0,0,1,1", "objects": [{"name": "n0"}]}',
        '{"bb": "0,0,1,1", "objects": [{"name": "n0", "pos": "1"}]}',
        '{"bb": "0,0,1,1", "objects": [{"name": "n0", "pos": "inf,nan"}]}',
        '{"bb": "0,0,1,1", "objects": ["n0"]}',
        '{"bb": "0,0,1,1", "objects": null}',
    ],
)
def test_an_answer_without_valid_positions_is_an_error(answer):
    with pytest.raises(LayoutError, match="no valid positions"):
        dot.parse_boxes(FixedAnswerEngine(answer).run(""), graph("web"))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(["0,0,9,9", "1,1"]),
    lambda values: (
        st.lists(values, max_size=3) | st.dictionaries(st.sampled_from(["name", "pos", "bb", "x"]), values, max_size=3)
    ),
    max_leaves=12,
)


@given(st.fixed_dictionaries({"bb": json_values, "objects": json_values}))
def test_any_json_is_read_as_boxes_or_is_a_layout_error(answer):
    try:
        boxes = dot.parse_boxes(answer, graph("web"))
    except LayoutError:
        return
    assert all(math.isfinite(number) for box in boxes.nodes.values() for number in box)


@pytest.mark.graphviz
def test_graphviz_keeps_rows_in_order_and_aligned():
    graph_input = graph(TWO_ROWS)
    boxes = dot.parse_boxes(find_graphviz().run(next(dot.dot_sources(graph_input))), graph_input)
    assert boxes.nodes["ci"].y == pytest.approx(boxes.nodes["logs"].y, abs=1)
    assert boxes.nodes["web"].y == pytest.approx(boxes.nodes["db"].y, abs=1)
    assert boxes.nodes["ci"].y < boxes.nodes["web"].y
    assert boxes.frames["cloud"].contains(boxes.frames["vpc"])
