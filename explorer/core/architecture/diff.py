"""Architecture diff: what is added, removed and changed between two outcomes, also as sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property

from explorer.core.model.architecture import Architecture, Edge, ElementState, Group, Node
from explorer.core.model.outcome import ChoiceOutcome, Outcome, Status
from explorer.core.model.pack import Choice, ChoiceId, Pack, QuestionId, TakeawayId

_MAX_LISTED = 4


class DiffKind(Enum):
    """How an element of the diagram differs. The value is its label in the window."""

    ADDED = "new"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "in another place"
    DECIDED = "now decided"
    DEFAULTED = "now by default"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class ItemChange:
    """The difference of one node, edge or group. `summary` says what changed, if its content did."""

    id: str
    label: str
    kind: DiffKind
    summary: str = ""


@dataclass(frozen=True)
class ChoiceChange:
    """The value of one choice before and after, as labels."""

    choice: ChoiceId
    label: str
    before: str
    after: str

    @property
    def changed(self) -> bool:
        """Whether the value differs; the status is ignored."""
        return self.before != self.after

    @property
    def sentence(self) -> str:
        """The old and the new value in one line."""
        return f"{self.label}: {self.before} → {self.after}" if self.changed else f"{self.label}: {self.after}"


@dataclass(frozen=True)
class OutcomeDiff:
    """All differences between two outcomes and their architectures.

    Ghosts do not count as elements of an architecture: a ghost that becomes a node is an added node.
    `removed_alternatives` and `added_alternatives` are the labels of ghosts that only one side has.
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
        """The difference of each element by id, without the unchanged ones."""
        items = (*self.nodes, *self.edges, *self.groups)
        return {item.id: item.kind for item in items if item.kind is not DiffKind.UNCHANGED}

    @cached_property
    def changed_choices(self) -> tuple[ChoiceChange, ...]:
        """The choices whose value differs."""
        return tuple(choice for choice in self.choices if choice.changed)

    @property
    def same_diagram(self) -> bool:
        """Whether the two diagrams have the same elements; decided or default is ignored."""
        return all(kind in (DiffKind.DECIDED, DiffKind.DEFAULTED) for kind in self.diff_kinds.values())

    def nodes_with(self, kind: DiffKind) -> tuple[ItemChange, ...]:
        """Return the nodes that differ in this way."""
        return tuple(node for node in self.nodes if node.kind is kind)

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """The differences as sentences, the most important first."""
        sentences = []
        if self.new_conflicts:
            sentences.append("These answers conflict.")
        elif self.resolved_conflicts:
            sentences.append("The conflict is resolved.")
        sentences += [f"{choice.sentence}." for choice in self.changed_choices]
        for kind, heading in (
            (DiffKind.ADDED, "New in the diagram"),
            (DiffKind.REMOVED, "Removed from the diagram"),
            (DiffKind.CHANGED, "Changed in the diagram"),
            (DiffKind.MOVED, "In another place of the diagram"),
        ):
            if items := self.nodes_with(kind):
                sentences.append(f"{heading}: {join_limited([item.summary or item.label for item in items])}.")
        if self.removed_alternatives:
            sentences.append(f"No longer an alternative: {join_limited(self.removed_alternatives)}.")
        if self.added_alternatives:
            sentences.append(f"New alternative: {join_limited(self.added_alternatives)}.")
        if decided := len(self.nodes_with(DiffKind.DECIDED)):
            sentences.append(f"{_count_parts(decided)} now decided instead of set by default.")
        if defaulted := len(self.nodes_with(DiffKind.DEFAULTED)):
            sentences.append(f"{_count_parts(defaulted)} now set by default instead of decided.")
        return tuple(sentences) or ("No difference.",)

    @cached_property
    def summary(self) -> str:
        """The number of nodes for each kind of difference, in a few words."""
        counts = [
            f"{len(items)} {kind.value}"
            for kind in (DiffKind.ADDED, DiffKind.REMOVED, DiffKind.CHANGED, DiffKind.MOVED, DiffKind.DECIDED)
            if (items := self.nodes_with(kind))
        ]
        if self.new_conflicts:
            counts.insert(0, "conflict")
        return " · ".join(counts) or ("same diagram" if self.same_diagram else "different arrows")


def diff_outcomes(pack: Pack, before: tuple[Outcome, Architecture], after: tuple[Outcome, Architecture]) -> OutcomeDiff:
    """Return the differences between two outcomes, each with its architecture."""
    (old_outcome, old), (new_outcome, new) = before, after
    old_ghosts, new_ghosts = _ghost_labels(old), _ghost_labels(new)
    old_takeaways, new_takeaways = relevant_takeaways(pack, *before), relevant_takeaways(pack, *after)
    old_conflicts, new_conflicts = _conflicting_answers(old_outcome), _conflicting_answers(new_outcome)
    return OutcomeDiff(
        choices=tuple(
            _choice_change(choice, old_outcome.choice_by_id[choice.id], new_outcome.choice_by_id[choice.id])
            for choice in pack.choices
        ),
        nodes=_with_moved(_item_changes(map(_compared_node, old.nodes), map(_compared_node, new.nodes))),
        edges=_item_changes(
            [_compared_edge(edge, old) for edge in old.edges], [_compared_edge(edge, new) for edge in new.edges]
        ),
        groups=_item_changes(map(_compared_group, old.groups), map(_compared_group, new.groups)),
        gained_takeaways=tuple(takeaway for takeaway in new_takeaways if takeaway not in old_takeaways),
        lost_takeaways=tuple(takeaway for takeaway in old_takeaways if takeaway not in new_takeaways),
        removed_alternatives=tuple(label for key, label in old_ghosts.items() if key not in new.node_by_id),
        added_alternatives=tuple(label for key, label in new_ghosts.items() if key not in old.node_by_id),
        new_conflicts=tuple(answers for answers in new_conflicts if answers not in old_conflicts),
        resolved_conflicts=tuple(answers for answers in old_conflicts if answers not in new_conflicts),
    )


