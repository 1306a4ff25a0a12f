"""Every end of an archipelago: what its answers can come to, each with the fewest that lead there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from explorer.core.model.pack import Answers, PartId, RuleId, ValueId
from explorer.core.search.clusters import Archipelago, clash_sets, everything
from explorer.core.solver.constraints import CompiledPack, Subproblem


@dataclass(frozen=True)
class End:
    """One distinct end of an archipelago: the rows it comes to and the fewest answers that lead there.

    `possible` are all rows that the musts leave on any way to it.
    """

    rows: int
    possible: int
    mark: int
    ways: int
    complete: int


@dataclass(frozen=True)
class Chart:
    """One archipelago: all its ends, the wishes that were ever followed, and its smallest clashing sets."""

    sea: Archipelago
    ends: tuple[End, ...]
    followed: frozenset[RuleId]
    clashing: tuple[tuple[Subproblem, Answers], ...]

    def count(self, ways: Callable[[End], int], *, decided: bool) -> int:
        """The combinations that end without a conflict, or only those with every part decided."""
        return sum(ways(end) for end in self.ends if not decided or not self.undecided(end))

    def undecided(self, end: End) -> list[PartId]:
        """The parts that an end leaves more than one value."""
        if end.rows.bit_count() == len(self.sea.islands):
            return []
        return [part for part, values in self.values(end.rows).items() if len(values) > 1]

    def values(self, rows: int) -> dict[PartId, list[ValueId]]:
        """The values of each part that occur in some rows."""
        return {
            part.id: [value for value in part.possible_values if rows & island.bits[part.id, value] << offset]
            for island, offset in zip(self.sea.islands, self.sea.offsets, strict=True)
            for part in island.parts
        }

    def answers(self, end: End) -> Answers:
        """The fewest answers that lead to an end."""
        return self.sea.answers(end.mark)


def charted(space: CompiledPack, sea: Archipelago) -> Chart:
    """All ends of an archipelago."""
    found: dict[int, tuple[int, int, int, int]] = {}
    followed = 0
    for (rows, wishes), (ways, complete, mark) in everything(sea).items():
        if rows:
            final, moved = sea.follow(rows, wishes)
            followed |= moved
            possible, smallest, total, full = found.get(final, (0, mark, 0, 0))
            found[final] = possible | rows, min(smallest, mark), total + ways, full + complete
    ends = [End(rows, *rest) for rows, rest in found.items()]
    return Chart(
        sea,
        tuple(sorted(ends, key=lambda end: end.mark)),
        frozenset(force.effect.rule.id for force in sea.chosen(followed)),
        tuple((island, core) for island in sea.islands for core in clash_sets(space, island)),
    )


def told(answers: Answers) -> str:
    """Answers in one line."""
    return ", ".join(f"{question}={answer}" for question, answer in answers.items()) or "no answer"
