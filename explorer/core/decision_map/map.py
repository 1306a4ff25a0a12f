"""Decision map: all questions and outcomes of a pack as a graph, expanded as far as the user wants.

The map is derived from the rules; equal states are merged. At first it shows the headline questions.
The user expands the others by group, at one node or everywhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property
from itertools import accumulate
from operator import mul

from explorer.core.decision_diagram.diagram import NodeBudgetExceededError
from explorer.core.decision_map.states import State, States, ordered
from explorer.core.errors import ExplorerError
from explorer.core.lru_cache import LruCache
from explorer.core.model.pack import ABSENT, AnswerId, Choice, Pack, PartId, Question, QuestionId, ValueId
from explorer.core.solver.constraints import CompiledPack

MAX_NODES = 12_000
"""The maximum number of nodes of a map. A larger map is not readable."""

_MAX_INITIAL_PATHS = 1_000
"""The maximum number of paths through the questions that a map shows at first."""

_MAX_CACHED_MAPS = 32

SEPARATOR = " · "
CONFLICT_LABEL = "In conflict"


class MapTooLargeError(ExplorerError):
    """The requested part of the map has too many nodes."""

    def __init__(self) -> None:
        super().__init__(
            f"This part of the decision map has more than {MAX_NODES:,} nodes. "
            "Expand fewer groups, or select a smaller depth."
        )


class MapNodeKind(Enum):
    """The kind of a node; `FOLDED` is a question whose branches are hidden."""

    QUESTION = "question"
    FOLDED = "folded"
    OUTCOME = "outcome"
    CONFLICT = "conflict"


@dataclass(frozen=True)
class FoldState:
    """Which parts of the map are expanded.

    Questions of `expanded_groups` are expanded everywhere. `expanded` holds nodes, each with the group
    that is expanded behind it. Nodes in `collapsed` hide everything behind them.
    `max_depth` is the maximum number of questions on a path.
    """

    expanded_groups: frozenset[str] = frozenset()
    expanded: frozenset[tuple[str, str]] = frozenset()
    collapsed: frozenset[str] = frozenset()
    max_depth: int | None = None


@dataclass(frozen=True)
class MapNode:
    """A question, a folded question, an outcome or a conflict.

    `question` is the (next) question. `summary` is the outcome of the answers on the path.
    `hidden_count` is the number of questions behind a folded node. `level` is the number of questions
    on the longest path to the node. `example_answers` lead to the node.
    """

    id: str
    kind: MapNodeKind
    question: QuestionId | None
    summary: str
    hidden_count: int
    level: int
    example_answers: tuple[tuple[QuestionId, AnswerId], ...]


@dataclass(frozen=True)
class MapBranch:
    """The answers to the question at `source` that lead to `target`."""

    source: str
    target: str
    answers: tuple[AnswerId, ...]

    @property
    def id(self) -> str:
        """A unique id: no two branches have the same source and target."""
        return f"{self.source}>{self.target}"


@dataclass(frozen=True)
class DecisionMap:
    """The expanded part of the map. Every branch leads from a node to a later node in `nodes`."""

    pack: Pack
    fold_state: FoldState
    nodes: tuple[MapNode, ...]
    branches: tuple[MapBranch, ...]

    @property
    def root(self) -> MapNode:
        """The node at which all paths start."""
        return self.nodes[0]

    @cached_property
    def node_by_id(self) -> Mapping[str, MapNode]:
        """All nodes by id."""
        return {node.id: node for node in self.nodes}

    @cached_property
    def outgoing(self) -> Mapping[str, tuple[MapBranch, ...]]:
        """The branches that start at each node, in the order of their answers."""
        return _group_branches((branch.source, branch) for branch in self.branches)

    @cached_property
    def incoming(self) -> Mapping[str, tuple[MapBranch, ...]]:
        """The branches that end at each node."""
        return _group_branches((branch.target, branch) for branch in self.branches)

    def question_of(self, node: MapNode) -> Question | None:
        """Return the (next) question of a node; None at an outcome or a conflict."""
        return self.pack.question_by_id[node.question] if node.question else None

    def toggle_fold(self, node_id: str) -> FoldState:
        """Return the fold state after expanding or collapsing a node."""
        state, node = self.fold_state, self.node_by_id[node_id]
        question = self.question_of(node)
        if question is None:
            return state
        entry = (node_id, question.group)
        if node.kind is MapNodeKind.FOLDED:
            if node_id in state.collapsed:
                return replace(state, collapsed=state.collapsed - {node_id})
            return replace(state, expanded=state.expanded | {entry})
        if entry in state.expanded:
            return replace(state, expanded=state.expanded - {entry})
        return replace(state, collapsed=state.collapsed | {node_id})


def fully_expanded(pack: Pack, depth: int | None = None) -> FoldState:
    """Return the fold state that expands all groups, with at most `depth` questions on a path."""
    return FoldState(frozenset(group for group, _ in pack.question_groups), max_depth=depth)


class DecisionMapBuilder:
    """Builds decision maps of a pack, and caches them."""

    def __init__(self, compiled: CompiledPack) -> None:
        self.pack = compiled.pack
        self._compiled = compiled
        self._maps: LruCache[FoldState, DecisionMap] = LruCache(_MAX_CACHED_MAPS)
        self._start_again()

    def _start_again(self) -> None:
        self.states = States(self._compiled, ordered(self.pack.questions))
        self._summaries: dict[State, str] = {}

    def build(self, fold_state: FoldState | None = None) -> DecisionMap:
        """Return the map with that fold state. Raises MapTooLargeError if it has too many nodes."""
        fold_state = fold_state or FoldState()
        decision_map = self._maps.get(fold_state)
        if decision_map is None:
            try:
                decision_map = _Expander(self, fold_state).build()
            except NodeBudgetExceededError as error:
                self._start_again()  # the used-up node table has no space for any other map
                raise MapTooLargeError from error
            self._maps.put(fold_state, decision_map)
        return decision_map

    def build_expanded(self, depth: int | None = None) -> DecisionMap:
        """Return the map with all groups expanded, with at most `depth` questions on a path."""
        return self.build(fully_expanded(self.pack, depth))

    def state_summary(self, state: State) -> str:
        """Return the main values of a state if all other questions stay open."""
        summary = self._summaries.get(state)
        if summary is None:
            summary = CONFLICT_LABEL if state.in_conflict else summarize_values(self.pack, self.states.values(state))
            self._summaries[state] = summary
        return summary


def initial_questions(pack: Pack) -> frozenset[QuestionId]:
    """Return the questions that the map shows at first: the headline questions, else the first group.

    If these have too many combinations of answers, the last of them are left out.
    """
    first = pack.question_groups[0][0] if pack.question_groups else ""
    headline = [question for question in pack.questions if question.is_headline]
    candidates = headline or [question for question in pack.questions if question.group == first]
    combinations = accumulate((len(question.answers) for question in candidates), mul)
    return frozenset(
        question.id for question, count in zip(candidates, combinations, strict=True) if count <= _MAX_INITIAL_PATHS
    )


def summarize_values(pack: Pack, values: Mapping[PartId, ValueId]) -> str:
    """Return the short labels of the values. For a pack without short labels, return those of its main choices."""
    with_short = [choice for choice in pack.choices if any(value.short for value in choice.values)]
    choices = with_short or [choice for choice in pack.choices if choice.in_outcome_bar] or list(pack.choices)
    names = (name for choice in choices for name in _value_names(choice, values, bool(with_short)))
    return SEPARATOR.join(dict.fromkeys(names)) or "decided"


def _value_names(choice: Choice, values: Mapping[PartId, ValueId], short: bool) -> list[str]:
    present = [values[part.id] for part in choice.parts if values.get(part.id, ABSENT) != ABSENT]
    if not choice.multi_valued:
        present = present[:1]
    by_id = {value.id: value for value in choice.values}
    return [name for value in present if (name := by_id[value].short if short else by_id[value].label)]


class _Expander:
    """Expands the decision diagram as far as a fold state shows it, level by level."""

    def __init__(self, builder: DecisionMapBuilder, fold_state: FoldState) -> None:
        self._builder, self._states, self._fold_state = builder, builder.states, fold_state
        self._expanded_groups: defaultdict[State, frozenset[str]] = defaultdict(lambda: fold_state.expanded_groups)
        self._initial_questions = initial_questions(builder.pack)
        self._level: dict[State, int] = {}
        self._example_answers: dict[State, tuple[tuple[QuestionId, AnswerId], ...]] = {}
        self._conflicts: list[MapNode] = []
        self._branches: list[MapBranch] = []

    def build(self) -> DecisionMap:
        """Return the map of the expanded part."""
        nodes: list[MapNode] = []
        states: list[State] = []
        by_place: list[dict[State, None]] = [{} for _ in range(len(self._states.order) + 1)]
        start = self._states.start
        self._visit(start.to, 0, start.implied, self._fold_state.expanded_groups)
        by_place[start.to.place][start.to] = None
        # A transition always leads to a later place, so all predecessors of a state are visited before it.
        for waiting in by_place:
            for state in waiting:
                nodes.append(self._node(state))
                states.append(state)
                if nodes[-1].kind is MapNodeKind.QUESTION:
                    for following in self._expand(state, nodes[-1]):
                        by_place[following.place][following] = None
                if len(self._level) + len(self._conflicts) > MAX_NODES:
                    raise MapTooLargeError
        # Summaries are slow, so they are computed only after the number of nodes is known to be small enough.
        summarized = (
            replace(node, summary=self._builder.state_summary(state)) for node, state in zip(nodes, states, strict=True)
        )
        return DecisionMap(self._builder.pack, self._fold_state, (*summarized, *self._conflicts), tuple(self._branches))

    def _visit(
        self,
        state: State,
        level: int,
        example: tuple[tuple[QuestionId, AnswerId], ...],
        groups: frozenset[str],
    ) -> None:
        self._level[state] = max(level, self._level.get(state, 0))
        self._example_answers.setdefault(state, example)
        self._expanded_groups[state] |= groups

    def _node(self, state: State) -> MapNode:
        question = self._states.question(state)
        kind = MapNodeKind.OUTCOME
        if question is not None:
            kind = MapNodeKind.QUESTION if self._is_expanded(state, question) else MapNodeKind.FOLDED
        return MapNode(
            id=self._states.id(state),
            kind=kind,
            question=question.id if question else None,
            summary="",
            hidden_count=len(self._states.remaining(state)) if kind is MapNodeKind.FOLDED else 0,
            level=self._level[state],
            example_answers=self._example_answers[state],
        )

    def _is_expanded(self, state: State, question: Question) -> bool:
        fold_state = self._fold_state
        if (self._states.id(state), question.group) in fold_state.expanded:
            self._expanded_groups[state] |= {question.group}
        at_max_depth = fold_state.max_depth is not None and self._level[state] >= fold_state.max_depth
        shown = question.id in self._initial_questions or question.group in self._expanded_groups[state]
        return shown and not at_max_depth and self._states.id(state) not in fold_state.collapsed

    def _expand(self, state: State, node: MapNode) -> Iterable[State]:
        assert node.question is not None
        for transition in self._states.transitions(state):
            example = (*node.example_answers, (node.question, transition.answers[0]), *transition.implied)
            if transition.to.in_conflict:
                # Nothing follows a conflict, so each one is a node of its own at the answer that causes it.
                conflict = f"{node.id}!{transition.answers[0]}"
                self._conflicts.append(
                    MapNode(conflict, MapNodeKind.CONFLICT, None, CONFLICT_LABEL, 0, node.level + 1, example)
                )
                self._branches.append(MapBranch(node.id, conflict, transition.answers))
                continue
            self._visit(transition.to, node.level + 1, example, self._expanded_groups[state])
            self._branches.append(MapBranch(node.id, self._states.id(transition.to), transition.answers))
            yield transition.to


def _group_branches(pairs: Iterable[tuple[str, MapBranch]]) -> Mapping[str, tuple[MapBranch, ...]]:
    branches: dict[str, list[MapBranch]] = {}
    for key, branch in pairs:
        branches.setdefault(key, []).append(branch)
    return {key: tuple(group) for key, group in branches.items()}
