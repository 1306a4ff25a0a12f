"""Scenarios: named answer sets to compare. Every edit returns a new value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from explorer.core.model.pack import AnswerId, Pack, QuestionId

_MAX_ANSWERS_IN_NAME = 2


@dataclass(frozen=True)
class Scenario:
    """An answer set with a name."""

    name: str
    answers: Mapping[QuestionId, AnswerId] = field(default_factory=lambda: MappingProxyType({}))


DEFAULT_SCENARIO = Scenario("Default architecture")
"""The built-in scenario without answers."""

FORMER_DEFAULT_NAME = "Plain case"
"""The name of the built-in scenario in session files of earlier versions."""


@dataclass(frozen=True)
class Scenarios:
    """The pinned scenarios, and the names of the two scenarios that are compared.

    The name "" stands for the current answers.
    """

    pinned: tuple[Scenario, ...] = ()
    left: str = DEFAULT_SCENARIO.name
    right: str = ""

    def by_name(self, name: str, current: Scenario) -> Scenario:
        """Return the scenario with that name, or `current` for "" and for an unknown name."""
        return next((scenario for scenario in (DEFAULT_SCENARIO, *self.pinned) if scenario.name == name), current)


def pin(before: Scenarios, scenario: Scenario) -> Scenarios:
    """Add a scenario with a unique name, and compare it with the current answers."""
    pinned = replace(scenario, name=_unique_name(before, scenario.name))
    return replace(before, pinned=(*before.pinned, pinned), left=pinned.name, right="")


def ensure_different_sides(before: Scenarios, current: Scenario) -> Scenarios:
    """If both sides have the same answers, select another scenario with different answers on the left."""
    left, right = before.by_name(before.left, current), before.by_name(before.right, current)
    if dict(left.answers) != dict(right.answers):
        return before
    candidates = (*reversed(before.pinned), DEFAULT_SCENARIO)
    different = next((scenario for scenario in candidates if dict(scenario.answers) != dict(right.answers)), None)
    return before if different is None else replace(before, left=different.name)


def rename(before: Scenarios, name: str, wanted: str) -> Scenarios:
    """Rename a pinned scenario. A blank name or an unknown scenario changes nothing."""
    others = replace(before, pinned=tuple(scenario for scenario in before.pinned if scenario.name != name))
    if not wanted.strip() or len(others.pinned) == len(before.pinned):
        return before
    new = _unique_name(others, wanted.strip())
    pinned = tuple(replace(scenario, name=new) if scenario.name == name else scenario for scenario in before.pinned)
    left, right = (new if side == name else side for side in (before.left, before.right))
    return Scenarios(pinned, left, right)


def remove(before: Scenarios, name: str) -> Scenarios:
    """Remove a scenario. On the left the default scenario replaces it, on the right the current answers."""
    pinned = tuple(scenario for scenario in before.pinned if scenario.name != name)
    left = DEFAULT_SCENARIO.name if before.left == name else before.left
    return Scenarios(pinned, left, "" if before.right == name else before.right)


def swap(before: Scenarios) -> Scenarios:
    """Exchange the left and the right side."""
    return replace(before, left=before.right, right=before.left)


def choose_sides(before: Scenarios, *, left: str | None = None, right: str | None = None) -> Scenarios:
    """Compare another scenario on the left, on the right, or on both sides."""
    return replace(before, left=before.left if left is None else left, right=before.right if right is None else right)


def scenario_title(pack: Pack, answers: Mapping[QuestionId, AnswerId]) -> str:
    """Return a name for an answer set: its first answers, and how many others there are."""
    labels = [
        f"{question.title}: {question.answer(answers[question.id]).label}"
        for question in pack.questions
        if question.id in answers
    ]
    if not labels:
        return DEFAULT_SCENARIO.name
    more = len(labels) - _MAX_ANSWERS_IN_NAME
    return ", ".join(labels[:_MAX_ANSWERS_IN_NAME]) + (f" and {more} more" if more > 0 else "")


def _unique_name(scenarios: Scenarios, wanted: str) -> str:
    """Return the name, with a number if it is in use."""
    used = {DEFAULT_SCENARIO.name, *(scenario.name for scenario in scenarios.pinned)}
    numbered = (f"{wanted} ({number})" for number in range(2, len(used) + 3))
    return wanted if wanted not in used else next(name for name in numbered if name not in used)