def relevant_takeaways(pack: Pack, outcome: Outcome, architecture: Architecture) -> tuple[TakeawayId, ...]:
    """Return the takeaways of an outcome: those of its rules, of its traps, and of what is drawn."""
    found = [takeaway for rule in outcome.fired_rules for takeaway in pack.rule_by_id[rule].takeaways]
    found += [takeaway for trap in outcome.traps for takeaway in trap.takeaways]
    drawn: list[Node | Edge] = [*architecture.nodes, *architecture.edges]
    found += [takeaway for item in drawn if item.state is not ElementState.GHOST for takeaway in item.takeaways]
    return tuple(dict.fromkeys(found))


def join_limited(names: Sequence[str], most: int = _MAX_LISTED) -> str:
    """Return the first `most` distinct names as a list, and how many others there are.

    >>> join_limited(["a", "b", "b", "c"], most=2)
    'a, b and 1 more'
    """
    names = list(dict.fromkeys(names))
    if len(names) <= most:
        return ", ".join(names)
    return f"{', '.join(names[:most])} and {len(names) - most} more"


@dataclass(frozen=True)
class _ComparedItem:
    """An element of the diagram, reduced to what the comparison uses."""

    id: str
    label: str
    full_label: str
    appearance: tuple[object, ...]
    state: ElementState


def _compared_node(node: Node) -> _ComparedItem:
    full_label = f"{node.label}, {node.detail}" if node.detail else node.label
    return _ComparedItem(node.id, node.label, full_label, (node.kind, node.label, node.detail), node.state)


def _compared_edge(edge: Edge, architecture: Architecture) -> _ComparedItem:
    ends = " → ".join(architecture.node_by_id[end].label for end in (edge.source, edge.target))
    full_label = f"{ends}, {edge.label}" if edge.label else ends
    return _ComparedItem(edge.id, ends, full_label, (edge.label, edge.control), edge.state)


def _compared_group(group: Group) -> _ComparedItem:
    return _ComparedItem(f"group:{group.id}", group.label, group.label, (group.kind, group.label), ElementState.FIRM)


def _item_changes(before: Iterable[_ComparedItem], after: Iterable[_ComparedItem]) -> tuple[ItemChange, ...]:
    """Return the change of each element in the order of `after`, then the removed elements."""
    old = {item.id: item for item in before if item.state is not ElementState.GHOST}
    new = {item.id: item for item in after if item.state is not ElementState.GHOST}
    remaining = [
        _item_change(old[item.id], item) if item.id in old else ItemChange(item.id, item.label, DiffKind.ADDED)
        for item in new.values()
    ]
    removed = [ItemChange(item.id, item.label, DiffKind.REMOVED) for item in old.values() if item.id not in new]
    return (*remaining, *removed)


def _with_moved(changes: tuple[ItemChange, ...]) -> tuple[ItemChange, ...]:
    """Replace each added and removed node with the same label by one moved node.

    Such nodes have different ids, for example a queue of the service and a queue of each subscriber. To the user
    they are the same service, which must not be listed as both new and removed.
    """
    added = Counter(change.label for change in changes if change.kind is DiffKind.ADDED)
    removed = Counter(change.label for change in changes if change.kind is DiffKind.REMOVED)
    moved = added & removed
    left = {DiffKind.ADDED: moved.copy(), DiffKind.REMOVED: moved.copy()}
    result = []
    for change in changes:
        if change.kind in left and left[change.kind][change.label]:
            left[change.kind][change.label] -= 1
            if change.kind is DiffKind.ADDED:
                result.append(replace(change, kind=DiffKind.MOVED))
        else:
            result.append(change)
    return tuple(result)


def _item_change(old: _ComparedItem, new: _ComparedItem) -> ItemChange:
    if old.appearance != new.appearance:
        return ItemChange(new.id, new.label, DiffKind.CHANGED, f"{old.full_label} → {_without_common_label(old, new)}")
    if old.state is new.state:
        return ItemChange(new.id, new.label, DiffKind.UNCHANGED)
    if ElementState.CONFLICT in (old.state, new.state):
        summary = f"{new.label}, {'in' if new.state is ElementState.CONFLICT else 'no longer in'} conflict"
        return ItemChange(new.id, new.label, DiffKind.CHANGED, summary)
    return ItemChange(new.id, new.label, DiffKind.DECIDED if new.state is ElementState.FIRM else DiffKind.DEFAULTED)


def _without_common_label(old: _ComparedItem, new: _ComparedItem) -> str:
    """Return the new text without the label, if both sides have the same label."""
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
    )


def choice_value_text(spec: Choice, choice: ChoiceOutcome) -> str:
    """Return the value of a choice as text: its labels, or "open", "none" or "in conflict"."""
    if choice.status is Status.CONFLICT:
        return "in conflict"
    labels = " + ".join(spec.labels[value] for value in choice.displayed_values)
    return labels or ("open" if choice.status is Status.OPEN else "none")


def _count_parts(count: int) -> str:
    return "1 part of the diagram is" if count == 1 else f"{count} parts of the diagram are"
