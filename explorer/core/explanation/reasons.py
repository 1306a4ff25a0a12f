"""Formats the reason of a rule; counterfactual rules are worded as such.

A rule whose `given` does not hold can still justify an outcome: it says what would follow otherwise.
Its reason names that other case, so that it does not read like a fact.
"""

from __future__ import annotations

import re
from collections.abc import Container

from explorer.core.explanation.sentences import join_words
from explorer.core.model.outcome import Outcome
from explorer.core.model.pack import ABSENT, Pack, PartId, Rule, RuleId, ValueCondition, ValueId

_WORD_INSIDE_SENTENCE = re.compile(r"(?<=[a-z0-9,;:)] )[A-Za-z][\w'-]*")


def unmet_premises(rule: Rule, outcome: Outcome) -> ValueCondition:
    """Return the part of the `given` of a rule that does not hold: the parts that have another value."""
    current = [(part, values, outcome.part_by_id[part].value) for part, values in rule.given]
    return tuple((part, values) for part, values, value in current if value is not None and value not in values)


def format_reason(pack: Pack, outcome: Outcome, rule: RuleId) -> str:
    """Return the reason of a rule as a sentence; it names the assumed case, if that is not the outcome."""
    spec = pack.rule_by_id[rule]
    unmet = unmet_premises(spec, outcome)
    if not unmet:
        return spec.reason
    if {part for part, _ in unmet} <= {part for part, _ in spec.then}:
        among = [_join_values(pack, part, values, "and") for part, values in unmet]
        return f"Among {join_words(among, 'and')}: {spec.reason}"
    cases = [f"{pack.part_by_id[part].label} were {_join_values(pack, part, values, 'or')}" for part, values in unmet]
    return f"If {join_words(cases, 'and')}: {spec.reason}"


def _join_values(pack: Pack, part: PartId, values: frozenset[ValueId], last: str) -> str:
    spec = pack.part_by_id[part]
    labels = pack.choice_by_id[spec.choice].labels
    listed = [value for value in spec.possible_values if value in values]
    return join_words(["nothing" if value == ABSENT else labels[value] for value in listed], last)


def lowercase_words(pack: Pack) -> frozenset[str]:
    """Return the words that a pack writes only in lower case within a sentence, so they are not names."""
    texts = [*(rule.reason for rule in pack.rules), *(takeaway.text for takeaway in pack.takeaways)]
    words = [word for text in texts for word in _WORD_INSIDE_SENTENCE.findall(text)]
    return frozenset(word for word in words if word.islower()) - {word.lower() for word in words if word[0].isupper()}


def lower_first(sentence: str, common: Container[str]) -> str:
    """Return a sentence that starts in lower case, unless its first word is a name (not in `common`).

    >>> lower_first("Images are scanned.", {"images"}), lower_first("Fargate has no hosts.", {"images"})
    ('images are scanned.', 'Fargate has no hosts.')
    """
    first = re.match(r"[\w'-]*", sentence)
    word = first[0].lower() if first else ""
    return f"{sentence[:1].lower()}{sentence[1:]}" if word in common else sentence
