"""Architecture builder: which components, edges and groups are drawn, and with which state."""

from dataclasses import replace

from hypothesis import given as over

from explorer.core.architecture.builder import build_architecture
from explorer.core.model.architecture import ElementState, to_networkx
from explorer.core.model.pack import NodeId
from explorer.core.solver.constraints import compile_pack
from explorer.core.solver.decide import decide
from tests.core.distinct_drawings import distinct_outcomes
from tests.core.packs import compile_toy, make_answers, make_component, make_edge, make_group, packs

YARD = """
    size ? small | large
    engine = steam | diesel
    [bell] = brass
    must grand: size=large => engine=steam
    must plain: size=small => engine=diesel
    default usual: => engine=steam, bell=absent
"""


def _architecture(space, answers=None, **kwargs):
    return build_architecture(space.pack, decide(space, answers or {}), **kwargs)


def _states(drawn):
    return {node.id: node.state for node in drawn.nodes}


def test_a_decided_component_is_firm_and_a_default_component_is_default():
    space = compile_toy(
        YARD, components=(make_component("boiler", "engine=steam"), make_component("horn", "bell=brass"))
    )
    assert _states(_architecture(space, make_answers(size="large"))) == {"boiler": ElementState.FIRM}
    assert _states(_architecture(space)) == {"boiler": ElementState.DEFAULT}


def test_a_component_is_drawn_if_any_of_its_conditions_holds():
    space = compile_toy(YARD, components=(make_component("wheel", "engine=steam", "engine=diesel"),))
    assert _states(_architecture(space, make_answers(size="small"))) == {"wheel": ElementState.FIRM}


def test_an_alternative_to_a_default_is_a_ghost_attached_to_the_component_in_its_slot():
    components = (
        make_component("boiler", "engine=steam", slot="power"),
        make_component("motor", "engine=diesel", slot="power", ghost=True),
    )
    space = compile_toy(YARD, components=components)
    drawn = _architecture(space)
    assert _states(drawn) == {"boiler": ElementState.DEFAULT, "motor": ElementState.GHOST}
    assert drawn.node_by_id["motor"].attached_to == "boiler"
    assert _states(_architecture(space, ghosts=False)) == {"boiler": ElementState.DEFAULT}


def test_an_answer_removes_the_ghosts():
    components = (
        make_component("boiler", "engine=steam", slot="power"),
        make_component("motor", "engine=diesel", slot="power", ghost=True),
    )
    assert _states(_architecture(compile_toy(YARD, components=components), make_answers(size="large"))) == {
        "boiler": ElementState.FIRM
    }


def test_a_companion_is_drawn_only_if_its_host_is():
    components = (
        make_component("boiler", "engine=steam"),
        make_component("plate", "engine=steam", "engine=diesel", at="boiler"),
    )
    space = compile_toy(YARD, components=components)
    assert _states(_architecture(space, make_answers(size="large"))) == {
        "boiler": ElementState.FIRM,
        "plate": ElementState.FIRM,
    }
    assert _states(_architecture(space, make_answers(size="small"))) == {}


def test_a_placeholder_is_replaced_by_the_value_of_the_part():
    space = compile_toy(YARD, components=(make_component("wheel", "engine=steam|diesel", detail="driven by {engine}"),))
    assert _architecture(space, make_answers(size="small")).node_by_id["wheel"].detail == "driven by diesel"


def test_an_edge_is_drawn_if_both_ends_are_drawn_and_its_condition_holds():
    components = (
        make_component("boiler", "engine=steam"),
        make_component("wheel", "engine=steam|diesel"),
        make_component("horn", "bell=brass"),
    )
    edges = (
        make_edge("boiler", "wheel"),
        make_edge("horn", "wheel"),
        make_edge("wheel", "boiler", "bell=brass"),
    )
    space = compile_toy(YARD, components=components, edges=edges)
    assert [edge.id for edge in _architecture(space, make_answers(size="large")).edges] == ["boiler>wheel"]
    assert [edge.id for edge in _architecture(space, make_answers(size="small")).edges] == []


def test_the_drawn_steps_are_numbered_from_one():
    components = (
        make_component("boiler", "engine=steam"),
        make_component("wheel", "engine=steam|diesel"),
        make_component("mill", "engine=steam|diesel"),
    )
    edges = (
        make_edge("boiler", "wheel", step=True),
        make_edge("mill", "boiler"),
        make_edge("wheel", "mill", step=True),
    )
    space = compile_toy(YARD, components=components, edges=edges)
    large, small = _architecture(space, make_answers(size="large")), _architecture(space, make_answers(size="small"))
    assert [edge.step for edge in large.edges] == [1, None, 2]
    assert [edge.step for edge in small.edges] == [1]


def test_only_groups_with_nodes_are_drawn_and_they_nest():
    components = (
        make_component("boiler", "engine=steam", group="shed"),
        make_component("motor", "engine=diesel", group="yard"),
    )
    groups = (
        make_group("town"),
        make_group("yard", parent="town"),
        make_group("shed", parent="yard"),
        make_group("barn"),
    )
    space = compile_toy(YARD, components=components, diagram_groups=groups)
    small = _architecture(space, make_answers(size="small"))
    assert [group.id for group in small.groups] == ["town", "yard"]
    assert small.ancestors(small.node_by_id["motor"].group) == ("yard", "town")


def test_if_the_condition_of_a_group_fails_its_nodes_are_in_the_parent_group():
    components = (make_component("boiler", "engine=steam|diesel", group="shed"),)
    groups = (make_group("yard"), make_group("shed", "engine=steam", parent="yard"))
    space = compile_toy(YARD, components=components, diagram_groups=groups)
    assert _architecture(space, make_answers(size="small")).node_by_id["boiler"].group == "yard"
    assert _architecture(space, make_answers(size="large")).node_by_id["boiler"].group == "shed"


def test_every_drawn_element_has_its_rules():
    components = (
        make_component("boiler", "engine=steam", group="yard"),
        make_component("wheel", "engine=steam|diesel", group="yard"),
    )
    space = compile_toy(
        YARD, components=components, edges=(make_edge("boiler", "wheel"),), diagram_groups=(make_group("yard"),)
    )
    drawn = _architecture(space, make_answers(size="large"))
    for element in (*drawn.nodes, *drawn.edges, *drawn.groups):
        assert element.rules == ("grand",)


def test_changing_the_networkx_graph_does_not_change_the_architecture():
    components = (make_component("boiler", "engine=steam"), make_component("wheel", "engine=steam|diesel"))
    drawn = _architecture(
        compile_toy(YARD, components=components, edges=(make_edge("boiler", "wheel"),)), make_answers(size="large")
    )
    graph = to_networkx(drawn)
    graph.remove_node(NodeId("boiler"))
    assert set(to_networkx(drawn).edges()) == {("boiler", "wheel")}


@over(packs())
def test_every_companion_and_edge_refers_to_a_drawn_node(pack):
    components = tuple(
        make_component(f"{part.id}.{value}", f"{part.id}={value}", slot=part.id, ghost=True)
        for part in pack.parts()
        for value in part.values
    )
    edges = tuple(make_edge(a.id, b.id) for a in components for b in components if a.slot < b.slot)
    space = compile_pack(replace(pack, components=components, edges=edges))
    for answers in distinct_outcomes(space).one_by_one():
        drawn = _architecture(space, answers)
        assert all(node.attached_to is None or node.attached_to in drawn.node_by_id for node in drawn.nodes)
        assert all({edge.source, edge.target} <= drawn.node_by_id.keys() for edge in drawn.edges)
        assert len({edge.id for edge in drawn.edges}) == len(drawn.edges)
