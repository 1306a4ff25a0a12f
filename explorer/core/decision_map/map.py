"""The decision map: the whole decision as a graph of questions and outcomes, unfolded as far as one looks.

It is derived from the rules, with equal states merged. It opens on the headline
questions; the rest unfolds group by group, behind a single node or everywhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cached_property
from itertools import accumulate
from operator import mul

from explorer.core.decision_diagram.diagram import NodeBudgetExceededError
from explorer.core.decision_map.states import State, States, ordered
from explorer.core.errors import ExplorerError
from explorer.core.model.pack import ABSENT, AnswerId, Choice, Pack, PartId, Question, QuestionId, ValueId
from explorer.core.solver.constraints import CompiledPack

MAX_NODES = 12_000
"""A map of more nodes than this is not drawn: nobody could look at it."""

_MAX_INITIAL_PATHS = 1_000
"""Ways through the questions that a map opens on, at the most."""

SEPARATOR = " · "
CONFLICT_LABEL = "In conflict"


class MapTooLargeError(ExplorerError):
    """More of the map was asked for than can be drawn."""

    def __init__(self) -> None:
        super().__init__(
            f"So much of the decision map would be more than {MAX_NODES:,} nodes. "
            "Unfold less of it at once, or ask for a smaller depth."
        )


class MapNodeKind(Enum):
    """What a node of the map stands for."""

    QUESTION = "question"
    FOLDED = "folded"
    OUTCOME = "outcome"
    CONFLICT = "conflict"


@dataclass(frozen=True)
class FoldState:
    """How far the map is unfolded.

    Questions of these `groups` are unfolded everywhere; behind each node in `opened`
    one group is, and what lies behind one in `closed` is not shown. `depth` is the most questions on any way.
    """

    expanded_groups: frozenset[str] = frozenset()
    expanded: frozenset[tuple[str, str]] = frozenset()
    collapsed: frozenset[str] = frozenset()
    max_depth: int | None = None


@dataclass(frozen=True)
class MapNode:
    """A question asked, or where the map ends for now.

    `question` is what is asked, at a folded node what would be asked next; `summary` is what
    the answers on the way come to; `hidden` are the questions still to ask behind a folded node.
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
    """Answers to the question at `source` that lead to `target`."""

    source: str
    target: str
    answers: tuple[AnswerId, ...]

    @property
    def id(self) -> str:
        """A name of its own: no two branches share source and target."""
        return f"{self.source}>{self.target}"


@dataclass(frozen=True)
class DecisionMap:
    """The map as far as it is unfolded; every branch leads from a node to a later one."""

    pack: Pack
    fold_state: FoldState
    nodes: tuple[MapNode, ...]
    branches: tuple[MapBranch, ...]

    @property
    def root(self) -> MapNode:
        """Where every way begins."""
        return self.nodes[0]

    @cached_property
    def node_by_id(self) -> Mapping[str, MapNode]:
        """Every node under its id."""
        return {node.id: node for node in self.nodes}

    @cached_property
    def outgoing(self) -> Mapping[str, tuple[MapBranch, ...]]:
        """The branches of each node, in the order of their answers."""
        return _group_branches((branch.source, branch) for branch in self.branches)

    @cached_property
    def incoming(self) -> Mapping[str, tuple[MapBranch, ...]]:
        """The branches that lead to each node."""
        return _group_branches((branch.target, branch) for branch in self.branches)

    def question_of(self, node: MapNode) -> Question | None:
        """The question that a node asks, or would ask next."""
        return self.pack.question_by_id[node.question] if node.question else None

    def toggle_fold(self, node_id: str) -> FoldState:
        """The folding with what lies behind a node shown if it is hidden, and hidden if it is shown."""
        folding, node = self.fold_state, self.node_by_id[node_id]
        asked = self.question_of(node)
        if asked is None:
            return folding
        here = (node_id, asked.group)
        if node.kind is MapNodeKind.FOLDED:
            if node_id in folding.collapsed:
                return replace(folding, collapsed=folding.collapsed - {node_id})
            return replace(folding, expanded=folding.expanded | {here})
        if here in folding.expanded:
            return replace(folding, expanded=folding.expanded - {here})
        return replace(folding, collapsed=folding.collapsed | {node_id})


def fully_expanded(pack: Pack, depth: int | None = None) -> FoldState:
    """Return the fold state that shows every group, at most `depth` questions deep."""
    return FoldState(frozenset(group for group, _ in pack.question_groups), max_depth=depth)


@dataclass(frozen=True, eq=False)
class DecisionMapBuilder:
    """The whole decision of a pack, of which maps are cut; what was worked out once is remembered."""

    space: CompiledPack
    states: States
    _maps: dict[FoldState, DecisionMap] = field(default_factory=dict, repr=False)
    _summaries: dict[State, str] = field(default_factory=dict, repr=False)

    def build(self, folding: FoldState | None = None) -> DecisionMap:
        """The map, unfolded so far; TooManyNodesError when that is too much."""
        folding = folding or FoldState()
        found = self._maps.get(folding)
        if found is None:
            try:
                found = self._maps[folding] = _Expander(self, folding).build()
            except NodeBudgetExceededError as error:
                raise MapTooLargeError from error
        return found

    def build_expanded(self, depth: int | None = None) -> DecisionMap:
        """The map with every group unfolded, at most so many questions deep."""
        return self.build(fully_expanded(self.space.pack, depth))

    def state_summary(self, state: State) -> str:
        """What a state comes to when all else is left open, in very few words."""
        found = self._summaries.get(state)
        if found is None:
            found = (
                CONFLICT_LABEL if state.in_conflict else summarize_values(self.space.pack, self.states.values(state))
            )
            self._summaries[state] = found
        return found


