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

from explorer.core.errors import ExplorerError
from explorer.core.model.pack import ABSENT, AnswerId, Choice, Pack, PartId, Question, QuestionId, ValueId
from explorer.core.search.decision_diagram import State, States, ordered
from explorer.core.solver.constraints import Space

MOST_NODES = 12_000
"""A map of more nodes than this is not drawn: nobody could look at it."""

_MOST_AT_FIRST = 1_000
"""Ways through the questions that a map opens on, at the most."""

DOT = " · "
CLASH = "In conflict"


class TooManyNodesError(ExplorerError):
    """More of the map was asked for than can be drawn."""

    def __init__(self) -> None:
        super().__init__(
            f"So much of the decision map would be more than {MOST_NODES:,} nodes. "
            "Unfold less of it at once, or ask for a smaller depth."
        )


class Kind(Enum):
    """What a node of the map stands for."""

    QUESTION = "question"
    FOLDED = "folded"
    OUTCOME = "outcome"
    CONFLICT = "conflict"


@dataclass(frozen=True)
class Folding:
    """How far the map is unfolded.

    Questions of these `groups` are unfolded everywhere; behind each node in `opened`
    one group is, and what lies behind one in `closed` is not shown. `depth` is the most questions on any way.
    """

    groups: frozenset[str] = frozenset()
    opened: frozenset[tuple[str, str]] = frozenset()
    closed: frozenset[str] = frozenset()
    depth: int | None = None


@dataclass(frozen=True)
class MapNode:
    """A question asked, or where the map ends for now.

    `question` is what is asked, at a folded node what would be asked next; `summary` is what
    the answers on the way come to; `hidden` are the questions still to ask behind a folded node.
    """

    id: str
    kind: Kind
    question: QuestionId | None
    summary: str
    hidden: int
    level: int
    example: tuple[tuple[QuestionId, AnswerId], ...]


@dataclass(frozen=True)
class Branch:
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
    folding: Folding
    nodes: tuple[MapNode, ...]
    branches: tuple[Branch, ...]

    @property
    def root(self) -> MapNode:
        """Where every way begins."""
        return self.nodes[0]

    @cached_property
    def node_by_id(self) -> Mapping[str, MapNode]:
        """Every node under its id."""
        return {node.id: node for node in self.nodes}

    @cached_property
    def leaving(self) -> Mapping[str, tuple[Branch, ...]]:
        """The branches of each node, in the order of their answers."""
        return _grouped((branch.source, branch) for branch in self.branches)

    @cached_property
    def arriving(self) -> Mapping[str, tuple[Branch, ...]]:
        """The branches that lead to each node."""
        return _grouped((branch.target, branch) for branch in self.branches)

    def asked(self, node: MapNode) -> Question | None:
        """The question that a node asks, or would ask next."""
        return self.pack.question_by_id[node.question] if node.question else None

    def fold(self, node_id: str) -> Folding:
        """The folding with what lies behind a node shown if it is hidden, and hidden if it is shown."""
        folding, node = self.folding, self.node_by_id[node_id]
        asked = self.asked(node)
        if asked is None:
            return folding
        here = (node_id, asked.group)
        if node.kind is Kind.FOLDED:
            if node_id in folding.closed:
                return replace(folding, closed=folding.closed - {node_id})
            return replace(folding, opened=folding.opened | {here})
        if here in folding.opened:
            return replace(folding, opened=folding.opened - {here})
        return replace(folding, closed=folding.closed | {node_id})


@dataclass(frozen=True, eq=False)
class Tree:
    """The whole decision of a pack, of which maps are cut; what was worked out once is remembered."""

    space: Space
    states: States
    _maps: dict[Folding, DecisionMap] = field(default_factory=dict, repr=False)
    _summaries: dict[State, str] = field(default_factory=dict, repr=False)

    def map(self, folding: Folding | None = None) -> DecisionMap:
        """The map, unfolded so far; TooManyNodesError when that is too much."""
        folding = folding or Folding()
        found = self._maps.get(folding)
        if found is None:
            found = self._maps[folding] = _Surveyor(self, folding).map()
        return found

    def whole(self, depth: int | None = None) -> DecisionMap:
        """The map with every group unfolded, at most so many questions deep."""
        return self.map(Folding(frozenset(group for group, _ in self.space.pack.groups), depth=depth))

    def summary(self, state: State) -> str:
        """What a state comes to when all else is left open, in very few words."""
        found = self._summaries.get(state)
        if found is None:
            found = CLASH if state.clash else summary(self.space.pack, self.states.values(state))
            self._summaries[state] = found
        return found


def plant(space: Space) -> Tree:
    """The tree of a prepared pack; nothing is worked out yet."""
    return Tree(space, States(space, ordered(space.pack.questions)))


