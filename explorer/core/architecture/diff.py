"""Two outcomes and their architectures side by side: what is new, gone, changed and kept, and in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from explorer.core.model.architecture import Architecture, Edge, Group, Node, State
from explorer.core.model.outcome import ChoiceOutcome, Outcome, Status
from explorer.core.model.pack import Choice, ChoiceId, Pack, QuestionId, TakeawayId

_MOST_NAMED = 4


class Mark(Enum):
    """What became of something; the value is the word for it."""

    ADDED = "new"
    REMOVED = "gone"
    CHANGED = "changed"
    SETTLED = "now decided"
    EASED = "now by default"
    KEPT = "as before"


@dataclass(frozen=True)
class ItemDelta:
    """What became of a node, an edge or a group; `id` is the drawn item's, `told` says what changed."""

    id: str
    label: str
    mark: Mark
    told: str = ""


@dataclass(frozen=True)
class ChoiceDelta:
    """One choice before and after, in the words that people read."""

    choice: ChoiceId
    label: str
    before: str
    after: str
    was: Status
    now: Status

    @property
    def changed(self) -> bool:
        """Whether it came to something else; how firmly does not count."""
        return self.before != self.after

    @property
    def sentence(self) -> str:
        """Old and new in one line."""
        return (
            f"{self.label}: {self.before} → {self.after}" if self.changed else f"{self.label}: {self.after}"
        )


@dataclass(frozen=True)
class Delta:
    """Everything that differs between two outcomes.

    Ghosts are no part of an architecture: what was only possible and is now there is
    new. `ruled_out` and `offered` name the ghosts that went and came.
    """

    choices: tuple[ChoiceDelta, ...]
    nodes: tuple[ItemDelta, ...]
    edges: tuple[ItemDelta, ...]
    groups: tuple[ItemDelta, ...]
    gained: tuple[TakeawayId, ...]
    lost: tuple[TakeawayId, ...]
    ruled_out: tuple[str, ...]
    offered: tuple[str, ...]
    clashes: tuple[tuple[QuestionId, ...], ...]
    resolved: tuple[tuple[QuestionId, ...], ...]

    @cached_property
    def marks(self) -> Mapping[str, Mark]:
        """What became of each drawn item, under its id; what was kept is left out."""
        every = (*self.nodes, *self.edges, *self.groups)
        return {item.id: item.mark for item in every if item.mark is not Mark.KEPT}

    @cached_property
    def changed_choices(self) -> tuple[ChoiceDelta, ...]:
        """The choices that came to something else."""
        return tuple(choice for choice in self.choices if choice.changed)

    @property
    def same_picture(self) -> bool:
        """Whether the two diagrams show the same, however firmly."""
        return all(mark in (Mark.SETTLED, Mark.EASED) for mark in self.marks.values())

    def marked(self, mark: Mark) -> tuple[ItemDelta, ...]:
        """The nodes that something became of."""
        return tuple(node for node in self.nodes if node.mark is mark)

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """The difference in plain words, the weightiest first."""
        told = []
        if self.clashes:
            told.append("These answers do not hold together.")
        elif self.resolved:
            told.append("The conflict is resolved.")
        told += [f"{choice.sentence}." for choice in self.changed_choices]
        for mark, words in ((Mark.ADDED, "New"), (Mark.REMOVED, "Gone"), (Mark.CHANGED, "Changed")):
            if items := self.marked(mark):
                told.append(f"{words} in the diagram: {listed([item.told or item.label for item in items])}.")
        if self.ruled_out:
            told.append(f"No longer possible instead: {listed(self.ruled_out)}.")
        if self.offered:
            told.append(f"Possible instead: {listed(self.offered)}.")
        if settled := len(self.marked(Mark.SETTLED)):
            told.append(f"{_things(settled)} now decided and no longer by default.")
        if eased := len(self.marked(Mark.EASED)):
            told.append(f"{_things(eased)} now by default and no longer decided.")
        return tuple(told) or ("Nothing changes.",)

    @cached_property
    def summary(self) -> str:
        """The difference of the diagrams in a few words."""
        counted = [
            f"{len(items)} {mark.value}"
            for mark in (Mark.ADDED, Mark.REMOVED, Mark.CHANGED, Mark.SETTLED)
            if (items := self.marked(mark))
        ]
        if self.clashes:
            counted.insert(0, "conflict")
        return " · ".join(counted) or ("the same diagram" if self.same_picture else "other arrows")


