"""Every drawing that answers can lead to, once each, with the fewest answers that lead to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from math import prod

from explorer.core.model.outcome import Status
from explorer.core.model.pack import ABSENT, Answers, Pack, Part, PartId, ValueCondition, ValueId
from explorer.core.search.clusters import (
    Archipelago,
    State,
    Tally,
    archipelagos,
    clash_sets,
    not_void,
    spread,
)
from explorer.core.solver.conflicts import effects_to_relax, minimal_conflicts
from explorer.core.solver.constraints import CompiledPack, RuleEffect

PartView = tuple[int, Status, int]
"""Of a part its value, its status and its alternatives, with values as bits in the order of the domain."""


@dataclass(frozen=True)
class DistinctDrawings:
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


def distinct_outcomes(space: CompiledPack, *, defaults: bool = True) -> DistinctDrawings:
    """All distinct outcomes, conflicts and open questions included.

    Two differ where a part has another value, status or alternative.
    """
    seas = archipelagos(space)
    return DistinctDrawings(tuple(_distinct(space, sea, defaults, lambda part: part.possible_values) for sea in seas))


def distinct_drawings(space: CompiledPack, *, defaults: bool = True) -> DistinctDrawings:
    """All drawings that differ in what stands where, conflicts and open questions included.

    Two are alike where they differ only in how firmly something is drawn, or in
    alternatives that no ghost stands for.
    """
    ghosts = _ghosts(space.pack)
    drawn = {part for condition in _conditions(space.pack) for part, _ in condition}
    texts = _texts(space.pack)
    drawn |= {part.id for part in space.pack.parts() if f"{{{part.id}}}" in texts}

    def seen(part: Part) -> tuple[ValueId, ...] | None:
        return tuple(ghosts.get(part.id, ())) if part.id in drawn else None

    return DistinctDrawings(tuple(_distinct(space, sea, defaults, seen, coarse=True) for sea in archipelagos(space)))


def _conditions(pack: Pack) -> Iterator[ValueCondition]:
    for component in pack.components:
        yield from component.shown_when
    for frame in pack.diagram_groups:
        yield from frame.shown_when
    for edge in pack.edges:
        yield from edge.shown_when


def _texts(pack: Pack) -> str:
    nodes = [text for component in pack.components for text in (component.label, component.detail)]
    return " ".join([*nodes, *(edge.label for edge in pack.edges)])


def _ghosts(pack: Pack) -> dict[PartId, set[ValueId]]:
    """The values of each part that a ghost can stand for."""
    found: dict[PartId, set[ValueId]] = {}
    for component in pack.components:
        for condition in component.shown_when if component.can_be_ghost else ():
            for part, values in condition:
                found.setdefault(part, set()).update(values)
    return found


def _distinct(
    space: CompiledPack,
    sea: Archipelago,
    defaults: bool,
    seen: Callable[[Part], tuple[ValueId, ...] | None],
    coarse: bool = False,
) -> tuple[Answers, ...]:
    look = _looking(space, sea, seen, coarse)
    smallest: dict[tuple[PartView, ...], int] = {}
    for state, (_, _, mark) in _states(space, sea, defaults).items():
        glances = look(state, mark)
        smallest[glances] = min(mark, smallest.get(glances, mark))
    return tuple(sea.answers(mark) for mark in sorted(smallest.values()))


def _states(space: CompiledPack, sea: Archipelago, defaults: bool) -> dict[State, Tally]:
    """As for a proof, but musts stay in the state, since what is shown of a conflict hangs on them.

    What can clash is asked first: only then is it known which rows wishes have to choose from.
    """
    clashing = {question for island in sea.islands for core in clash_sets(space, island) for question in core}
    first = [question.id for question in sea.questions if question.id in clashing]
    then = [question.id for question in sea.questions if question.id not in clashing]

    def kept(rows: int, alive: int) -> State:
        return (0, alive) if sea.stranded(rows) else (rows, alive)

    @cache
    def sifted(rows: int, alive: int) -> State:
        if sea.stranded(rows):
            return 0, alive
        return rows, alive & sea.musts | not_void(sea, rows, alive & ~sea.musts)

    alive = sea.musts | sea.prefers | (sea.defaults if defaults else 0)
    states = spread(sea, {kept(sea.full, alive): [1, 1, 0]}, first, kept, later=then, retain=True)
    return spread(sea, states, then, sifted, retain=True)


def _looking(
    space: CompiledPack, sea: Archipelago, seen: Callable[[Part], tuple[ValueId, ...] | None], coarse: bool
) -> Callable[[State, int], tuple[PartView, ...]]:
    """What can be told apart of a state, with its smallest answers to go by where they conflict."""
    shown = [
        (part, [island.bits[part.id, value] << offset for value in part.possible_values], visible)
        for island, offset in zip(sea.islands, sea.offsets, strict=True)
        for part in island.parts
        if (visible := seen(part)) is not None
    ]
    place = {part.id: 1 << index for index, (part, _, _) in enumerate(shown)}
    speaking = sea.bits(lambda f: bool(f.effect.rule.when) and f.effect.part not in f.effect.rule.excludes)
    out_of_conflict = _resolving(space, sea)
    glances = [_glancing(part, visible, coarse) for part, _, visible in shown]

    @cache
    def possible(rows: int) -> tuple[int, ...]:
        return tuple(sum(1 << i for i, bit in enumerate(bits) if rows & bit) for _, bits, _ in shown)

    @cache
    def heard(final: int, voices: int) -> int:
        parts = {force.effect.part for force in sea.chosen(voices) if final & force.hit}
        return sum(place.get(part, 0) for part in parts)

    def look(state: State, mark: int) -> tuple[PartView, ...]:
        rows, alive = state
        musts, contested = alive & sea.musts, 0
        if not rows:
            rows, musts, disputed = out_of_conflict(musts, mark)
            contested = sum(place.get(part, 0) for part in disputed)
        preferred, followed = sea.follow(rows, alive & sea.prefers)
        final, usual = sea.follow(preferred, alive & sea.defaults)
        spoken = heard(final, (musts | followed | usual) & speaking)
        columns = zip(glances, possible(rows), possible(preferred), possible(final), strict=True)
        return tuple(
            (0, Status.CONFLICT, 0) if contested >> i & 1 else glance(must, wish, end, spoken >> i & 1)
            for i, (glance, must, wish, end) in enumerate(columns)
        )

    return look


def _glancing(part: Part, visible: tuple[ValueId, ...], coarse: bool) -> Callable[[int, int, int, int], PartView]:
    """How a part looks, from its values after the musts, the preferences and the defaults, as in `decide`."""
    mask = sum(1 << index for index, value in enumerate(part.possible_values) if value in visible)
    absent = int(part.possible_values[0] == ABSENT)

    @cache
    def glance(possible: int, preferred: int, final: int, heard: int) -> PartView:
        value = 0 if final & final - 1 else final
        if not value:
            status = Status.OPEN
        elif not possible & possible - 1 or (len(part.values) > 1 and possible & ~absent == value):
            status = Status.FORCED
        elif not preferred & preferred - 1 or heard:
            status = Status.PREFERRED
        else:
            status = Status.DEFAULT
        if not coarse:
            return value, status, possible & ~value
        ghosts = possible & ~value & mask if status >= Status.DEFAULT else 0
        return value, Status.OPEN if not value else Status.DEFAULT if ghosts else Status.FORCED, ghosts

    return glance


def _resolving(space: CompiledPack, sea: Archipelago) -> Callable[[int, int], tuple[int, int, frozenset[PartId]]]:
    """What is shown of a conflict: the rows and musts that are left, and the contested parts.

    The musts in force settle it, so it is worked out once for each set of them.
    """
    known: dict[int, tuple[int, int, frozenset[PartId]]] = {}
    bit = {force.effect: 1 << number for number, force in enumerate(sea.forces)}
    cores = [[(core, minimal_conflicts(island, core)) for core in clash_sets(space, island)] for island in sea.islands]

    def resolve(musts: int, mark: int) -> tuple[int, int, frozenset[PartId]]:
        if musts not in known:
            answers = sea.answers(mark)
            dropped: set[RuleEffect] = set()
            contested: set[PartId] = set()
            for island, sets in zip(sea.islands, cores, strict=True):
                held = [clash for core, found in sets if core.items() <= answers.items() for clash in found]
                dropped |= effects_to_relax(island, answers, held) if held else frozenset()
                contested |= {clash.part for clash in held}
            kept = musts & ~sum(bit[effect] for effect in dropped)
            rows = sea.full
            for force in sea.chosen(kept):
                rows &= force.clause
            known[musts] = rows, kept, frozenset(contested)
        return known[musts]

    return resolve