def opening(pack: Pack) -> frozenset[QuestionId]:
    """The questions on which the map opens: the headline ones, or in a pack without any the first group's.

    Where so many would make a map that nobody can look at, the last ones wait to be unfolded.
    """
    first = pack.groups[0][0] if pack.groups else ""
    headline = [question for question in pack.questions if question.headline]
    wanted = headline or [question for question in pack.questions if question.group == first]
    ends = accumulate((len(question.answers) for question in wanted), mul)
    return frozenset(question.id for question, end in zip(wanted, ends, strict=True) if end <= _MOST_AT_FIRST)


def summary(pack: Pack, values: Mapping[PartId, ValueId]) -> str:
    """The short names of what the choices came to; without any short names, the outcome's main choices."""
    shorts = [choice for choice in pack.choices if any(value.short for value in choice.values)]
    shown = shorts or [choice for choice in pack.choices if choice.bar] or list(pack.choices)
    words = (word for choice in shown for word in _words(choice, values, bool(shorts)))
    return DOT.join(dict.fromkeys(words)) or "decided"


def _words(choice: Choice, values: Mapping[PartId, ValueId], short: bool) -> list[str]:
    speaking = [values[part.id] for part in choice.parts if values.get(part.id, ABSENT) != ABSENT]
    if not choice.many:
        speaking = speaking[:1]
    by_id = {value.id: value for value in choice.values}
    return [word for value in speaking if (word := by_id[value].short if short else by_id[value].label)]


class _Surveyor:
    """Walks the tree as far as a folding shows it, nearest questions first."""

    def __init__(self, tree: Tree, folding: Folding) -> None:
        self._tree, self._states, self._folding = tree, tree.states, folding
        self._granted: defaultdict[State, frozenset[str]] = defaultdict(lambda: folding.groups)
        self._opening = opening(tree.space.pack)
        self._level: dict[State, int] = {}
        self._example: dict[State, tuple[tuple[QuestionId, AnswerId], ...]] = {}
        self._clashes: list[MapNode] = []
        self._branches: list[Branch] = []

    def map(self) -> DecisionMap:
        """The map of what is shown."""
        nodes: list[MapNode] = []
        states: list[State] = []
        places: list[dict[State, None]] = [{} for _ in range(len(self._states.order) + 1)]
        self._meet(self._states.start, 0, (), self._folding.groups)
        places[self._states.start.place][self._states.start] = None
        # A move always leads to a later place, so whatever leads to a state has been seen before it.
        for waiting in places:
            for state in waiting:
                nodes.append(self._node(state))
                states.append(state)
                if nodes[-1].kind is Kind.QUESTION:
                    for later in self._walk_on(state, nodes[-1]):
                        places[later.place][later] = None
                if len(self._level) + len(self._clashes) > MOST_NODES:
                    raise TooManyNodesError
        # What each comes to is worked out last: it takes longer than to see that they are too many.
        told = (
            replace(node, summary=self._tree.summary(state))
            for node, state in zip(nodes, states, strict=True)
        )
        everything = (*told, *self._clashes)
        return DecisionMap(self._states.space.pack, self._folding, everything, tuple(self._branches))

    def _meet(
        self,
        state: State,
        level: int,
        example: tuple[tuple[QuestionId, AnswerId], ...],
        groups: frozenset[str],
    ) -> None:
        self._level[state] = max(level, self._level.get(state, 0))
        self._example.setdefault(state, example)
        self._granted[state] |= groups

    def _node(self, state: State) -> MapNode:
        question = self._states.question(state)
        kind = Kind.OUTCOME
        if question is not None:
            kind = Kind.QUESTION if self._shown(state, question) else Kind.FOLDED
        return MapNode(
            id=state.id,
            kind=kind,
            question=question.id if question else None,
            summary="",
            hidden=len(self._states.to_come(state)) if kind is Kind.FOLDED else 0,
            level=self._level[state],
            example=self._example[state],
        )

    def _shown(self, state: State, question: Question) -> bool:
        folding = self._folding
        if (state.id, question.group) in folding.opened:
            self._granted[state] |= {question.group}
        deep = folding.depth is not None and self._level[state] >= folding.depth
        shown = question.id in self._opening or question.group in self._granted[state]
        return shown and not deep and state.id not in folding.closed

    def _walk_on(self, state: State, node: MapNode) -> Iterable[State]:
        assert node.question is not None
        for move in self._states.moves(state):
            example = (*node.example, (node.question, move.answers[0]))
            if move.to.clash:
                # A clash has no future that it could share: it is drawn where it happens.
                clash = f"{node.id}!{move.answers[0]}"
                self._clashes.append(MapNode(clash, Kind.CONFLICT, None, CLASH, 0, node.level + 1, example))
                self._branches.append(Branch(node.id, clash, move.answers))
                continue
            self._meet(move.to, node.level + 1, example, self._granted[state])
            self._branches.append(Branch(node.id, move.to.id, move.answers))
            yield move.to


def _grouped(pairs: Iterable[tuple[str, Branch]]) -> Mapping[str, tuple[Branch, ...]]:
    found: dict[str, list[Branch]] = {}
    for key, branch in pairs:
        found.setdefault(key, []).append(branch)
    return {key: tuple(branches) for key, branches in found.items()}
