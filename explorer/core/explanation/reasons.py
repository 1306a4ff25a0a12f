"""Why a rule speaks, told so that it is true of the outcome: a rule also works by a case that is out.

A rule whose premise the outcome refutes is still a step of the proof (it says what would follow
otherwise), so its reason is told of that other case and never as if it had fired.
"""

from __future__ import annotations

import re
from collections.abc import Container

from explorer.core.explanation.sentences import join_words
from explorer.core.model.outcome import Outcome
from explorer.core.model.pack import ABSENT, Pack, PartId, Rule, RuleId, ValueCondition, ValueId


def unmet_premises(rule: Rule, outcome: Outcome) -> ValueCondition:
    """What of a rule's premise does not hold: the parts that came to something else than it asks."""
    found = [(part, values, outcome.part_by_id[part].value) for part, values in rule.given]
    return tuple((part, values) for part, values, value in found if value is not None and value not in values)


def format_reason(pack: Pack, outcome: Outcome, rule: RuleId) -> str:
    """A rule's reason in a sentence; told of the case that it speaks of where that is not the outcome's."""
    spec = pack.rule_by_id[rule]
    missed = unmet_premises(spec, outcome)
    if not missed:
        return spec.reason
    if {part for part, _ in missed} <= {part for part, _ in spec.then}:
        among = [_join_values(pack, part, values, "and") for part, values in missed]
        return f"Among {join_words(among, 'and')}: {spec.reason}"
    cases = [f"{pack.part_by_id[part].label} were {_join_values(pack, part, values, 'or')}" for part, values in missed]
    return f"If {join_words(cases, 'and')}: {spec.reason}"


def _join_values(pack: Pack, part: PartId, values: frozenset[ValueId], last: str) -> str:
    spec = pack.part_by_id[part]
    labels = pack.choice_by_id[spec.choice].labels
    named = [value for value in spec.possible_values if value in values]
    return join_words(["nothing" if value == ABSENT else labels[value] for value in named], last)


def lowercase_words(pack: Pack) -> frozenset[str]:
    """The words that a pack writes small within its sentences, and never with a capital there."""
    texts = [*(rule.reason for rule in pack.rules), *(takeaway.text for takeaway in pack.takeaways)]
    within = [word for text in texts for word in _WORD_INSIDE_SENTENCE.findall(text)]
    return frozenset(word for word in within if word.islower()) - {word.lower() for word in within if word[0].isupper()}


def lower_first(sentence: str, common: Container[str]) -> str:
    """A sentence as the end of another one: without its capital, unless its first word is a name.

    >>> run_on("Images are scanned.", {"images"}), run_on("Fargate has no hosts.", {"images"})
    ('images are scanned.', 'Fargate has no hosts.')
    """
    first = re.match(r"[\w'-]*", sentence)
    word = first[0].lower() if first else ""
    return f"{sentence[:1].lower()}{sentence[1:]}" if word in common else sentence


_WORD_INSIDE_SENTENCE = re.compile(r"(?<=[a-z0-9,;:)] )[A-Za-z][\w'-]*")
