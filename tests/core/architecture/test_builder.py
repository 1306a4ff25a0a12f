"""From an outcome to what is drawn: what appears, how firmly, where and why."""

from dataclasses import replace

from hypothesis import given as over

from explorer.core.architecture.builder import build_architecture
from explorer.core.model.architecture import ElementState, to_networkx
from explorer.core.model.pack import NodeId
from explorer.core.solver.constraints import compile_pack
from explorer.core.solver.decide import decide
from explorer.core.verification.drawings import distinct_outcomes
from tests.core.packs import compile_toy, make_answers, make_component, make_edge, make_group, packs

YARD = """
    size ? small | large
    engine = steam | diesel
    [bell] = brass
    must grand: size=large => engine=steam
    must plain: size=small => engine=diesel
    default usual: => engine=steam, bell=absent
"""


def _draft(space, answers=None, **kwargs):
    return build_architecture(space.pack, decide(space, answers or {}), **kwargs)


def _states(drawn):
    return {node.id: node.state for node in drawn.nodes}


def test_what_an_answer_decided_is_firm_and_what_a_default_did_is_lighter():
    space = compile_toy(
        YARD, components=(make_component("boiler", "engine=steam"), make_component("horn", "bell=brass"))
    )
    assert _states(_draft(space, make_answers(size="large"))) == {"boiler": ElementState.FIRM}
    assert _states(_draft(space)) == {"boiler": ElementState.DEFAULT}


def test_a_component_appears_under_any_of_its_conditions():
    space = compile_toy(YARD, components=(make_component("wheel", "engine=steam", "engine=diesel"),))
    assert _states(_draft(space, make_answers(size="small"))) == {"wheel": ElementState.FIRM}


def test_an_alternative_to_a_default_stands_as_a_ghost_at_what_it_would_replace():
    boxes = (
        make_component("boiler", "engine=steam", slot="power"),
        make_component("motor", "engine=diesel", slot="power", ghost=True),
    )
    space = compile_toy(YARD, components=boxes)
    drawn = _draft(space)
    assert _states(drawn) == {"boiler": ElementState.DEFAULT, "motor": ElementState.GHOST}
    assert drawn.node_by_id["motor"].attached_to == "boiler"
    assert _states(_draft(space, ghosts=False)) == {"boiler": ElementState.DEFAULT}


def test_an_answer_prunes_the_ghosts():
    boxes = (
        make_component("boiler", "engine=steam", slot="power"),
        make_component("motor", "engine=diesel", slot="power", ghost=True),
    )
    assert _states(_draft(compile_toy(YARD, components=boxes), make_answers(size="large"))) == {
        "boiler": ElementState.FIRM
    }


def test_a_companion_is_drawn_only_with_its_host():
    boxes = (
        make_component("boiler", "engine=steam"),
        make_component("plate", "engine=steam", "engine=diesel", at="boiler"),
    )
    space = compile_toy(YARD, components=boxes)
    assert _states(_draft(space, make_answers(size="large"))) == {
        "boiler": ElementState.FIRM,
        "plate": ElementState.FIRM,
    }
    assert _states(_draft(space, make_answers(size="small"))) == {}


def test_a_text_names_what_a_part_came_to():
    space = compile_toy(YARD, components=(make_component("wheel", "engine=steam|diesel", detail="driven by {engine}"),))
    assert _draft(space, make_answers(size="small")).node_by_id["wheel"].detail == "driven by diesel"


def test_an_edge_needs_both_ends_and_its_condition():
    boxes = (
        make_component("boiler", "engine=steam"),
        make_component("wheel", "engine=steam|diesel"),
        make_component("horn", "bell=brass"),
    )
    lines = (
        make_edge("boiler", "wheel"),
        make_edge("horn", "wheel"),
        make_edge("wheel", "boiler", "bell=brass"),
    )
    space = compile_toy(YARD, components=boxes, edges=lines)
    assert [edge.id for edge in _draft(space, make_answers(size="large")).edges] == ["boiler>wheel"]
    assert [edge.id for edge in _draft(space, make_answers(size="small")).edges] == []


