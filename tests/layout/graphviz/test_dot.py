"""What the layout program is told, and what is read of its answer."""

import pytest

from explorer.layout.architecture.place import graph_input
from explorer.layout.graphviz import dot
from explorer.layout.graphviz.process import LayoutError, find_graphviz
from explorer.layout.measured_nodes import measure_nodes
from tests.layout.sketches import METRICS, FixedAnswerEngine, architecture


def sheet(sketch: str) -> dot.GraphInput:
    drawn = architecture(sketch)
    return graph_input(drawn, measure_nodes(drawn, METRICS), METRICS)


TWO_LINES = """
    group cloud
    group vpc in cloud
    ci 0,0
    registry 1,0 in cloud
    logs 3,0 in cloud
    web 1,1 in vpc
    db 2,1 in vpc
    ci > registry: push
"""


def test_no_word_of_a_user_gets_into_the_text():
    texts = list(dot.dot_sources(sheet(TWO_LINES)))
    assert len(texts) == 2
    for word in ("registry", "cloud", "CLOUD", "push"):
        assert not any(word in text for text in texts)


def test_groups_are_nested_and_sizes_are_given():
    text = next(dot.dot_sources(sheet("group vpc\nweb in vpc")))
    assert "subgraph cluster_0 {" in text
    assert "n0;}" in text.replace("\n", "")
    assert "n0 [width=1.9444 height=" in text


def test_a_line_is_one_heavy_chain_and_a_gap_in_it_is_filled_in_the_frame_around_both():
    text = next(dot.dot_sources(sheet(TWO_LINES)))
    assert "n0 -> n1 [weight=1000 minlen=1]" in text
    assert "n1 -> f0_2 [weight=1000 minlen=1]\nf0_2 -> n2 [weight=1000 minlen=1]" in text
    assert "f0_2;" in text[text.index("cluster_0") : text.index("cluster_1")]


def test_several_lines_hang_between_rails_and_one_line_needs_none():
    railed, plain = dot.dot_sources(sheet(TWO_LINES))
    assert "a0 -> a1" in railed
    assert "a1" not in plain
    (single,) = dot.dot_sources(sheet("web 0,0\ndb 1,0"))
    assert "a0" not in single


def test_columns_that_share_no_line_are_kept_apart():
    text = next(dot.dot_sources(sheet("web 0,0\ndb 1,1")))
    assert "n0 -> n1 [weight=0]" in text


def test_free_nodes_are_ranked_by_their_own_edges():
    text = next(dot.dot_sources(sheet("web\ndb\nweb > db: reads")))
    assert "n0 -> n1 [weight=2]" in text


def test_slots_of_one_line_are_equally_high_so_that_icons_are_in_line():
    sizes = sheet("web 0,0\nrole at web\ndb 1,0").node_sizes
    assert sizes["web"][1] == sizes["db"][1]


def test_words_that_would_stand_on_a_frame_make_their_column_wider():
    free = sheet("ci 0,0\nregistry 1,0\nci > registry #1: push image")
    framed = sheet("group cloud\ngroup region in cloud\nci 0,0\nregistry 1,0 in region\nci > registry #1: push image")
    assert free.extra_widths == [0, 0]
    assert framed.extra_widths[0] > 0
    assert framed.extra_widths[1] == 0


def test_an_answer_is_read_upside_down():
    found = sheet("group vpc\nweb in vpc")
    height = found.node_sizes["web"][1]
    answer = {
        "bb": "0,0,200,300",
        "objects": [{"name": "cluster_0", "bb": "10,20,190,280"}, {"name": "n0", "pos": "100,150"}],
    }
    places, frames = dot.parse_boxes(answer, found)
    assert places["web"].y == 150 - height / 2
    assert frames["vpc"] == (10, 20, 180, 260)


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
def test_an_answer_without_places_is_one_sentence(answer):
    with pytest.raises(LayoutError) as caught:
        dot.parse_boxes(FixedAnswerEngine(answer).run(""), sheet("web"))
    assert str(caught.value) == ("The diagram could not be laid out: the layout program's answer lacks places.")


@pytest.mark.graphviz
def test_the_program_keeps_the_lines_in_order_and_in_line():
    found = sheet(TWO_LINES)
    places, frames = dot.parse_boxes(find_graphviz().run(next(dot.dot_sources(found))), found)
    assert places["ci"].y == pytest.approx(places["logs"].y, abs=1)
    assert places["web"].y == pytest.approx(places["db"].y, abs=1)
    assert places["ci"].y < places["web"].y
    assert frames["cloud"].contains(frames["vpc"])
