"""Architecture builder: selects the components, edges and groups that an outcome shows, and their state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from explorer.core.model.architecture import Architecture, Edge, ElementState, Group, Node
from explorer.core.model.outcome import Outcome, PartOutcome, Status
from explorer.core.model.pack import Component, GroupId, NodeId, Pack, PartId, RuleId, ValueCondition

_STATE_RANK = {ElementState.FIRM: 0, ElementState.DEFAULT: 1, ElementState.CONFLICT: 2, ElementState.GHOST: 3}


@dataclass(frozen=True)
class _Match:
    """How an outcome meets a condition: the state to draw, the parts that the condition names.

    A `standalone` ghost is drawn even if no other component is in its slot.
    """

    state: ElementState
    parts: tuple[PartId, ...]
    standalone: bool = False


@dataclass(frozen=True)
class _Selected:
    """A component to draw, and the node to which it is attached, if any."""

    component: Component
    match: _Match
    attached_to: NodeId | None


def build_architecture(pack: Pack, outcome: Outcome, *, ghosts: bool = True) -> Architecture:
    """Return the architecture of an outcome; without `ghosts` it has no alternatives.

    A component is drawn if one of its conditions holds: as a default if a default decided
    the first part of the condition, else as decided. A component is a ghost if its condition fails only
    for parts of one choice, and these are set by default or open. A ghost is attached to the component
    in its slot. An empty slot shows a ghost only if these parts are open.
    Companions are drawn if their host is drawn.
    """
    parts = outcome.part_by_id
    matches = {component.id: _best_match(pack, component, parts) for component in pack.components}
    selected = _select_components(pack.components, {id_: match for id_, match in matches.items() if match}, ghosts)
    nodes = _build_nodes(pack, outcome, selected)
    edges = _build_edges(pack, outcome, {node.id: node for node in nodes})
    groups = _build_groups(pack, outcome, nodes)
    drawn_groups = {group.id for group in groups}
    nodes = tuple(_in_nearest_drawn_group(pack, node, drawn_groups) for node in nodes)
    return Architecture(nodes, edges, groups)


def _best_match(pack: Pack, component: Component, parts: Mapping[PartId, PartOutcome]) -> _Match | None:
    matches = [_match_condition(pack, condition, parts, component.can_be_ghost) for condition in component.shown_when]
    return min((match for match in matches if match), key=lambda match: _STATE_RANK[match.state], default=None)


def _match_condition(
    pack: Pack, condition: ValueCondition, parts: Mapping[PartId, PartOutcome], can_be_ghost: bool
) -> _Match | None:
    names = tuple(part for part, _ in condition)
    failing = [parts[part] for part, values in condition if parts[part].value not in values]
    if not failing:
        by_default = parts[names[0]].status is Status.DEFAULT
        return _Match(ElementState.DEFAULT if by_default else ElementState.FIRM, names)
    if not can_be_ghost:
        return None
    if all(part.status is Status.CONFLICT for part in failing):
        return _Match(ElementState.CONFLICT, names)
    allowed = dict(condition)
    choices = {pack.part_by_id[part.part].choice for part in failing}
    possible = all(
        part.status in (Status.DEFAULT, Status.OPEN) and allowed[part.part] & set(part.alternatives) for part in failing
    )
    if not possible or len(choices) != 1:
        return None
    return _Match(ElementState.GHOST, names, standalone=all(part.status is Status.OPEN for part in failing))


def _select_components(
    components: Iterable[Component], matches: Mapping[NodeId, _Match], ghosts: bool
) -> Mapping[NodeId, _Selected]:
    """Return the components to draw. Companions are attached to their host, ghosts to the component in their slot."""
    selected: dict[NodeId, _Selected] = {}
    first_in_slot: dict[str, NodeId] = {}
    for component in components:
        match = matches.get(component.id)
        if match and match.state is not ElementState.GHOST and component.attached_to is None:
            first_in_slot.setdefault(component.slot, component.id)
    for component in components:
        match = matches.get(component.id)
        if match is None or (match.state is ElementState.GHOST and not ghosts):
            continue
        if component.attached_to is not None:
            host = selected.get(component.attached_to)
            if host is not None and host.match.state is not ElementState.GHOST:
                selected[component.id] = _Selected(component, match, component.attached_to)
        elif match.state is ElementState.GHOST:
            if not match.standalone and component.slot not in first_in_slot:
                continue
            first = first_in_slot.setdefault(component.slot, component.id)
            selected[component.id] = _Selected(component, match, None if first == component.id else first)
        else:
            selected[component.id] = _Selected(component, match, None)
    return selected


def _build_nodes(pack: Pack, outcome: Outcome, selected: Mapping[NodeId, _Selected]) -> tuple[Node, ...]:
    return tuple(
        Node(
            id=component.id,
            kind=component.icon,
            label=_fill_placeholders(pack, outcome, component.label),
            detail=_fill_placeholders(pack, outcome, component.detail),
            group=component.group if each.attached_to is None else None,
            attached_to=each.attached_to,
            column=component.column,
            row=component.row,
            state=each.match.state,
            rules=_justifying_rules(outcome, each.match.parts),
            takeaways=component.takeaways,
        )
        for each in selected.values()
        for component in (each.component,)
    )


def _justifying_rules(outcome: Outcome, parts: Iterable[PartId]) -> tuple[RuleId, ...]:
    justifications = (each for part in parts for each in outcome.part_by_id[part].justifications)
    return tuple(dict.fromkeys(each.rule for each in justifications))


def _fill_placeholders(pack: Pack, outcome: Outcome, text: str) -> str:
    """Return the text with the label of the part's value for each `{part}`."""
    for name, part in outcome.part_by_id.items():
        placeholder = f"{{{name}}}"
        if placeholder in text:
            value = part.value
            text = text.replace(placeholder, pack.value_label(name, value) if value is not None else "open")
    return text