def test_the_steps_that_are_drawn_are_numbered_from_one():
    boxes = (
        make_component("boiler", "engine=steam"),
        make_component("wheel", "engine=steam|diesel"),
        make_component("mill", "engine=steam|diesel"),
    )
    lines = (
        make_edge("boiler", "wheel", step=True),
        make_edge("mill", "boiler"),
        make_edge("wheel", "mill", step=True),
    )
    space = compile_toy(YARD, components=boxes, edges=lines)
    large, small = _draft(space, make_answers(size="large")), _draft(space, make_answers(size="small"))
    assert [edge.step for edge in large.edges] == [1, None, 2]
    assert [edge.step for edge in small.edges] == [1]


def test_only_frames_with_something_in_them_are_drawn_and_nest():
    boxes = (
        make_component("boiler", "engine=steam", group="shed"),
        make_component("motor", "engine=diesel", group="yard"),
    )
    frames = (
        make_group("town"),
        make_group("yard", parent="town"),
        make_group("shed", parent="yard"),
        make_group("barn"),
    )
    space = compile_toy(YARD, components=boxes, frames=frames)
    small = _draft(space, make_answers(size="small"))
    assert [group.id for group in small.groups] == ["town", "yard"]
    assert small.ancestors(small.node_by_id["motor"].group) == ("yard", "town")


def test_where_a_frame_does_not_hold_its_content_stands_in_the_next_one_out():
    boxes = (make_component("boiler", "engine=steam|diesel", group="shed"),)
    frames = (make_group("yard"), make_group("shed", "engine=steam", parent="yard"))
    space = compile_toy(YARD, components=boxes, frames=frames)
    assert _draft(space, make_answers(size="small")).node_by_id["boiler"].group == "yard"
    assert _draft(space, make_answers(size="large")).node_by_id["boiler"].group == "shed"


def test_everything_drawn_names_the_rules_behind_it():
    boxes = (
        make_component("boiler", "engine=steam", group="yard"),
        make_component("wheel", "engine=steam|diesel", group="yard"),
    )
    space = compile_toy(YARD, components=boxes, edges=(make_edge("boiler", "wheel"),), frames=(make_group("yard"),))
    drawn = _draft(space, make_answers(size="large"))
    for thing in (*drawn.nodes, *drawn.edges, *drawn.groups):
        assert thing.rules == ("grand",)


def test_the_graph_is_a_fresh_one_each_time():
    boxes = (make_component("boiler", "engine=steam"), make_component("wheel", "engine=steam|diesel"))
    drawn = _draft(
        compile_toy(YARD, components=boxes, edges=(make_edge("boiler", "wheel"),)), make_answers(size="large")
    )
    graph = to_networkx(drawn)
    graph.remove_node(NodeId("boiler"))
    assert set(to_networkx(drawn).edges()) == {("boiler", "wheel")}


@over(packs())
def test_every_drawing_hangs_together(pack):
    boxes = tuple(
        make_component(f"{part.id}.{value}", f"{part.id}={value}", slot=part.id, ghost=True)
        for part in pack.parts()
        for value in part.values
    )
    lines = tuple(make_edge(a.id, b.id) for a in boxes for b in boxes if a.slot < b.slot)
    space = compile_pack(replace(pack, components=boxes, edges=lines))
    for answers in distinct_outcomes(space).one_by_one():
        drawn = _draft(space, answers)
        assert all(node.attached_to is None or node.attached_to in drawn.node_by_id for node in drawn.nodes)
        assert all({edge.source, edge.target} <= drawn.node_by_id.keys() for edge in drawn.edges)
        assert len({edge.id for edge in drawn.edges}) == len(drawn.edges)
