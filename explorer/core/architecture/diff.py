"""Two outcomes and their architectures side by side: what is new, gone, changed and kept, and in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from explorer.core.model.architecture import Architecture, Edge, ElementState, Group, Node
from explorer.core.model.outcome import ChoiceOutcome, Outcome, Status
from explorer.core.model.pack import Choice, ChoiceId, Pack, QuestionId, TakeawayId

_MAX_LISTED = 4


class DiffKind(Enum):
    """What became of something; the value is the word for it."""

    ADDED = "new"
    REMOVED = "gone"
    CHANGED = "changed"
    DECIDED = "now decided"
    DEFAULTED = "now by default"
    UNCHANGED = "as before"


@dataclass(frozen=True)
class ItemChange:
    """What became of a node, an edge or a group; `id` is the drawn item's, `told` says what changed."""

    id: str
    label: str
    kind: DiffKind
    summary: str = ""


@dataclass(frozen=True)
class ChoiceChange:
    """One choice before and after, in the words that people read."""

    choice: ChoiceId
    label: str
    before: str
    after: str
    status_before: Status
    status_after: Status

    @property
    def changed(self) -> bool:
        """Whether it came to something else; how firmly does not count."""
        return self.before != self.after

    @property
    def sentence(self) -> str:
        """Old and new in one line."""
        return f"{self.label}: {self.before} → {self.after}" if self.changed else f"{self.label}: {self.after}"


@dataclass(frozen=True)
class OutcomeDiff:
    """Everything that differs between two outcomes.

    Ghosts are no part of an architecture: what was only possible and is now there is
    new. `ruled_out` and `offered` name the ghosts that went and came.
    """

    choices: tuple[ChoiceChange, ...]
    nodes: tuple[ItemChange, ...]
    edges: tuple[ItemChange, ...]
    groups: tuple[ItemChange, ...]
    gained_takeaways: tuple[TakeawayId, ...]
    lost_takeaways: tuple[TakeawayId, ...]
    removed_alternatives: tuple[str, ...]
    added_alternatives: tuple[str, ...]
    new_conflicts: tuple[tuple[QuestionId, ...], ...]
    resolved_conflicts: tuple[tuple[QuestionId, ...], ...]

    @cached_property
    def diff_kinds(self) -> Mapping[str, DiffKind]:
        """What became of each drawn item, under its id; what was kept is left out."""
        every = (*self.nodes, *self.edges, *self.groups)
        return {item.id: item.kind for item in every if item.kind is not DiffKind.UNCHANGED}

    @cached_property
    def changed_choices(self) -> tuple[ChoiceChange, ...]:
        """The choices that came to something else."""
        return tuple(choice for choice in self.choices if choice.changed)

    @property
    def same_diagram(self) -> bool:
        """Whether the two diagrams show the same, however firmly."""
        return all(mark in (DiffKind.DECIDED, DiffKind.DEFAULTED) for mark in self.diff_kinds.values())

    def nodes_with(self, mark: DiffKind) -> tuple[ItemChange, ...]:
        """The nodes that something became of."""
        return tuple(node for node in self.nodes if node.kind is mark)

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """The difference in plain words, the weightiest first."""
        told = []
        if self.new_conflicts:
            told.append("These answers do not hold together.")
        elif self.resolved_conflicts:
            told.append("The conflict is resolved.")
        told += [f"{choice.sentence}." for choice in self.changed_choices]
        for mark, words in (
            (DiffKind.ADDED, "New"),
            (DiffKind.REMOVED, "Gone"),
            (DiffKind.CHANGED, "Changed"),
        ):
            if items := self.nodes_with(mark):
                told.append(f"{words} in the diagram: {join_limited([item.summary or item.label for item in items])}.")
        if self.removed_alternatives:
            told.append(f"No longer possible instead: {join_limited(self.removed_alternatives)}.")
        if self.added_alternatives:
            told.append(f"Possible instead: {join_limited(self.added_alternatives)}.")
        if settled := len(self.nodes_with(DiffKind.DECIDED)):
            told.append(f"{_count_parts(settled)} now decided and no longer by default.")
        if eased := len(self.nodes_with(DiffKind.DEFAULTED)):
            told.append(f"{_count_parts(eased)} now by default and no longer decided.")
        return tuple(told) or ("Nothing changes.",)

    @cached_property
    def summary(self) -> str:
        """The difference of the diagrams in a few words."""
        counted = [
            f"{len(items)} {mark.value}"
            for mark in (DiffKind.ADDED, DiffKind.REMOVED, DiffKind.CHANGED, DiffKind.DECIDED)
            if (items := self.nodes_with(mark))
        ]
        if self.new_conflicts:
            counted.insert(0, "conflict")
        return " · ".join(counted) or ("the same diagram" if self.same_diagram else "other arrows")


def diff_outcomes(pack: Pack, before: tuple[Outcome, Architecture], after: tuple[Outcome, Architecture]) -> OutcomeDiff:
    """What differs on the way from one outcome, with its architecture, to the other."""
    (was, old), (now, new) = before, after
    gone, come = _ghost_labels(old), _ghost_labels(new)
    held, holds = relevant_takeaways(pack, *before), relevant_takeaways(pack, *after)
    clashed, clashing = _conflicting_answers(was), _conflicting_answers(now)
    return OutcomeDiff(
        choices=tuple(
            _choice_change(choice, was.choice_by_id[choice.id], now.choice_by_id[choice.id]) for choice in pack.choices
        ),
        nodes=_item_changes([_compared_node(node) for node in old.nodes], [_compared_node(node) for node in new.nodes]),
        edges=_item_changes(
            [_compared_edge(edge, old) for edge in old.edges],
            [_compared_edge(edge, new) for edge in new.edges],
        ),
        groups=_item_changes(
            [_compared_group(group) for group in old.groups], [_compared_group(group) for group in new.groups]
        ),
        gained_takeaways=tuple(takeaway for takeaway in holds if takeaway not in held),
        lost_takeaways=tuple(takeaway for takeaway in held if takeaway not in holds),
        removed_alternatives=tuple(label for key, label in gone.items() if key not in new.node_by_id),
        added_alternatives=tuple(label for key, label in come.items() if key not in old.node_by_id),
        new_conflicts=tuple(clash for clash in clashing if clash not in clashed),
        resolved_conflicts=tuple(clash for clash in clashed if clash not in clashing),
    )


