"""From an outcome to what is drawn: what appears, how firmly, where and why."""

from dataclasses import replace

from hypothesis import given as over

from explorer.core.architecture.builder import draft
from explorer.core.model.architecture import State, as_graph
from explorer.core.model.pack import NodeId
from explorer.core.solver.constraints import prepare
from explorer.core.solver.decide import decide
from explorer.core.verification.drawings import distinct_outcomes
from tests.core.packs import box, frame, given, line, made, packs

YARD = """
    size ? small | large
    engine = steam | diesel
    [bell] = brass
    must grand: size=large => engine=steam
    must plain: size=small => engine=diesel
    default usual: => engine=steam, bell=absent
"""


def _draft(space, answers=None, **kwargs):
    return draft(space.pack, decide(space, answers or {}), **kwargs)


def _states(drawn):
    return {node.id: node.state for node in drawn.nodes}


def test_what_an_answer_decided_is_firm_and_what_a_default_did_is_lighter():
    space = made(YARD, components=(box("boiler", "engine=steam"), box("horn", "bell=brass")))
    assert _states(_draft(space, given(size="large"))) == {"boiler": State.FIRM}
    assert _states(_draft(space)) == {"boiler": State.DEFAULT}


def test_a_component_appears_under_any_of_its_conditions():
    space = made(YARD, components=(box("wheel", "engine=steam", "engine=diesel"),))
    assert _states(_draft(space, given(size="small"))) == {"wheel": State.FIRM}


def test_an_alternative_to_a_default_stands_as_a_ghost_at_what_it_would_replace():
    boxes = (
        box("boiler", "engine=steam", slot="power"),
        box("motor", "engine=diesel", slot="power", ghost=True),
    )
    space = made(YARD, components=boxes)
    drawn = _draft(space)
    assert _states(drawn) == {"boiler": State.DEFAULT, "motor": State.GHOST}
    assert drawn.node_by_id["motor"].at == "boiler"
    assert _states(_draft(space, ghosts=False)) == {"boiler": State.DEFAULT}


def test_an_answer_prunes_the_ghosts():
    boxes = (
        box("boiler", "engine=steam", slot="power"),
        box("motor", "engine=diesel", slot="power", ghost=True),
    )
    assert _states(_draft(made(YARD, components=boxes), given(size="large"))) == {"boiler": State.FIRM}


def test_a_companion_is_drawn_only_with_its_host():
    boxes = (box("boiler", "engine=steam"), box("plate", "engine=steam", "engine=diesel", at="boiler"))
    space = made(YARD, components=boxes)
    assert _states(_draft(space, given(size="large"))) == {"boiler": State.FIRM, "plate": State.FIRM}
    assert _states(_draft(space, given(size="small"))) == {}


def test_a_text_names_what_a_part_came_to():
    space = made(YARD, components=(box("wheel", "engine=steam|diesel", detail="driven by {engine}"),))
    assert _draft(space, given(size="small")).node_by_id["wheel"].detail == "driven by diesel"


def test_an_edge_needs_both_ends_and_its_condition():
    boxes = (box("boiler", "engine=steam"), box("wheel", "engine=steam|diesel"), box("horn", "bell=brass"))
    lines = (line("boiler", "wheel"), line("horn", "wheel"), line("wheel", "boiler", "bell=brass"))
    space = made(YARD, components=boxes, edges=lines)
    assert [edge.id for edge in _draft(space, given(size="large")).edges] == ["boiler>wheel"]
    assert [edge.id for edge in _draft(space, given(size="small")).edges] == []


def test_the_steps_that_are_drawn_are_numbered_from_one():
    boxes = (
        box("boiler", "engine=steam"),
        box("wheel", "engine=steam|diesel"),
        box("mill", "engine=steam|diesel"),
    )
    lines = (
        line("boiler", "wheel", step=True),
        line("mill", "boiler"),
        line("wheel", "mill", step=True),
    )
    space = made(YARD, components=boxes, edges=lines)
    large, small = _draft(space, given(size="large")), _draft(space, given(size="small"))
    assert [edge.step for edge in large.edges] == [1, None, 2]
    assert [edge.step for edge in small.edges] == [1]


def test_only_frames_with_something_in_them_are_drawn_and_nest():
    boxes = (box("boiler", "engine=steam", group="shed"), box("motor", "engine=diesel", group="yard"))
    frames = (frame("town"), frame("yard", parent="town"), frame("shed", parent="yard"), frame("barn"))
    space = made(YARD, components=boxes, frames=frames)
    small = _draft(space, given(size="small"))
    assert [group.id for group in small.groups] == ["town", "yard"]
    assert small.ancestors(small.node_by_id["motor"].group) == ("yard", "town")


def test_where_a_frame_does_not_hold_its_content_stands_in_the_next_one_out():
    boxes = (box("boiler", "engine=steam|diesel", group="shed"),)
    frames = (frame("yard"), frame("shed", "engine=steam", parent="yard"))
    space = made(YARD, components=boxes, frames=frames)
    assert _draft(space, given(size="small")).node_by_id["boiler"].group == "yard"
    assert _draft(space, given(size="large")).node_by_id["boiler"].group == "shed"


def test_everything_drawn_names_the_rules_behind_it():
    boxes = (box("boiler", "engine=steam", group="yard"), box("wheel", "engine=steam|diesel", group="yard"))
    space = made(YARD, components=boxes, edges=(line("boiler", "wheel"),), frames=(frame("yard"),))
    drawn = _draft(space, given(size="large"))
    for thing in (*drawn.nodes, *drawn.edges, *drawn.groups):
        assert thing.rules == ("grand",)


def test_the_graph_is_a_fresh_one_each_time():
    boxes = (box("boiler", "engine=steam"), box("wheel", "engine=steam|diesel"))
    drawn = _draft(made(YARD, components=boxes, edges=(line("boiler", "wheel"),)), given(size="large"))
    graph = as_graph(drawn)
    graph.remove_node(NodeId("boiler"))
    assert set(as_graph(drawn).edges()) == {("boiler", "wheel")}


@over(packs())
def test_every_drawing_hangs_together(pack):
    boxes = tuple(
        box(f"{part.id}.{value}", f"{part.id}={value}", slot=part.id, ghost=True)
        for part in pack.parts()
        for value in part.values
    )
    lines = tuple(line(a.id, b.id) for a in boxes for b in boxes if a.slot < b.slot)
    space = prepare(replace(pack, components=boxes, edges=lines))
    for answers in distinct_outcomes(space).one_by_one():
        drawn = _draft(space, answers)
        assert all(node.at is None or node.at in drawn.node_by_id for node in drawn.nodes)
        assert all({edge.source, edge.target} <= drawn.node_by_id.keys() for edge in drawn.edges)
        assert len({edge.id for edge in drawn.edges}) == len(drawn.edges)