def create_map_builder(space: CompiledPack) -> DecisionMapBuilder:
    """The tree of a prepared pack; nothing is worked out yet."""
    return DecisionMapBuilder(space, States(space, ordered(space.pack.questions)))


def initial_questions(pack: Pack) -> frozenset[QuestionId]:
    """The questions on which the map opens: the headline ones, or in a pack without any the first group's.

    Where so many would make a map that nobody can look at, the last ones wait to be unfolded.
    """
    first = pack.question_groups[0][0] if pack.question_groups else ""
    headline = [question for question in pack.questions if question.is_headline]
    wanted = headline or [question for question in pack.questions if question.group == first]
    ends = accumulate((len(question.answers) for question in wanted), mul)
    return frozenset(question.id for question, end in zip(wanted, ends, strict=True) if end <= _MAX_INITIAL_PATHS)


def summarize_values(pack: Pack, values: Mapping[PartId, ValueId]) -> str:
    """The short names of what the choices came to; without any short names, the outcome's main choices."""
    shorts = [choice for choice in pack.choices if any(value.short for value in choice.values)]
    shown = shorts or [choice for choice in pack.choices if choice.in_outcome_bar] or list(pack.choices)
    words = (word for choice in shown for word in _value_names(choice, values, bool(shorts)))
    return SEPARATOR.join(dict.fromkeys(words)) or "decided"


def _value_names(choice: Choice, values: Mapping[PartId, ValueId], short: bool) -> list[str]:
    speaking = [values[part.id] for part in choice.parts if values.get(part.id, ABSENT) != ABSENT]
    if not choice.multi_valued:
        speaking = speaking[:1]
    by_id = {value.id: value for value in choice.values}
    return [word for value in speaking if (word := by_id[value].short if short else by_id[value].label)]


class _Expander:
    """Walks the tree as far as a folding shows it, nearest questions first."""

    def __init__(self, tree: DecisionMapBuilder, folding: FoldState) -> None:
        self._builder, self._states, self._fold_state = tree, tree.states, folding
        self._expanded_groups: defaultdict[State, frozenset[str]] = defaultdict(lambda: folding.expanded_groups)
        self._initial_questions = initial_questions(tree.space.pack)
        self._level: dict[State, int] = {}
        self._example_answers: dict[State, tuple[tuple[QuestionId, AnswerId], ...]] = {}
        self._conflicts: list[MapNode] = []
        self._branches: list[MapBranch] = []

    def build(self) -> DecisionMap:
        """The map of what is shown."""
        nodes: list[MapNode] = []
        states: list[State] = []
        places: list[dict[State, None]] = [{} for _ in range(len(self._states.order) + 1)]
        self._visit(self._states.start, 0, (), self._fold_state.expanded_groups)
        places[self._states.start.place][self._states.start] = None
        # A move always leads to a later place, so whatever leads to a state has been seen before it.
        for waiting in places:
            for state in waiting:
                nodes.append(self._node(state))
                states.append(state)
                if nodes[-1].kind is MapNodeKind.QUESTION:
                    for later in self._expand(state, nodes[-1]):
                        places[later.place][later] = None
                if len(self._level) + len(self._conflicts) > MAX_NODES:
                    raise MapTooLargeError
        # What each comes to is worked out last: it takes longer than to see that they are too many.
        told = (
            replace(node, summary=self._builder.state_summary(state)) for node, state in zip(nodes, states, strict=True)
        )
        everything = (*told, *self._conflicts)
        return DecisionMap(self._states.compiled.pack, self._fold_state, everything, tuple(self._branches))

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
        folding = self._fold_state
        if (self._states.id(state), question.group) in folding.expanded:
            self._expanded_groups[state] |= {question.group}
        deep = folding.max_depth is not None and self._level[state] >= folding.max_depth
        shown = question.id in self._initial_questions or question.group in self._expanded_groups[state]
        return shown and not deep and self._states.id(state) not in folding.collapsed

    def _expand(self, state: State, node: MapNode) -> Iterable[State]:
        assert node.question is not None
        for move in self._states.transitions(state):
            example = (*node.example_answers, (node.question, move.answers[0]))
            if move.to.in_conflict:
                # A clash has no future that it could share: it is drawn where it happens.
                clash = f"{node.id}!{move.answers[0]}"
                self._conflicts.append(
                    MapNode(clash, MapNodeKind.CONFLICT, None, CONFLICT_LABEL, 0, node.level + 1, example)
                )
                self._branches.append(MapBranch(node.id, clash, move.answers))
                continue
            self._visit(move.to, node.level + 1, example, self._expanded_groups[state])
            self._branches.append(MapBranch(node.id, self._states.id(move.to), move.answers))
            yield move.to


def _group_branches(pairs: Iterable[tuple[str, MapBranch]]) -> Mapping[str, tuple[MapBranch, ...]]:
    found: dict[str, list[MapBranch]] = {}
    for key, branch in pairs:
        found.setdefault(key, []).append(branch)
    return {key: tuple(branches) for key, branches in found.items()}
