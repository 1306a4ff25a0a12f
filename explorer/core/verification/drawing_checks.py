"""Whether everything a pack can draw is drawn by some outcome, and whether every drawing holds together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from explorer.core.architecture.builder import build_architecture
from explorer.core.model.architecture import Architecture, ElementState, to_networkx
from explorer.core.model.outcome import Outcome, Status
from explorer.core.model.pack import AnswerId, Answers, Pack, PartId, QuestionId, ValueCondition, ValueId
from explorer.core.model.validation import KeyPath, PackIssue
from explorer.core.search.clusters import Archipelago
from explorer.core.search.terminal_states import Chart, told
from explorer.core.solver.constraints import CompiledPack
from explorer.core.solver.decide import decide


def check_drawings(space: CompiledPack, charts: Sequence[Chart]) -> Iterator[PackIssue]:
    """Faults of any drawing, and what no drawing ever shows.

    Every distinct end is drafted with the other archipelagos as they stand without
    answers; what has not been seen then is looked for among ends taken together.
    """
    pack = space.pack
    seen: set[KeyPath] = set()
    found: dict[KeyPath, PackIssue] = {}
    conflicts = [core for chart in charts for _, core in chart.clashing]
    for answers in [*(chart.answers(end) for chart in charts for end in chart.ends), *conflicts]:
        outcome = decide(space, answers)
        architecture = build_architecture(pack, outcome)
        for path, what, expected in _ill_formed(pack, outcome, architecture):
            found.setdefault(path, PackIssue("components.toml", path, f"{what} with {told(answers)}", expected))
        if not outcome.conflicts:
            seen.update(_shown(pack, architecture))
    yield from found.values()
    for path, name, together in _drawables(pack):
        if path not in seen:
            examples = (_example(charts, conditions) for conditions in together)
            drafts = (build_architecture(pack, decide(space, answers)) for answers in examples if answers is not None)
            if not any(path in _shown(pack, drawn) for drawn in drafts):
                what = f"no outcome ever shows {name}"
                yield PackIssue("components.toml", path, what, "a condition that some outcome meets")


def _ill_formed(pack: Pack, outcome: Outcome, drawn: Architecture) -> Iterator[tuple[KeyPath, str, str]]:
    place: dict[str, KeyPath] = {component.id: ("component", i) for i, component in enumerate(pack.components)}
    frames: dict[str, KeyPath] = {frame.id: ("group", i) for i, frame in enumerate(pack.diagram_groups)}
    ends: dict[str, KeyPath] = {f"{edge.source}>{edge.target}": ("edge", i) for i, edge in enumerate(pack.edges)}
    nodes, edges = drawn.node_by_id, [edge.id for edge in drawn.edges]
    undecided = outcome.status >= Status.OPEN
    for name, number in (Counter(node.id for node in drawn.nodes) + Counter(edges)).items():
        if number > 1:
            where = {**place, **ends}[name]
            yield where, f"“{name}” is drawn {number} times", "conditions that exclude each other"
    for edge in drawn.edges:
        if edge.source not in nodes or edge.target not in nodes:
            yield ends[edge.id], f"“{edge.id}” ends at nothing", "both of its components drawn"
        if not edge.rules and not undecided:
            yield ends[edge.id], f"no rule speaks for “{edge.id}”", "a condition on a part"
    for group in drawn.groups:
        if group.parent is not None and group.parent not in drawn.group_by_id:
            yield frames[group.id], f"“{group.id}” lies in a frame that is not drawn", "a drawn parent"
        if not group.rules and not undecided:
            yield frames[group.id], f"no rule speaks for “{group.id}”", "a component with a rule within"
    graph = to_networkx(drawn)
    for node in drawn.nodes:
        if node.group is not None and node.group not in drawn.group_by_id:
            yield place[node.id], f"“{node.id}” stands in a frame that is not drawn", "a drawn group"
        if not node.rules and not undecided:
            yield place[node.id], f"no rule speaks for “{node.id}”", "a condition on a part"
        stands = node.attached_to is None and node.state in (ElementState.FIRM, ElementState.DEFAULT)
        if stands and not graph.degree[node.id] and len(nodes) > 1:
            yield place[node.id], f"“{node.id}” stands alone", "an edge to or from it"


def _shown(pack: Pack, drawn: Architecture) -> set[KeyPath]:
    """The components, groups and edges that a drawing shows as more than a ghost."""
    firm = {node.id for node in drawn.nodes if node.state is not ElementState.GHOST}
    labels: dict[tuple[str, str], str] = {
        (edge.source, edge.target): edge.label for edge in drawn.edges if edge.state is not ElementState.GHOST
    }
    return {
        *(("component", i) for i, component in enumerate(pack.components) if component.id in firm),
        *(("group", i) for i, frame in enumerate(pack.diagram_groups) if frame.id in drawn.group_by_id),
        *(
            ("edge", i)
            for i, edge in enumerate(pack.edges)
            if (edge.source, edge.target) in labels
            and labels[edge.source, edge.target].startswith(edge.label.partition("{")[0])
        ),
    }


def _drawables(pack: Pack) -> Iterator[tuple[KeyPath, str, Iterator[list[ValueCondition]]]]:
    """All that can be drawn, each with the sets of conditions that together show it."""
    by_id = {component.id: component for component in pack.components}

    def standing(name: str) -> list[list[ValueCondition]]:
        component = next(c for c in pack.components if c.id == name)
        hosts = standing(component.attached_to) if component.attached_to else [[]]
        return [[condition, *host] for condition in component.shown_when for host in hosts]

    def within(group: str) -> Iterator[list[ValueCondition]]:
        for component in by_id.values():
            if component.group == group:
                yield from standing(component.id)
        for frame in pack.diagram_groups:
            if frame.parent == group:
                yield from within(frame.id)

    for index, component in enumerate(pack.components):
        yield ("component", index), f"component “{component.id}”", iter(standing(component.id))
    for index, frame in enumerate(pack.diagram_groups):
        yield ("group", index), f"group “{frame.id}”", _both(_any(frame.shown_when), within(frame.id))
    for index, edge in enumerate(pack.edges):
        ends = _both(standing(edge.source), standing(edge.target))
        yield ("edge", index), f"edge “{edge.source}>{edge.target}”", _both(_any(edge.shown_when), ends)


def _any(shown: Iterable[ValueCondition]) -> list[list[ValueCondition]]:
    return [[condition] for condition in shown] or [[]]


def _both(
    first: Iterable[list[ValueCondition]], second: Iterable[list[ValueCondition]]
) -> Iterator[list[ValueCondition]]:
    return ([*some, *more] for some, more in product(first, second))


def _example(charts: Sequence[Chart], conditions: Iterable[ValueCondition]) -> Answers | None:
    """Answers whose end meets all conditions, the fewest in each archipelago; None where there are none."""
    wanted = [pair for condition in conditions for pair in condition]
    answers: dict[QuestionId, AnswerId] = {}
    for found in charts:
        outside = [_outside(found.sea, part, values) for part, values in wanted]
        end = next((end for end in found.ends if not any(end.rows & rows for rows in outside)), None)
        if end is None:
            return None
        answers.update(found.answers(end))
    return answers


def _outside(sea: Archipelago, part: PartId, values: Iterable[ValueId]) -> int:
    """The rows in which a part of an archipelago has none of some values."""
    rows = 0
    for island, offset in zip(sea.islands, sea.offsets, strict=True):
        for (name, value), bits in island.bits.items():
            if name == part and value not in values:
                rows |= bits << offset
    return rows
