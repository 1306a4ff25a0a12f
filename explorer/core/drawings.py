"""Every drawing that answers can lead to, once each, with the fewest answers that lead to it.

Two outcomes are drawn alike when each part has the same value, status and alternatives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from math import prod

from explorer.core.conflicts import clashes, relaxed
from explorer.core.outcome import Status
from explorer.core.pack import ABSENT, Answers, Part, PartId
from explorer.core.reach import Archipelago, State, Tally, archipelagos, clash_sets, not_void, spread
from explorer.core.space import Effect, Space

Look = tuple[tuple[int, Status, int], ...]
"""Of each part its value, its status and its alternatives, with values as bits in the order of the domain."""


@dataclass(frozen=True)
class Drawings:
    """The distinct drawings of each archipelago, the largest archipelago first, each as its fewest answers.

    Archipelagos share no question, so any answers for one go with any for the others.
    """

    each: tuple[tuple[Answers, ...], ...]

    @property
    def count(self) -> int:
        """How many distinct drawings the whole pack has."""
        return prod(len(answers) for answers in self.each)

    def all(self) -> Iterator[Answers]:
        """Every distinct drawing of the whole pack: `count` of them, made as you go."""
        return (_merged(answers) for answers in product(*self.each))

    def one_by_one(self) -> Iterator[Answers]:
        """Every drawing of the first archipelago by itself, then with each drawing of each other one."""
        for main in self.each[0] if self.each else ():
            yield main
            for others in self.each[1:]:
                yield from (_merged((main, other)) for other in others if other)


def _merged(answers: tuple[Answers, ...]) -> Answers:
    return {question: answer for some in answers for question, answer in some.items()}


def distinct_outcomes(space: Space, *, defaults: bool = True) -> Drawings:
    """All distinct drawings of a pack, conflicts and open questions included."""
    return Drawings(tuple(_drawings(space, sea, defaults) for sea in archipelagos(space)))


def _drawings(space: Space, sea: Archipelago, defaults: bool) -> tuple[Answers, ...]:
    look = _looking(space, sea)
    smallest: dict[Look, int] = {}
    for state, (_, _, mark) in _states(sea, defaults).items():
        seen = look(state, mark)
        smallest[seen] = min(mark, smallest.get(seen, mark))
    return tuple(sea.answers(mark) for mark in sorted(smallest.values()))


def _states(sea: Archipelago, defaults: bool) -> dict[State, Tally]:
    """As for a proof, but musts stay in the state, since what is shown of a conflict hangs on them."""

    @cache
    def settle(rows: int, alive: int) -> State:
        if sea.stranded(rows):
            return 0, alive
        return rows, alive & sea.musts | not_void(sea, rows, alive & ~sea.musts)

    start = sea.musts | sea.prefers | (sea.defaults if defaults else 0)
    asked = [question.id for question in sea.questions]
    return spread(sea, {settle(sea.full, start): [1, 1, 0]}, asked, settle, retain=True)


def _looking(space: Space, sea: Archipelago) -> Callable[[State, int], Look]:
    """What the drawing sees of a state, with the answers to go by where they conflict."""
    parts = [part for island in sea.islands for part in island.parts]
    speaking = sea.bits(lambda f: bool(f.effect.rule.when) and f.effect.part not in f.effect.rule.excludes)
    domains = [
        [island.bits[part.id, value] << offset for value in part.domain]
        for island, offset in zip(sea.islands, sea.offsets, strict=True)
        for part in island.parts
    ]
    out_of_conflict = _resolving(space, sea)

    @cache
    def possible(rows: int) -> tuple[int, ...]:
        return tuple(sum(1 << i for i, bit in enumerate(bits) if rows & bit) for bits in domains)

    @cache
    def drawn(must: int, preferred: int, final: int, voices: int, contested: frozenset[PartId]) -> Look:
        heard = {force.effect.part for force in sea.chosen(voices) if final & force.hit}
        return tuple(
            (0, Status.CONFLICT, 0) if part.id in contested else _seen(part, *values, part.id in heard)
            for part, *values in zip(parts, possible(must), possible(preferred), possible(final), strict=True)
        )

    def look(state: State, mark: int) -> Look:
        rows, alive = state
        musts, contested = alive & sea.musts, frozenset[PartId]()
        if not rows:
            rows, musts, contested = out_of_conflict(musts, mark)
        preferred, followed = sea.follow(rows, alive & sea.prefers)
        final, usual = sea.follow(preferred, alive & sea.defaults)
        return drawn(rows, preferred, final, (musts | followed | usual) & speaking, contested)

    return look


def _seen(part: Part, possible: int, preferred: int, final: int, heard: bool) -> tuple[int, Status, int]:
    """One part as `decide` has it, from its values after the musts, the preferences and the defaults."""
    if final & final - 1:
        return 0, Status.OPEN, possible
    present = possible & ~1 if part.domain[0] == ABSENT else possible
    if not possible & possible - 1 or (len(part.values) > 1 and present == final):
        status = Status.FORCED
    elif not preferred & preferred - 1 or heard:
        status = Status.PREFERRED
    else:
        status = Status.DEFAULT
    return final, status, possible & ~final


def _resolving(space: Space, sea: Archipelago) -> Callable[[int, int], tuple[int, int, frozenset[PartId]]]:
    """What is shown of a conflict: the rows and musts that are left, and the contested parts.

    The musts in force settle it, so it is worked out once for each set of them.
    """
    known: dict[int, tuple[int, int, frozenset[PartId]]] = {}
    cores = [[(core, clashes(island, core)) for core in clash_sets(space, island)] for island in sea.islands]

    def resolve(musts: int, mark: int) -> tuple[int, int, frozenset[PartId]]:
        if musts not in known:
            answers = sea.answers(mark)
            dropped: set[Effect] = set()
            contested: set[PartId] = set()
            for island, sets in zip(sea.islands, cores, strict=True):
                held = [clash for core, found in sets if _holds(core, answers) for clash in found]
                dropped |= relaxed(island, answers, held) if held else frozenset()
                contested |= {clash.part for clash in held}
            kept = musts & sea.bits(lambda force: force.effect not in dropped)
            rows = sea.full
            for force in sea.chosen(kept):
                rows &= force.clause
            known[musts] = rows, kept, frozenset(contested)
        return known[musts]

    return resolve


def _holds(core: Answers, answers: Answers) -> bool:
    return all(answers.get(question) == answer for question, answer in core.items())
