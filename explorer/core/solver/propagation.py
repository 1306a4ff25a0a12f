"""Unit propagation with reasons: which rules removed a value, and which rules cannot hold together.

Each rule effect is a clause over the domains of parts. Propagation records the antecedents of every removed value,
which gives the rules behind it, the nearest first.

Reference: J. P. Marques-Silva and K. A. Sakallah, "GRASP: A New Search Algorithm for Satisfiability", ICCAD 1996.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from explorer.core.model.pack import PartId, ValueId
from explorer.core.solver.subproblems import RuleEffect, Subproblem

Removal = tuple[PartId, ValueId]
Domains = dict[PartId, frozenset[ValueId]]


@dataclass(frozen=True)
class Implications:
    """The domains that are left, and for each removed value the effect and the removals that caused it.

    `emptied` is the part that lost its last value, if any.
    """

    domains: Domains
    reasons: dict[Removal, tuple[RuleEffect, tuple[Removal, ...]]]
    emptied: PartId | None

    def effects_behind(self, removals: Iterable[Removal]) -> tuple[RuleEffect, ...]:
        """All effects that caused these removals, directly or indirectly, the nearest first."""
        seen: dict[RuleEffect, None] = {}
        done: set[Removal] = set()
        queue = list(removals)
        while queue:
            later: list[Removal] = []
            for removal in queue:
                if removal in done or removal not in self.reasons:
                    continue
                done.add(removal)
                effect, antecedents = self.reasons[removal]
                seen.setdefault(effect)
                later.extend(antecedents)
            queue = later
        return tuple(seen)


def propagate(subproblem: Subproblem, effects: Sequence[RuleEffect], assumed: Domains | None = None) -> Implications:
    """Apply the effects to the domains until nothing changes or a part has no value left."""
    full = {part.id: frozenset(part.possible_values) for part in subproblem.parts}
    domains = {**full, **(assumed or {})}
    reasons: dict[Removal, tuple[RuleEffect, tuple[Removal, ...]]] = {}

    def remove(part: PartId, out: frozenset[ValueId], effect: RuleEffect, why: list[Removal]) -> bool:
        lost = domains[part] & out
        for value in lost:
            reasons[part, value] = (effect, tuple(why))
        domains[part] -= lost
        return not domains[part]

    changed = True
    while changed:
        changed = False
        for effect in effects:
            unit = _unit(effect, domains, full)
            if unit is None:
                continue
            part, out, why = unit
            if domains[part] & out:
                changed = True
                if remove(part, out, effect, why):
                    return Implications(domains, reasons, part)
    return Implications(domains, reasons, None)


def _unit(
    effect: RuleEffect, domains: Domains, full: Domains
) -> tuple[PartId, frozenset[ValueId], list[Removal]] | None:
    """The part whose domain the effect restricts now, the values it loses, and the removals that cause this."""
    why: list[Removal] = []
    undecided: tuple[PartId, frozenset[ValueId]] | None = None
    for part, values in effect.rule.given:
        domain = domains[part]
        if domain <= values:
            why.extend((part, value) for value in sorted(full[part] - values))
        elif undecided is None and domain & values:
            undecided = (part, values)
        else:
            return None
    target = full[effect.part] - effect.allowed
    if undecided is None:
        return effect.part, target, why
    if domains[effect.part] & effect.allowed:
        return None
    why.extend((effect.part, value) for value in sorted(effect.allowed))
    return undecided[0], undecided[1], why


def satisfiable(subproblem: Subproblem, effects: Sequence[RuleEffect], assumed: Domains | None = None) -> bool:
    """Whether some combination of values fulfills all effects, by propagation and branching."""
    implications = propagate(subproblem, effects, assumed)
    if implications.emptied is not None:
        return False
    for part, domain in implications.domains.items():
        if len(domain) > 1:
            return any(
                satisfiable(subproblem, effects, {**implications.domains, part: frozenset({value})}) for value in domain
            )
    return True


def minimize_conflict(
    subproblem: Subproblem, effects: Sequence[RuleEffect], assumed: Domains | None = None
) -> tuple[RuleEffect, ...]:
    """A minimal set of the effects that cannot hold together, the nearest first; empty if all can."""
    implications = propagate(subproblem, effects, assumed)
    if implications.emptied is not None:
        part = implications.emptied
        domain = next(candidate.possible_values for candidate in subproblem.parts if candidate.id == part)
        core = list(implications.effects_behind((part, value) for value in domain))
        still_conflicting = _emptied
    elif not satisfiable(subproblem, effects, assumed):
        core = list(effects)
        still_conflicting = _unsatisfiable
    else:
        return ()
    for effect in reversed(list(core)):
        rest = [other for other in core if other is not effect]
        if still_conflicting(subproblem, rest, assumed):
            core = rest
    return tuple(core)


def _emptied(subproblem: Subproblem, effects: Sequence[RuleEffect], assumed: Domains | None) -> bool:
    return propagate(subproblem, effects, assumed).emptied is not None


def _unsatisfiable(subproblem: Subproblem, effects: Sequence[RuleEffect], assumed: Domains | None) -> bool:
    return not satisfiable(subproblem, effects, assumed)


def explain_removal(
    subproblem: Subproblem, implications: Implications, effects: Sequence[RuleEffect], part: PartId, value: ValueId
) -> tuple[RuleEffect, ...]:
    """The effects that remove a value, the nearest first; `implications` are those of all effects."""
    if (part, value) in implications.reasons:
        return implications.effects_behind([(part, value)])
    return minimize_conflict(subproblem, effects, {part: frozenset({value})})
