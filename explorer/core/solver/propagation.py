"""Why a value is out: the chain of rules that removed it, found by propagating the rules with reasons.

Each rule is a clause over the parts' domains; unit propagation with recorded
antecedents (as in conflict-driven solvers, Marques-Silva and Sakallah 1996) gives for
every removed value the rules behind it, the nearest first.
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
    """The domains that are left, and for each removed value the effect and the removals behind it.

    `emptied` is the part that lost its last value, where one did.
    """

    domains: Domains
    reasons: dict[Removal, tuple[RuleEffect, tuple[Removal, ...]]]
    emptied: PartId | None

    def effects_behind(self, removals: Iterable[Removal]) -> tuple[RuleEffect, ...]:
        """Every effect that these removals go back to, the nearest first."""
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


def propagate(island: Subproblem, effects: Sequence[RuleEffect], assumed: Domains | None = None) -> Implications:
    """Narrow the domains rule by rule until nothing changes or a part has no value left."""
    full = {part.id: frozenset(part.possible_values) for part in island.parts}
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
    """The part that the effect leaves no freedom, the values it loses, and the removals that cause it."""
    why: list[Removal] = []
    undecided: tuple[PartId, frozenset[ValueId]] | None = None
    for part, values in effect.rule.given:
        domain = domains[part]
        if domain <= values:
            why.extend((part, value) for value in full[part] - values)
        elif undecided is None and domain & values:
            undecided = (part, values)
        else:
            return None
    target = full[effect.part] - effect.allowed
    if undecided is None:
        return effect.part, target, why
    if domains[effect.part] & effect.allowed:
        return None
    why.extend((effect.part, value) for value in effect.allowed)
    return undecided[0], undecided[1], why


def satisfiable(island: Subproblem, effects: Sequence[RuleEffect], assumed: Domains | None = None) -> bool:
    """Whether some combination of values meets every effect (propagation, then branching)."""
    trail = propagate(island, effects, assumed)
    if trail.emptied is not None:
        return False
    for part, domain in trail.domains.items():
        if len(domain) > 1:
            return any(satisfiable(island, effects, {**trail.domains, part: frozenset({value})}) for value in domain)
    return True


def minimize_conflict(
    island: Subproblem, effects: Sequence[RuleEffect], assumed: Domains | None = None
) -> tuple[RuleEffect, ...]:
    """A smallest set of effects (none can be left out) that cannot hold together; nearest first.

    Nothing comes back where they can hold together.
    """
    trail = propagate(island, effects, assumed)
    if trail.emptied is not None:
        part = trail.emptied
        domain = next(candidate.possible_values for candidate in island.parts if candidate.id == part)
        core = list(trail.effects_behind((part, value) for value in domain))
        still_clashes = _emptied
    elif not satisfiable(island, effects, assumed):
        core = list(effects)
        still_clashes = _unsatisfiable
    else:
        return ()
    for effect in reversed(list(core)):
        rest = [other for other in core if other is not effect]
        if still_clashes(island, rest, assumed):
            core = rest
    return tuple(core)


def _emptied(island: Subproblem, effects: Sequence[RuleEffect], assumed: Domains | None) -> bool:
    return propagate(island, effects, assumed).emptied is not None


def _unsatisfiable(island: Subproblem, effects: Sequence[RuleEffect], assumed: Domains | None) -> bool:
    return not satisfiable(island, effects, assumed)


def explain_removal(
    island: Subproblem, trail: Implications, effects: Sequence[RuleEffect], part: PartId, value: ValueId
) -> tuple[RuleEffect, ...]:
    """The effects that rule a value out, the nearest first; `trail` is their propagation."""
    if (part, value) in trail.reasons:
        return trail.effects_behind([(part, value)])
    return minimize_conflict(island, effects, {part: frozenset({value})})
