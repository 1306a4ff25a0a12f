"""Named sets of answers to compare: every edit is a function from one list to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from explorer.core.model.pack import AnswerId, Pack, QuestionId

_MAX_ANSWERS_IN_NAME = 2


@dataclass(frozen=True)
class Scenario:
    """A set of answers under a name."""

    name: str
    answers: Mapping[QuestionId, AnswerId] = field(default_factory=lambda: MappingProxyType({}))


DEFAULT_SCENARIO = Scenario("Plain case")
"""Nothing is answered."""


@dataclass(frozen=True)
class Scenarios:
    """The scenarios that were pinned, and the names of the two that are compared.

    A name of "" stands for the answers as they are now.
    """

    pinned: tuple[Scenario, ...] = ()
    left: str = DEFAULT_SCENARIO.name
    right: str = ""

    def by_name(self, name: str, now: Scenario) -> Scenario:
        """The scenario of a name; `now` for "" and for a name that is gone."""
        return next((scenario for scenario in (DEFAULT_SCENARIO, *self.pinned) if scenario.name == name), now)


def pin(before: Scenarios, scenario: Scenario) -> Scenarios:
    """Keep a scenario, under a name of its own, and compare it with where one stands."""
    kept = replace(scenario, name=_unique_name(before, scenario.name))
    return replace(before, pinned=(*before.pinned, kept), left=kept.name, right="")


def ensure_different_sides(before: Scenarios, now: Scenario) -> Scenarios:
    """The same, but where both sides have the same answers, another scenario on the left if there is any."""
    left, right = before.by_name(before.left, now), before.by_name(before.right, now)
    if dict(left.answers) != dict(right.answers):
        return before
    others = (*reversed(before.pinned), DEFAULT_SCENARIO)
    other = next((one for one in others if dict(one.answers) != dict(right.answers)), None)
    return before if other is None else replace(before, left=other.name)


def rename(before: Scenarios, name: str, wanted: str) -> Scenarios:
    """Call a pinned scenario something else; a blank name changes nothing."""
    others = replace(before, pinned=tuple(s for s in before.pinned if s.name != name))
    if not wanted.strip() or len(others.pinned) == len(before.pinned):
        return before
    new = _unique_name(others, wanted.strip())
    pinned = tuple(replace(s, name=new) if s.name == name else s for s in before.pinned)
    left, right = (new if side == name else side for side in (before.left, before.right))
    return Scenarios(pinned, left, right)


def remove(before: Scenarios, name: str) -> Scenarios:
    """Unpin a scenario; where it was compared, the plain case or the present takes its place."""
    pinned = tuple(scenario for scenario in before.pinned if scenario.name != name)
    left = DEFAULT_SCENARIO.name if before.left == name else before.left
    return Scenarios(pinned, left, "" if before.right == name else before.right)


def swap(before: Scenarios) -> Scenarios:
    """The left one on the right, and the other way round."""
    return replace(before, left=before.right, right=before.left)


def choose_sides(before: Scenarios, *, left: str | None = None, right: str | None = None) -> Scenarios:
    """Compare another one on either side."""
    return replace(before, left=before.left if left is None else left, right=before.right if right is None else right)


def scenario_title(pack: Pack, answers: Mapping[QuestionId, AnswerId]) -> str:
    """A name for answers out of themselves: the first few, and how many more there are."""
    told = [
        f"{question.title}: {question.answer(answers[question.id]).label}"
        for question in pack.questions
        if question.id in answers
    ]
    if not told:
        return DEFAULT_SCENARIO.name
    more = len(told) - _MAX_ANSWERS_IN_NAME
    return ", ".join(told[:_MAX_ANSWERS_IN_NAME]) + (f" and {more} more" if more > 0 else "")


def _unique_name(scenarios: Scenarios, wanted: str) -> str:
    """The name, or with a number where it is taken."""
    taken = {DEFAULT_SCENARIO.name, *(scenario.name for scenario in scenarios.pinned)}
    numbered = (f"{wanted} ({number})" for number in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(name for name in numbered if name not in taken)