def relevant_takeaways(pack: Pack, outcome: Outcome, architecture: Architecture) -> tuple[TakeawayId, ...]:
    """The takeaways that an outcome rests on: of its rules, its traps, and what is drawn."""
    found = [takeaway for rule in outcome.fired_rules for takeaway in pack.rule_by_id[rule].takeaways]
    found += [takeaway for trap in outcome.traps for takeaway in trap.takeaways]
    drawn: list[Node | Edge] = [*architecture.nodes, *architecture.edges]
    found += [takeaway for item in drawn if item.state is not ElementState.GHOST for takeaway in item.takeaways]
    return tuple(dict.fromkeys(found))


def join_limited(names: Sequence[str], most: int = _MAX_LISTED) -> str:
    """Names in a row, each once; of many the first, and how many more there are.

    >>> listed(["a", "b", "b", "c"], most=2)
    'a, b and 1 more'
    """
    names = list(dict.fromkeys(names))
    if len(names) <= most:
        return ", ".join(names)
    return f"{', '.join(names[:most])} and {len(names) - most} more"


@dataclass(frozen=True)
class _ComparedItem:
    """What counts of a drawn thing when it is compared."""

    id: str
    label: str
    full_label: str
    appearance: tuple[object, ...]
    state: ElementState


def _compared_node(node: Node) -> _ComparedItem:
    words = f"{node.label}, {node.detail}" if node.detail else node.label
    return _ComparedItem(node.id, node.label, words, (node.kind, node.label, node.detail), node.state)


def _compared_edge(edge: Edge, within: Architecture) -> _ComparedItem:
    ends = " → ".join(within.node_by_id[end].label for end in (edge.source, edge.target))
    words = f"{ends}, {edge.label}" if edge.label else ends
    return _ComparedItem(edge.id, ends, words, (edge.label, edge.control), edge.state)


def _compared_group(group: Group) -> _ComparedItem:
    return _ComparedItem(f"group:{group.id}", group.label, group.label, (group.kind, group.label), ElementState.FIRM)


def _item_changes(before: Iterable[_ComparedItem], after: Iterable[_ComparedItem]) -> tuple[ItemChange, ...]:
    """In the order of `after`, then what is gone."""
    old = {seen.id: seen for seen in before if seen.state is not ElementState.GHOST}
    new = {seen.id: seen for seen in after if seen.state is not ElementState.GHOST}
    found = [
        _item_change(old[seen.id], seen) if seen.id in old else ItemChange(seen.id, seen.label, DiffKind.ADDED)
        for seen in new.values()
    ]
    gone = [ItemChange(seen.id, seen.label, DiffKind.REMOVED) for seen in old.values() if seen.id not in new]
    return (*found, *gone)


def _item_change(old: _ComparedItem, new: _ComparedItem) -> ItemChange:
    if old.appearance != new.appearance:
        return ItemChange(new.id, new.label, DiffKind.CHANGED, f"{old.full_label} → {_without_common_label(old, new)}")
    if old.state is new.state:
        return ItemChange(new.id, new.label, DiffKind.UNCHANGED)
    if ElementState.CONFLICT in (old.state, new.state):
        told = f"{new.label}, {'in' if new.state is ElementState.CONFLICT else 'no longer in'} conflict"
        return ItemChange(new.id, new.label, DiffKind.CHANGED, told)
    return ItemChange(new.id, new.label, DiffKind.DECIDED if new.state is ElementState.FIRM else DiffKind.DEFAULTED)


def _without_common_label(old: _ComparedItem, new: _ComparedItem) -> str:
    """The new words without the name that both have."""
    return new.full_label.removeprefix(f"{new.label}, ") if old.label == new.label else new.full_label


def _ghost_labels(architecture: Architecture) -> dict[str, str]:
    return {node.id: node.label for node in architecture.nodes if node.state is ElementState.GHOST}


def _conflicting_answers(outcome: Outcome) -> tuple[tuple[QuestionId, ...], ...]:
    return tuple(dict.fromkeys(conflict.answers for conflict in outcome.conflicts))


def _choice_change(spec: Choice, before: ChoiceOutcome, after: ChoiceOutcome) -> ChoiceChange:
    return ChoiceChange(
        spec.id,
        spec.label,
        choice_value_text(spec, before),
        choice_value_text(spec, after),
        before.status,
        after.status,
    )


def choice_value_text(spec: Choice, choice: ChoiceOutcome) -> str:
    """What a choice came to, in the words that people read."""
    if choice.status is Status.CONFLICT:
        return "in conflict"
    words = " + ".join(spec.labels[value] for value in choice.displayed_values)
    return words or ("open" if choice.status is Status.OPEN else "none")


def _count_parts(count: int) -> str:
    return "1 part of the diagram is" if count == 1 else f"{count} parts of the diagram are"
