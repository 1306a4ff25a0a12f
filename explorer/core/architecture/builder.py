"""From an outcome to its architecture: which components appear, how firmly, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from explorer.core.model.architecture import Architecture, Edge, ElementState, Group, Node
from explorer.core.model.outcome import Outcome, PartOutcome, Status
from explorer.core.model.pack import Component, GroupId, NodeId, Pack, PartId, RuleId, ValueCondition, ValueId

_STATE_RANK = {ElementState.FIRM: 0, ElementState.DEFAULT: 1, ElementState.CONFLICT: 2, ElementState.GHOST: 3}


@dataclass(frozen=True)
class _Match:
    """How a condition is met, thanks to which parts, and whether a ghost may stand alone."""

    state: ElementState
    parts: tuple[PartId, ...]
    standalone: bool = False


def build_architecture(pack: Pack, outcome: Outcome, *, ghosts: bool = True) -> Architecture:
    """The architecture of an outcome; without `ghosts` only what is decided is in it.

    A component whose condition holds is drawn firmly, or lighter where a default decided
    the part that the condition names first. One that fails by a single choice that a
    default decided is a ghost beside what stands in its slot; one that fails by a choice
    that nothing decided yet is a ghost in any case. Companions follow the node they hang at.
    """
    parts = outcome.part_by_id
    met = {component.id: _best_match(pack, component, parts) for component in pack.components}
    kept = _select_components(pack.components, {key: found for key, found in met.items() if found}, ghosts)
    nodes = _build_nodes(pack, outcome, kept)
    alive = {node.id: node for node in nodes}
    edges = _build_edges(pack, outcome, alive)
    groups = _build_groups(pack, outcome, nodes)
    framed = {group.id for group in groups}
    nodes = tuple(_in_nearest_drawn_group(pack, node, framed) for node in nodes)
    return Architecture(nodes, edges, groups)


def _best_match(pack: Pack, component: Component, parts: Mapping[PartId, PartOutcome]) -> _Match | None:
    found = [_match_condition(pack, condition, parts, component.can_be_ghost) for condition in component.shown_when]
    return min((f for f in found if f), key=lambda f: _STATE_RANK[f.state], default=None)


def _match_condition(
    pack: Pack, condition: ValueCondition, parts: Mapping[PartId, PartOutcome], ghost: bool
) -> _Match | None:
    names = tuple(part for part, _ in condition)
    failing = [parts[part] for part, values in condition if parts[part].value not in values]
    wanted: dict[PartId, frozenset[ValueId]] = dict(condition)
    if not failing:
        usual = parts[names[0]].status is Status.DEFAULT
        return _Match(ElementState.DEFAULT if usual else ElementState.FIRM, names)
    if not ghost:
        return None
    if all(part.status is Status.CONFLICT for part in failing):
        return _Match(ElementState.CONFLICT, names)
    choices = {pack.part_by_id[part.part].choice for part in failing}
    possible = all(
        part.status in (Status.DEFAULT, Status.OPEN) and wanted[part.part] & set(part.alternatives) for part in failing
    )
    if not possible or len(choices) != 1:
        return None
    return _Match(ElementState.GHOST, names, standalone=all(part.status is Status.OPEN for part in failing))


def _select_components(
    components: Iterable[Component], met: Mapping[NodeId, _Match], ghosts: bool
) -> dict[NodeId, tuple[Component, _Match, NodeId | None]]:
    """What is drawn, each with the node it hangs at: companions, and ghosts beside what stands there."""
    kept: dict[NodeId, tuple[Component, _Match, NodeId | None]] = {}
    standing: dict[str, NodeId] = {}
    for component in components:
        found = met.get(component.id)
        if found and found.state is not ElementState.GHOST and component.attached_to is None:
            standing.setdefault(component.slot, component.id)
    for component in components:
        found = met.get(component.id)
        if found is None or (found.state is ElementState.GHOST and not ghosts):
            continue
        if component.attached_to is not None:
            host = kept.get(component.attached_to)
            if host is not None and host[1].state is not ElementState.GHOST:
                kept[component.id] = (component, found, component.attached_to)
        elif found.state is ElementState.GHOST:
            if not found.standalone and component.slot not in standing:
                continue
            first = standing.setdefault(component.slot, component.id)
            kept[component.id] = (component, found, None if first == component.id else first)
        else:
            kept[component.id] = (component, found, None)
    return kept


def _build_nodes(
    pack: Pack, outcome: Outcome, kept: Mapping[NodeId, tuple[Component, _Match, NodeId | None]]
) -> tuple[Node, ...]:
    return tuple(
        Node(
            id=component.id,
            kind=component.icon,
            label=_fill_placeholders(pack, outcome, component.label),
            detail=_fill_placeholders(pack, outcome, component.detail),
            group=component.group if at is None else None,
            attached_to=at,
            column=component.column,
            row=component.row,
            state=found.state,
            rules=_justifying_rules(outcome, found.parts),
            takeaways=component.takeaways,
        )
        for component, found, at in kept.values()
    )


def _justifying_rules(outcome: Outcome, parts: Iterable[PartId]) -> tuple[RuleId, ...]:
    because = (reason for part in parts for reason in outcome.part_by_id[part].justifications)
    return tuple(dict.fromkeys(reason.rule for reason in because))


def _fill_placeholders(pack: Pack, outcome: Outcome, text: str) -> str:
    """The text with each `{part}` replaced by what the part came to."""
    for name, part in outcome.part_by_id.items():
        mark = f"{{{name}}}"
        if mark in text:
            value = part.value
            text = text.replace(mark, pack.value_label(name, value) if value is not None else "open")
    return text


def _build_edges(pack: Pack, outcome: Outcome, nodes: Mapping[NodeId, Node]) -> tuple[Edge, ...]:
    edges: list[Edge] = []
    step = 0
    for spec in pack.edges:
        source, target = nodes.get(spec.source), nodes.get(spec.target)
        if source is None or target is None or source.attached_to or target.attached_to:
            continue
        found = [_match_condition(pack, condition, outcome.part_by_id, False) for condition in spec.shown_when]
        holding = next((f for f in found if f), None)
        if spec.shown_when and holding is None:
            continue
        state = max(source.state, target.state, key=_STATE_RANK.__getitem__)
        numbered = spec.is_step and state is not ElementState.GHOST
        step += numbered
        own = _justifying_rules(outcome, holding.parts) if holding else ()
        edges.append(
            Edge(
                source=source.id,
                target=target.id,
                label=_fill_placeholders(pack, outcome, spec.label),
                control=spec.control,
                step=step if numbered else None,
                state=state,
                rules=tuple(dict.fromkeys(own or [*source.rules, *target.rules])),
                takeaways=spec.takeaways,
            )
        )
    return tuple(edges)


def _build_groups(pack: Pack, outcome: Outcome, nodes: Iterable[Node]) -> tuple[Group, ...]:
    """The frames around the nodes: those in use whose condition holds, and all around them."""
    specs = {frame.id: frame for frame in pack.diagram_groups}
    used: dict[GroupId, list[Node]] = {}
    for node in nodes:
        here = node.group
        while here is not None:
            used.setdefault(here, []).append(node)
            here = specs[here].parent
    groups = []
    for frame in pack.diagram_groups:
        found = [_match_condition(pack, condition, outcome.part_by_id, False) for condition in frame.shown_when]
        if frame.id not in used or (frame.shown_when and not any(found)):
            continue
        rules = [rule for node in used[frame.id] for rule in node.rules]
        groups.append(Group(frame.id, frame.kind, frame.label, frame.parent, tuple(dict.fromkeys(rules))))
    drawn = {group.id for group in groups}
    return tuple(Group(g.id, g.kind, g.label, _nearest_drawn_group(pack, g.parent, drawn), g.rules) for g in groups)


def _nearest_drawn_group(pack: Pack, group: GroupId | None, drawn: set[GroupId]) -> GroupId | None:
    parents = {frame.id: frame.parent for frame in pack.diagram_groups}
    while group is not None and group not in drawn:
        group = parents[group]
    return group


def _in_nearest_drawn_group(pack: Pack, node: Node, drawn: set[GroupId]) -> Node:
    group = _nearest_drawn_group(pack, node.group, drawn)
    if group == node.group:
        return node
    return replace(node, group=group)
