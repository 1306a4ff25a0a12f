"""What holds for every combination of answers a pack allows: how many there are, and what is wrong with any.

Each archipelago (see `reach`) is walked through once. No two share a question, so a
combination of the whole pack is one of each, and counts multiply: those without a
conflict are the product of those without a conflict, and so are those with every part
decided. What is left of all combinations is in conflict or leaves a part open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from math import prod

from explorer.core.model.pack import (
    ABSENT,
    AnswerId,
    Answers,
    Pack,
    PartId,
    QuestionId,
    Rule,
    Strength,
    ValueId,
)
from explorer.core.model.validation import KeyPath, PackIssue
from explorer.core.search.clusters import archipelagos
from explorer.core.search.relevance import is_relevant
from explorer.core.search.terminal_states import Chart, End, charted, told
from explorer.core.solver.conflicts import minimal_conflicts
from explorer.core.solver.constraints import CompiledPack, RuleEffect, Subproblem
from explorer.core.solver.decide import decide
from explorer.core.solver.propagation import satisfiable
from explorer.core.verification.drawing_checks import check_drawings


@dataclass(frozen=True)
class Count:
    """Combinations of answers, by what they come to."""

    total: int
    decided: int
    open: int
    conflict: int


@dataclass(frozen=True)
class VerificationResult:
    """What was found: `complete` answers every question, `partial` may leave any of them open.

    `outcomes` are the distinct ends without a conflict, `clashes` the smallest sets of
    answers that cannot hold together.
    """

    complete: Count
    partial: Count
    outcomes: int
    conflict_sets: int
    problems: tuple[PackIssue, ...]


def verify(space: CompiledPack) -> VerificationResult:
    """Walk through every combination of answers, and collect what is wrong with any of them."""
    charts = tuple(charted(space, sea) for sea in archipelagos(space))
    return VerificationResult(
        complete=_count(space.pack, charts, lambda end: end.complete, left_open=0),
        partial=_count(space.pack, charts, lambda end: end.ways, left_open=1),
        outcomes=prod(len(found.ends) for found in charts),
        conflict_sets=sum(len(found.clashing) for found in charts),
        problems=tuple(flaw for look in _LOOKS for flaw in look(space, charts)),
    )


def _count(pack: Pack, charts: Iterable[Chart], ways: Callable[[End], int], *, left_open: int) -> Count:
    """The product over the archipelagos, and over the questions that no rule waits for."""
    charts = list(charts)
    asked = {question.id for found in charts for question in found.sea.questions}
    each = {question.id: len(question.answers) + left_open for question in pack.questions}
    idle = prod(number for question, number in each.items() if question not in asked)
    free = idle * prod(found.count(ways, decided=False) for found in charts)
    decided = idle * prod(found.count(ways, decided=True) for found in charts)
    total = prod(each.values())
    return Count(total, decided, free - decided, total - free)


# ---------------------------------------------------------------- what combinations come to


def _left_open(space: CompiledPack, charts: tuple[Chart, ...]) -> Iterator[PackIssue]:
    """Parts that stay open although defaults are followed, each with its smallest example."""
    places = {part.id: index for index, choice in enumerate(space.pack.choices) for part in choice.parts}
    named: set[PartId] = set()
    for found in charts:
        for end in found.ends:
            for part in found.undecided(end):
                if part not in named:
                    named.add(part)
                    what = f"{part} stays open with {told(found.answers(end))}"
                    expected = f"a default that chooses {' or '.join(found.values(end.rows)[part])}"
                    yield PackIssue("pack.toml", ("choice", places[part]), what, expected)


def _without_a_way_out(space: CompiledPack, charts: tuple[Chart, ...]) -> Iterator[PackIssue]:
    """Clashing answers that cannot be explained, or that no repair resolves."""
    for found in charts:
        for island in found.sea.islands:
            if not island.rows:
                parts = ", ".join(part.id for part in island.parts)
                yield PackIssue("rules.toml", (), f"nothing fits together for {parts}", "rules that leave something")
        for island, core in found.clashing:
            explained = minimal_conflicts(island, core)
            ways_out = [repair for clash in explained for repair in clash.repairs if clash.effects]
            if not ways_out or any(decide(space, _except(core, gone)).conflicts for gone in ways_out):
                what = f"a conflict has no way out: {told(core)}"
                yield PackIssue("rules.toml", (), what, "answers to give up")


def _except(answers: Answers, gone: Iterable[QuestionId]) -> Answers:
    return {question: answer for question, answer in answers.items() if question not in gone}


# ---------------------------------------------------------------- what never comes to bear


def _idle_questions(space: CompiledPack, _: tuple[Chart, ...]) -> Iterator[PackIssue]:
    for index, question in enumerate(space.pack.questions):
        if not is_relevant(space, {}, question):
            what = f"{question.id} never matters"
            yield PackIssue("questions.toml", ("question", index), what, "a rule that waits for it")


def _idle_values(space: CompiledPack, charts: tuple[Chart, ...]) -> Iterator[PackIssue]:
    """Values of a choice that no outcome shows and none offers beside the value it shows."""
    seen = {pair for found in charts for end in found.ends for pair in _visible(space.pack, found, end)}
    for index, choice in enumerate(space.pack.choices):
        shown = {value for part in choice.parts for value in part.values if (part.id, value) in seen}
        for number, value in enumerate(choice.values):
            if value.id not in shown:
                path: KeyPath = ("choice", index, "value", number)
                what = f"{choice.id} never comes to “{value.id}”, and it is never an alternative"
                yield PackIssue("pack.toml", path, what, "rules that leave it possible")


def _visible(pack: Pack, found: Chart, end: End) -> Iterator[tuple[PartId, ValueId]]:
    """What an end shows: its values, and the alternatives of parts that speak or are offered."""
    possible = found.values(end.possible)
    for part, final in found.values(end.rows).items():
        yield from ((part, value) for value in final if len(final) == 1)
        if final != [ABSENT] or pack.part_by_id[part].offered_when_absent:
            yield from ((part, value) for value in possible[part])


def _idle_rules(space: CompiledPack, charts: tuple[Chart, ...]) -> Iterator[PackIssue]:
    followed = {rule for found in charts for rule in found.followed}
    for index, rule in enumerate(space.pack.rules):
        path: KeyPath = ("rule", index)
        if rule.strength is Strength.MUST:
            if not any(_narrows(island, rule) for island in space.subproblems):
                what = f"rule “{rule.id}” never rules out what others leave"
                yield PackIssue("rules.toml", path, what, "something left to rule out")
        elif rule.id not in followed:
            kind = "preference" if rule.strength is Strength.PREFER else "default"
            what = f"the {kind} “{rule.id}” is never followed"
            yield PackIssue("rules.toml", path, what, "something left to choose")


def _narrows(island: Subproblem, rule: Rule) -> bool:
    """Whether a must rule removes a row that the other musts leave.

    Rows only shrink with more answers, so the fewest that set the rule off are enough.
    """
    mine = [effect for effect in island.effects if effect.rule == rule]
    if not rule.when:
        always = [e for e in island.effects if e.rule.strength is Strength.MUST and not e.rule.when]
        others = [effect for effect in always if effect.rule != rule]
        broken = (_broken(island, effect) for effect in mine)
        return any(all(domains.values()) and satisfiable(island, others, domains) for domains in broken)
    for picked in product(*(sorted(wanted) for _, wanted in rule.when)):
        answers: dict[QuestionId, AnswerId] = {q: a for (q, _), a in zip(rule.when, picked, strict=True)}
        rows = island.full
        for effect in island.musts:
            if effect.rule != rule and effect.rule.is_active(answers):
                rows &= effect.clause
        if any(rows & ~effect.clause for effect in mine):
            return True
    return False


def _broken(island: Subproblem, effect: RuleEffect) -> dict[PartId, frozenset[ValueId]]:
    """The domains in which an effect is not met."""
    domains = dict(effect.rule.given)
    part = next(part for part in island.parts if part.id == effect.part)
    domains[effect.part] = frozenset(domains.get(effect.part, part.possible_values)) - effect.allowed
    return domains


def _uncited(space: CompiledPack, _: tuple[Chart, ...]) -> Iterator[PackIssue]:
    pack = space.pack
    cited = {
        *(takeaway for rule in pack.rules for takeaway in rule.takeaways),
        *(takeaway for component in pack.components for takeaway in component.takeaways),
        *(takeaway for edge in pack.edges for takeaway in edge.takeaways),
        *(takeaway for trap in pack.traps for takeaway in trap.takeaways),
        *(takeaway for practice in pack.practice for takeaway in practice.takeaways),
    }
    for index, takeaway in enumerate(pack.takeaways):
        if takeaway.id not in cited:
            what = f"nothing cites takeaway “{takeaway.id}”"
            expected = "a rule, component, edge, trap or practice question that does"
            yield PackIssue("takeaways.toml", ("takeaway", index), what, expected)


_LOOKS: tuple[Callable[[CompiledPack, tuple[Chart, ...]], Iterator[PackIssue]], ...] = (
    _left_open,
    _without_a_way_out,
    _idle_questions,
    _idle_values,
    _idle_rules,
    _uncited,
    check_drawings,
)