def _build_edges(pack: Pack, outcome: Outcome, nodes: Mapping[NodeId, Node]) -> tuple[Edge, ...]:
    edges: list[Edge] = []
    step = 0
    for spec in pack.edges:
        source, target = nodes.get(spec.source), nodes.get(spec.target)
        if source is None or target is None or source.attached_to or target.attached_to:
            continue
        matches = [_match_condition(pack, condition, outcome.part_by_id, False) for condition in spec.shown_when]
        match = next((match for match in matches if match), None)
        if spec.shown_when and match is None:
            continue
        state = max(source.state, target.state, key=_STATE_RANK.__getitem__)
        is_numbered = spec.is_step and state is not ElementState.GHOST
        step += is_numbered
        rules = _justifying_rules(outcome, match.parts) if match else ()
        edges.append(
            Edge(
                source=source.id,
                target=target.id,
                label=_fill_placeholders(pack, outcome, spec.label),
                control=spec.control,
                step=step if is_numbered else None,
                state=state,
                rules=tuple(dict.fromkeys(rules or [*source.rules, *target.rules])),
                takeaways=spec.takeaways,
            )
        )
    return tuple(edges)


def _build_groups(pack: Pack, outcome: Outcome, nodes: Iterable[Node]) -> tuple[Group, ...]:
    """Return the groups that contain nodes and whose condition holds."""
    specs = {spec.id: spec for spec in pack.diagram_groups}
    contents: dict[GroupId, list[Node]] = {}
    for node in nodes:
        group = node.group
        while group is not None:
            contents.setdefault(group, []).append(node)
            group = specs[group].parent
    groups = []
    for spec in pack.diagram_groups:
        matches = [_match_condition(pack, condition, outcome.part_by_id, False) for condition in spec.shown_when]
        if spec.id not in contents or (spec.shown_when and not any(matches)):
            continue
        rules = [rule for node in contents[spec.id] for rule in node.rules]
        groups.append(Group(spec.id, spec.kind, spec.label, spec.parent, tuple(dict.fromkeys(rules))))
    drawn = {group.id for group in groups}
    return tuple(replace(group, parent=_nearest_drawn_group(pack, group.parent, drawn)) for group in groups)


def _nearest_drawn_group(pack: Pack, group: GroupId | None, drawn: set[GroupId]) -> GroupId | None:
    parents = {spec.id: spec.parent for spec in pack.diagram_groups}
    while group is not None and group not in drawn:
        group = parents[group]
    return group


def _in_nearest_drawn_group(pack: Pack, node: Node, drawn: set[GroupId]) -> Node:
    group = _nearest_drawn_group(pack, node.group, drawn)
    return node if group == node.group else replace(node, group=group)
