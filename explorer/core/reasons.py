"""Why a rule speaks, told so that it is true of the outcome: a rule also works by a case that is out.

A rule whose premise the outcome refutes is still a step of the proof (it says what would follow
otherwise), so its reason is told of that other case and never as if it had fired.
"""

from __future__ import annotations

from explorer.core.outcome import Outcome
from explorer.core.pack import ABSENT, Condition, Pack, PartId, Rule, RuleId, ValueId
from explorer.core.wording import joined


def refuted(rule: Rule, outcome: Outcome) -> Condition:
    """What of a rule's premise does not hold: the parts that came to something else than it asks."""
    found = [(part, values, outcome.part_by_id[part].value) for part, values in rule.given]
    return tuple((part, values) for part, values, value in found if value is not None and value not in values)


def reason_told(pack: Pack, outcome: Outcome, rule: RuleId) -> str:
    """A rule's reason in a sentence; told of the case that it speaks of where that is not the outcome's."""
    spec = pack.rule_by_id[rule]
    missed = refuted(spec, outcome)
    if not missed:
        return spec.reason
    if {part for part, _ in missed} <= {part for part, _ in spec.then}:
        among = [_values(pack, part, values, "and") for part, values in missed]
        return f"Among {joined(among, 'and')}: {spec.reason}"
    cases = [
        f"{pack.part_by_id[part].label} were {_values(pack, part, values, 'or')}" for part, values in missed
    ]
    return f"If {joined(cases, 'and')}: {spec.reason}"


def _values(pack: Pack, part: PartId, values: frozenset[ValueId], last: str) -> str:
    spec = pack.part_by_id[part]
    labels = pack.choice_by_id[spec.choice].labels
    named = [value for value in spec.domain if value in values]
    return joined(["nothing" if value == ABSENT else labels[value] for value in named], last)
