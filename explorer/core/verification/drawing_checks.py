"""Drawing checks over all outcomes: every element is drawn in some outcome, and every drawing is well-formed.

A function of the answers states when a component, group or edge is drawn. A function that is never true is a
problem. The smallest answers that can give a wrong drawing are an example. Only the examples are built as an
architecture, one for each different case.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache

from explorer.core.architecture.builder import build_architecture
from explorer.core.decision_diagram.diagram import FALSE
from explorer.core.model.architecture import Architecture, ElementState, to_networkx
from explorer.core.model.outcome import Outcome, Status
from explorer.core.model.pack import Answers, Component, EdgeSpec, GroupId, NodeId, Pack, PartId, ValueCondition
from explorer.core.model.validation import KeyPath, PackIssue
from explorer.core.solver.decide import decide
from explorer.core.verification.outcome_functions import OutcomeFunctions, format_answers

_MAX_EXAMPLES = 64
"""The largest number of examples that are built for one possible problem."""


def check_drawings(functions: OutcomeFunctions) -> Iterator[PackIssue]:
    """Yield the problems of all drawings, each with an example, and the elements that no outcome shows."""
    pack, drawn = functions.pack, _DrawnFunctions(functions)
    found: dict[KeyPath, PackIssue] = {}

    def has_problem(answers: Answers) -> bool:
        """Build the drawing of an example; return whether it has a problem."""
        outcome = decide(functions.compiled, answers)
        issues = list(ill_formed(pack, outcome, build_architecture(pack, outcome)))
        for path, what, expected in issues:
            example = format_answers(answers)
            found.setdefault(path, PackIssue("components.toml", path, f"{what} with {example}", expected))
        return bool(issues)

    has_problem({})
    for _, conflict in functions.minimal_conflicts:
        has_problem(conflict)
    for possible_problem, parts in drawn.possible_problems():
        for answers in _examples(functions, possible_problem, parts):
            if has_problem(answers):
                break
    yield from found.values()
    for path, name in _never_drawn(drawn):
        yield PackIssue("components.toml", path, f"no outcome shows {name}", "a condition that is true in an outcome")


def _examples(functions: OutcomeFunctions, function: int, parts: Iterable[PartId]) -> Iterator[Answers]:
    """Answers for which a function is true: the smallest for each different result of some parts."""
    parts = tuple(parts)
    for _ in range(_MAX_EXAMPLES):
        answers = functions.smallest_answers(function)
        if answers is None:
            return
        yield answers
        function = functions.table.difference(function, functions.like(answers, parts))


class _DrawnFunctions:
    """When each component, group and edge is drawn, as functions of the answers."""

    def __init__(self, functions: OutcomeFunctions) -> None:
        self.functions, self.pack, self.table = functions, functions.pack, functions.table
        self._component = {component.id: component for component in self.pack.components}
        self.component = cache(self._drawn_component)
        self.may_be_drawn = cache(self._may_be_drawn)

    def _drawn_component(self, name: NodeId) -> int:
        """Where a component is drawn as more than a ghost."""
        component = self._component[name]
        found = self._any_holds(component.shown_when)
        if component.attached_to:
            return self.table.conjoin(found, self.component(component.attached_to))
        return found

    def _may_be_drawn(self, name: NodeId) -> int:
        """Where a component is drawn, or may be drawn as a ghost."""
        component = self._component[name]
        if not component.can_be_ghost:
            return self.component(name)
        ghost = self.table.any_of(
            self.functions.all_of(self.functions.possible(part, values) for part, values in condition)
            for condition in component.shown_when
        )
        return self.table.disjoin(self.component(name), ghost)

    def _any_holds(self, conditions: Iterable[ValueCondition]) -> int:
        return self.table.any_of(map(self.functions.holds, conditions))

    def edge(self, edge: EdgeSpec, *, ghosts: bool = False) -> int:
        """Where an edge is drawn, with `ghosts` also where one of its ends may be a ghost."""
        ends = [self._component[edge.source], self._component[edge.target]]
        if any(end.attached_to for end in ends):
            return FALSE
        drawn = self.may_be_drawn if ghosts else self.component
        found = self.functions.all_of(drawn(end.id) for end in ends)
        return self.table.conjoin(found, self._any_holds(edge.shown_when)) if edge.shown_when else found

    def group(self, group: GroupId) -> int:
        """Where a group is drawn: its condition holds and something is within it."""
        spec = next(spec for spec in self.pack.diagram_groups if spec.id == group)
        within = self.table.any_of(self.may_be_drawn(component.id) for component in self._within(group))
        return self.table.conjoin(within, self._any_holds(spec.shown_when)) if spec.shown_when else within

    def _within(self, group: GroupId) -> Iterator[Component]:
        for component in self.pack.components:
            if component.group == group and component.attached_to is None:
                yield component
        for spec in self.pack.diagram_groups:
            if spec.parent == group:
                yield from self._within(spec.id)

    def possible_problems(self) -> Iterator[tuple[int, set[PartId]]]:
        """Where a drawing may have a problem, and the parts that decide whether it has."""
        yield from self._doubled_edges()
        yield from self._unconnected_components()
        yield from self._unexplained_components()

    def _doubled_edges(self) -> Iterator[tuple[int, set[PartId]]]:
        by_ends: dict[tuple[NodeId, NodeId], list[EdgeSpec]] = {}
        for edge in self.pack.edges:
            for other in by_ends.setdefault((edge.source, edge.target), []):
                both = self.table.conjoin(self.edge(edge, ghosts=True), self.edge(other, ghosts=True))
                if both != FALSE:
                    yield (
                        both,
                        self._parts([edge, other, *map(self._component.__getitem__, (edge.source, edge.target))]),
                    )
            by_ends[edge.source, edge.target].append(edge)

    def _unconnected_components(self) -> Iterator[tuple[int, set[PartId]]]:
        """Yield where a component has no edge that is certainly drawn, while another component is drawn."""
        for component in self.pack.components:
            if component.attached_to is None:
                edges = [edge for edge in self.pack.edges if component.id in (edge.source, edge.target)]
                alone = self.table.difference(self.component(component.id), self.table.any_of(map(self.edge, edges)))
                others = (
                    self.may_be_drawn(other.id)
                    for other in self.pack.components
                    if other.id != component.id and other.attached_to is None
                )
                alone = self.table.conjoin(alone, self.table.any_of(others)) if alone != FALSE else FALSE
                if alone != FALSE:
                    ends = {end for edge in edges for end in (edge.source, edge.target)}
                    yield alone, self._parts([component, *edges, *(self._component[end] for end in ends)])

    def _unexplained_components(self) -> Iterator[tuple[int, set[PartId]]]:
        """Where a component depends only on parts that have a single value, which no rule chooses."""
        for component in self.pack.components:
            for condition in component.shown_when:
                if all(len(self.pack.part_by_id[part].possible_values) == 1 for part, _ in condition):
                    drawn = self.table.conjoin(self.component(component.id), self.functions.holds(condition))
                    yield self.table.conjoin(drawn, self.functions.all_decided), self._parts([component])

    def _parts(self, specs: Iterable[Component | EdgeSpec]) -> set[PartId]:
        return {part for spec in specs for condition in spec.shown_when for part, _ in condition}


def _never_drawn(drawn: _DrawnFunctions) -> Iterator[tuple[KeyPath, str]]:
    for index, component in enumerate(drawn.pack.components):
        if drawn.component(component.id) == FALSE:
            yield ("component", index), f"component “{component.id}”"
    for index, group in enumerate(drawn.pack.diagram_groups):
        if drawn.group(group.id) == FALSE:
            yield ("group", index), f"group “{group.id}”"
    for index, edge in enumerate(drawn.pack.edges):
        if drawn.edge(edge) == FALSE:
            yield ("edge", index), f"edge “{edge.source}>{edge.target}”"


def ill_formed(pack: Pack, outcome: Outcome, drawn: Architecture) -> Iterator[tuple[KeyPath, str, str]]:
    """The problems of one drawing: where, what, and what was expected."""
    components: dict[str, KeyPath] = {component.id: ("component", i) for i, component in enumerate(pack.components)}
    groups: dict[str, KeyPath] = {group.id: ("group", i) for i, group in enumerate(pack.diagram_groups)}
    ends: dict[str, KeyPath] = {f"{edge.source}>{edge.target}": ("edge", i) for i, edge in enumerate(pack.edges)}
    nodes, edges = drawn.node_by_id, [edge.id for edge in drawn.edges]
    decided = outcome.status < Status.OPEN
    for name, number in (Counter(node.id for node in drawn.nodes) + Counter(edges)).items():
        if number > 1:
            where = {**components, **ends}[name]
            yield where, f"“{name}” is drawn {number} times", "conditions that exclude each other"
    for edge in drawn.edges:
        if edge.source not in nodes or edge.target not in nodes:
            yield ends[edge.id], f"“{edge.id}” connects to a component that is not drawn", "two drawn components"
        if not edge.rules and decided:
            yield ends[edge.id], f"no rule explains “{edge.id}”", "a condition on a part"
    for group in drawn.groups:
        if group.parent is not None and group.parent not in drawn.group_by_id:
            yield groups[group.id], f"“{group.id}” is in a group that is not drawn", "a drawn parent"
        if not group.rules and decided:
            yield groups[group.id], f"no rule explains “{group.id}”", "a component in it that has a rule"
    graph = to_networkx(drawn)
    for node in drawn.nodes:
        if node.group is not None and node.group not in drawn.group_by_id:
            yield components[node.id], f"“{node.id}” is in a group that is not drawn", "a drawn group"
        if not node.rules and decided:
            yield components[node.id], f"no rule explains “{node.id}”", "a condition on a part"
        others = [other for other in drawn.nodes if other is not node]
        stands = node.attached_to is None and node.state in (ElementState.FIRM, ElementState.DEFAULT)
        if stands and not graph.degree[node.id] and any(other.attached_to is None for other in others):
            yield components[node.id], f"“{node.id}” has no edge", "an edge to or from it"