def compare(pack: Pack, before: tuple[Outcome, Architecture], after: tuple[Outcome, Architecture]) -> Delta:
    """What differs on the way from one outcome, with its architecture, to the other."""
    (was, old), (now, new) = before, after
    gone, come = _ghosts(old), _ghosts(new)
    held, holds = bearing(pack, *before), bearing(pack, *after)
    clashed, clashing = _clashes(was), _clashes(now)
    return Delta(
        choices=tuple(
            _choice(choice, was.choice_by_id[choice.id], now.choice_by_id[choice.id])
            for choice in pack.choices
        ),
        nodes=_deltas([_node(node) for node in old.nodes], [_node(node) for node in new.nodes]),
        edges=_deltas([_edge(edge, old) for edge in old.edges], [_edge(edge, new) for edge in new.edges]),
        groups=_deltas([_group(group) for group in old.groups], [_group(group) for group in new.groups]),
        gained=tuple(takeaway for takeaway in holds if takeaway not in held),
        lost=tuple(takeaway for takeaway in held if takeaway not in holds),
        ruled_out=tuple(label for key, label in gone.items() if key not in new.node_by_id),
        offered=tuple(label for key, label in come.items() if key not in old.node_by_id),
        clashes=tuple(clash for clash in clashing if clash not in clashed),
        resolved=tuple(clash for clash in clashed if clash not in clashing),
    )


def bearing(pack: Pack, outcome: Outcome, architecture: Architecture) -> tuple[TakeawayId, ...]:
    """The takeaways that an outcome rests on: of its rules, its traps, and what is drawn."""
    found = [takeaway for rule in outcome.fired for takeaway in pack.rule_by_id[rule].takeaways]
    found += [takeaway for trap in outcome.traps for takeaway in trap.takeaways]
    drawn: list[Node | Edge] = [*architecture.nodes, *architecture.edges]
    found += [takeaway for item in drawn if item.state is not State.GHOST for takeaway in item.takeaways]
    return tuple(dict.fromkeys(found))


def listed(names: Sequence[str], most: int = _MOST_NAMED) -> str:
    """Names in a row, each once; of many the first, and how many more there are.

    >>> listed(["a", "b", "b", "c"], most=2)
    'a, b and 1 more'
    """
    names = list(dict.fromkeys(names))
    if len(names) <= most:
        return ", ".join(names)
    return f"{', '.join(names[:most])} and {len(names) - most} more"


@dataclass(frozen=True)
class _Seen:
    """What counts of a drawn thing when it is compared."""

    id: str
    label: str
    words: str
    looks: tuple[object, ...]
    state: State


def _node(node: Node) -> _Seen:
    words = f"{node.label}, {node.detail}" if node.detail else node.label
    return _Seen(node.id, node.label, words, (node.kind, node.label, node.detail), node.state)


def _edge(edge: Edge, within: Architecture) -> _Seen:
    ends = " → ".join(within.node_by_id[end].label for end in (edge.source, edge.target))
    words = f"{ends}, {edge.label}" if edge.label else ends
    return _Seen(edge.id, ends, words, (edge.label, edge.control), edge.state)


def _group(group: Group) -> _Seen:
    return _Seen(f"group:{group.id}", group.label, group.label, (group.kind, group.label), State.FIRM)


def _deltas(before: Iterable[_Seen], after: Iterable[_Seen]) -> tuple[ItemDelta, ...]:
    """In the order of `after`, then what is gone."""
    old = {seen.id: seen for seen in before if seen.state is not State.GHOST}
    new = {seen.id: seen for seen in after if seen.state is not State.GHOST}
    found = [
        _became(old[seen.id], seen) if seen.id in old else ItemDelta(seen.id, seen.label, Mark.ADDED)
        for seen in new.values()
    ]
    gone = [ItemDelta(seen.id, seen.label, Mark.REMOVED) for seen in old.values() if seen.id not in new]
    return (*found, *gone)


def _became(old: _Seen, new: _Seen) -> ItemDelta:
    if old.looks != new.looks:
        return ItemDelta(new.id, new.label, Mark.CHANGED, f"{old.words} → {_shorter(old, new)}")
    if old.state is new.state:
        return ItemDelta(new.id, new.label, Mark.KEPT)
    if State.CONFLICT in (old.state, new.state):
        told = f"{new.label}, {'in' if new.state is State.CONFLICT else 'no longer in'} conflict"
        return ItemDelta(new.id, new.label, Mark.CHANGED, told)
    return ItemDelta(new.id, new.label, Mark.SETTLED if new.state is State.FIRM else Mark.EASED)


def _shorter(old: _Seen, new: _Seen) -> str:
    """The new words without the name that both have."""
    return new.words.removeprefix(f"{new.label}, ") if old.label == new.label else new.words


def _ghosts(architecture: Architecture) -> dict[str, str]:
    return {node.id: node.label for node in architecture.nodes if node.state is State.GHOST}


def _clashes(outcome: Outcome) -> tuple[tuple[QuestionId, ...], ...]:
    return tuple(dict.fromkeys(conflict.answers for conflict in outcome.conflicts))


def _choice(spec: Choice, before: ChoiceOutcome, after: ChoiceOutcome) -> ChoiceDelta:
    return ChoiceDelta(
        spec.id, spec.label, stated(spec, before), stated(spec, after), before.status, after.status
    )


def stated(spec: Choice, choice: ChoiceOutcome) -> str:
    """What a choice came to, in the words that people read."""
    if choice.status is Status.CONFLICT:
        return "in conflict"
    words = " + ".join(spec.labels[value] for value in choice.told)
    return words or ("open" if choice.status is Status.OPEN else "none")


def _things(count: int) -> str:
    return "1 part of the diagram is" if count == 1 else f"{count} parts of the diagram are"
