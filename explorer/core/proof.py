"""What holds for every combination of answers a pack allows: how many there are, and what is wrong with any.

Each archipelago (see `reach`) is walked through once. No two share a question, so a
combination of the whole pack is one of each, and counts multiply: those without a
conflict are the product of those without a conflict, and so are those with every part
decided. What is left of all combinations is in conflict or leaves a part open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from math import prod

from explorer.core.architecture import Architecture, State, as_graph
from explorer.core.check import Flaw, Path
from explorer.core.conflicts import clashes
from explorer.core.decide import decide
from explorer.core.draft import draft
from explorer.core.explain import satisfiable
from explorer.core.outcome import Outcome, Status
from explorer.core.pack import (
    ABSENT,
    AnswerId,
    Answers,
    Condition,
    Pack,
    PartId,
    QuestionId,
    Rule,
    RuleId,
    Strength,
    TakeawayId,
    ValueId,
)
from explorer.core.reach import Archipelago, archipelagos, clash_sets, everything
from explorer.core.relevance import matters
from explorer.core.space import Effect, Island, Space


@dataclass(frozen=True)
class Count:
    """Combinations of answers, by what they come to."""

    total: int
    decided: int
    open: int
    conflict: int


@dataclass(frozen=True)
class Proof:
    """What was found: `complete` answers every question, `partial` may leave any of them open.

    `outcomes` are the distinct ends without a conflict, `clashes` the smallest sets of
    answers that cannot hold together.
    """

    complete: Count
    partial: Count
    outcomes: int
    clashes: int
    problems: tuple[Flaw, ...]


@dataclass(frozen=True)
class End:
    """One distinct end of an archipelago: the rows it comes to and the fewest answers that lead there.

    `possible` are all rows that the musts leave on any way to it.
    """

    rows: int
    possible: int
    mark: int
    ways: int
    complete: int


@dataclass(frozen=True)
class Chart:
    """One archipelago with all its ends, the wishes that were ever followed, and its smallest clashing sets."""

    sea: Archipelago
    ends: tuple[End, ...]
    followed: frozenset[RuleId]
    clashing: tuple[tuple[Island, Answers], ...]

    def count(self, ways: Callable[[End], int], *, decided: bool) -> int:
        """The combinations that end without a conflict, or only those with every part decided."""
        return sum(ways(end) for end in self.ends if not decided or not self.undecided(end))

    def undecided(self, end: End) -> list[PartId]:
        """The parts that an end leaves more than one value."""
        if not end.rows & end.rows - 1:
            return []
        return [part for part, values in self.values(end.rows).items() if len(values) > 1]

    def values(self, rows: int) -> dict[PartId, list[ValueId]]:
        """The values of each part that occur in some rows."""
        return {
            part.id: [value for value in part.domain if rows & island.bits[part.id, value] << offset]
            for island, offset in zip(self.sea.islands, self.sea.offsets, strict=True)
            for part in island.parts
        }

    def answers(self, end: End) -> Answers:
        """The fewest answers that lead to an end."""
        return self.sea.answers(end.mark)


def prove(space: Space) -> Proof:
    """Walk through every combination of answers, and collect what is wrong with any of them."""
    charts = tuple(chart(space, sea) for sea in archipelagos(space))
    questions = space.pack.questions
    return Proof(
        complete=_count(charts, prod(len(q.answers) for q in questions), lambda end: end.complete),
        partial=_count(charts, prod(len(q.answers) + 1 for q in questions), lambda end: end.ways),
        outcomes=prod(len(found.ends) for found in charts),
        clashes=sum(len(found.clashing) for found in charts),
        problems=tuple(flaw for look in _LOOKS for flaw in look(space, charts)),
    )


def _count(charts: Iterable[Chart], total: int, ways: Callable[[End], int]) -> Count:
    charts = list(charts)
    free = prod(found.count(ways, decided=False) for found in charts)
    decided = prod(found.count(ways, decided=True) for found in charts)
    return Count(total, decided, free - decided, total - free)


def chart(space: Space, sea: Archipelago) -> Chart:
    """All ends of an archipelago."""
    found: dict[int, tuple[int, int, int, int]] = {}
    followed = 0
    for (rows, wishes), (ways, complete, mark) in everything(sea).items():
        if rows:
            final, moved = sea.follow(rows, wishes)
            followed |= moved
            possible, smallest, total, full = found.get(final, (0, mark, 0, 0))
            found[final] = possible | rows, min(smallest, mark), total + ways, full + complete
    ends = [End(rows, *rest) for rows, rest in found.items()]
    return Chart(
        sea,
        tuple(sorted(ends, key=lambda end: end.mark)),
        frozenset(force.effect.rule.id for force in sea.chosen(followed)),
        tuple((island, core) for island in sea.islands for core in clash_sets(space, island)),
    )


def _told(answers: Answers) -> str:
    return ", ".join(f"{question}={answer}" for question, answer in answers.items()) or "no answer"


# ---------------------------------------------------------------- what combinations come to


def _left_open(space: Space, charts: tuple[Chart, ...]) -> Iterator[Flaw]:
    """Parts that stay open although defaults are followed, each with its smallest example."""
    places = {part.id: index for index, choice in enumerate(space.pack.choices) for part in choice.parts}
    told: set[PartId] = set()
    for found in charts:
        for end in found.ends:
            for part in found.undecided(end):
                if part not in told:
                    told.add(part)
                    what = f"{part} stays open with {_told(found.answers(end))}"
                    values = " or ".join(found.values(end.rows)[part])
                    yield Flaw("pack.toml", ("choice", places[part]), what, f"a default that chooses {values}")


def _without_a_way_out(space: Space, charts: tuple[Chart, ...]) -> Iterator[Flaw]:
    """Clashing answers that cannot be explained, or that no repair resolves."""
    for found in charts:
        for island in found.sea.islands:
            if not island.rows:
                yield Flaw("rules.toml", (), f"nothing fits together for {_parts(island)}", "rules that leave something")
        for island, core in found.clashing:
            explained = clashes(island, core)
            ways_out = [repair for clash in explained for repair in clash.repairs if clash.effects]
            if not ways_out or any(decide(space, _except(core, gone)).conflicts for gone in ways_out):
                yield Flaw("rules.toml", (), f"a conflict has no way out: {_told(core)}", "answers to give up")


def _parts(island: Island) -> str:
    return ", ".join(part.id for part in island.parts)


def _except(answers: Answers, gone: Iterable[QuestionId]) -> Answers:
    return {question: answer for question, answer in answers.items() if question not in gone}


# ---------------------------------------------------------------- what never comes to bear


def _idle_questions(space: Space, charts: tuple[Chart, ...]) -> Iterator[Flaw]:
    for index, question in enumerate(space.pack.questions):
        if not matters(space, {}, question):
            yield Flaw("questions.toml", ("question", index), f"{question.id} never matters", "a rule that waits for it")


def _idle_values(space: Space, charts: tuple[Chart, ...]) -> Iterator[Flaw]:
    """Values of a choice that no outcome shows and none offers beside the value it shows."""
    seen = {pair for found in charts for end in found.ends for pair in _visible(space.pack, found, end)}
    for index, choice in enumerate(space.pack.choices):
        shown = {value for part in choice.parts for value in part.values if (part.id, value) in seen}
        for number, value in enumerate(choice.values):
            if value.id not in shown:
                what = f"{choice.id} never comes to “{value.id}”, and it is never an alternative"
                yield Flaw("pack.toml", ("choice", index, "value", number), what, "a rule that leaves it possible")


def _visible(pack: Pack, found: Chart, end: End) -> Iterator[tuple[PartId, ValueId]]:
    """What an end shows: its values, and the alternatives of parts that speak or are offered."""
    possible = found.values(end.possible)
    for part, final in found.values(end.rows).items():
        yield from ((part, value) for value in final if len(final) == 1)
        if final != [ABSENT] or pack.part_by_id[part].offered:
            yield from ((part, value) for value in possible[part])


def _idle_rules(space: Space, charts: tuple[Chart, ...]) -> Iterator[Flaw]:
    followed = {rule for found in charts for rule in found.followed}
    for index, rule in enumerate(space.pack.rules):
        path: Path = ("rule", index)
        if rule.strength is Strength.MUST:
            if not any(_narrows(island, rule) for island in space.islands):
                yield Flaw("rules.toml", path, f"rule “{rule.id}” never rules anything out that others do not", "")
        elif rule.id not in followed:
            kind = "preference" if rule.strength is Strength.PREFER else "default"
            yield Flaw("rules.toml", path, f"the {kind} “{rule.id}” is never followed", "something left to choose")


def _narrows(island: Island, rule: Rule) -> bool:
    """Whether a must rule removes a row that the other musts leave.

    Rows only shrink with more answers, so the fewest that set the rule off are enough.
    """
    mine = [effect for effect in island.effects if effect.rule == rule]
    if not rule.when:
        others = [e for e in island.effects if e.rule != rule and e.rule.strength is Strength.MUST and not e.rule.when]
        return any(satisfiable(island, others, _broken(island, effect)) for effect in mine)
    for picked in product(*(sorted(wanted) for _, wanted in rule.when)):
        answers: dict[QuestionId, AnswerId] = {q: a for (q, _), a in zip(rule.when, picked, strict=True)}
        rows = island.full
        for effect in island.musts:
            if effect.rule != rule and effect.rule.is_active(answers):
                rows &= effect.clause
        if any(rows & ~effect.clause for effect in mine):
            return True
    return False


def _broken(island: Island, effect: Effect) -> dict[PartId, frozenset[ValueId]]:
    """The domains in which an effect is not met."""
    domains = dict(effect.rule.given)
    part = next(part for part in island.parts if part.id == effect.part)
    domains[effect.part] = frozenset(domains.get(effect.part, part.domain)) - effect.allowed
    return domains


def _uncited(space: Space, charts: tuple[Chart, ...]) -> Iterator[Flaw]:
    pack = space.pack
    things = (*pack.rules, *pack.components, *pack.edges, *pack.traps, *pack.practice)
    cited: set[TakeawayId] = {takeaway for thing in things for takeaway in thing.takeaways}
    for index, takeaway in enumerate(pack.takeaways):
        if takeaway.id not in cited:
            what = f"nothing cites takeaway “{takeaway.id}”"
            yield Flaw("takeaways.toml", ("takeaway", index), what, "a rule, component, edge, trap or practice that does")


# ---------------------------------------------------------------- what is drawn


def _drawn(space: Space, charts: tuple[Chart, ...]) -> Iterator[Flaw]:
    """Faults of any drawing, and what no drawing ever shows.

    Every distinct end is drafted with the other archipelagos as they stand without
    answers; what has not been seen then is looked for among ends taken together.
    """
    pack = space.pack
    seen: set[Path] = set()
    told: dict[Path, Flaw] = {}
    conflicts = [core for found in charts for _, core in found.clashing]
    for answers in [*(found.answers(end) for found in charts for end in found.ends), *conflicts]:
        outcome = decide(space, answers)
        architecture = draft(pack, outcome)
        for path, what, expected in _ill_formed(pack, outcome, architecture):
            told.setdefault(path, Flaw("components.toml", path, f"{what} with {_told(answers)}", expected))
        seen.update(_shown(pack, architecture))
    yield from told.values()
    for path, name, together in _drawables(pack):
        if path not in seen:
            examples = (_example(charts, conditions) for conditions in together)
            drafts = (draft(pack, decide(space, answers)) for answers in examples if answers is not None)
            if not any(path in _shown(pack, drawn) for drawn in drafts):
                yield Flaw("components.toml", path, f"no outcome ever shows {name}", "a condition that some outcome meets")


def _ill_formed(pack: Pack, outcome: Outcome, drawn: Architecture) -> Iterator[tuple[Path, str, str]]:
    place: dict[str, Path] = {component.id: ("component", i) for i, component in enumerate(pack.components)}
    frames: dict[str, Path] = {frame.id: ("group", i) for i, frame in enumerate(pack.frames)}
    ends: dict[str, Path] = {f"{edge.source}>{edge.target}": ("edge", i) for i, edge in enumerate(pack.edges)}
    nodes, edges = drawn.node_by_id, [edge.id for edge in drawn.edges]
    undecided = outcome.status >= Status.OPEN
    for name, number in (Counter(node.id for node in drawn.nodes) + Counter(edges)).items():
        if number > 1:
            yield {**place, **ends}[name], f"“{name}” is drawn {number} times", "conditions that exclude each other"
    for edge in drawn.edges:
        if edge.source not in nodes or edge.target not in nodes:
            yield ends[edge.id], f"“{edge.id}” ends at nothing", "both of its components drawn"
        if not edge.rules and not undecided:
            yield ends[edge.id], f"no rule speaks for “{edge.id}”", "a condition on a part"
    for group in drawn.groups:
        if group.parent is not None and group.parent not in drawn.group_by_id:
            yield frames[group.id], f"“{group.id}” lies in a frame that is not drawn", "a parent that is drawn too"
        if not group.rules and not undecided:
            yield frames[group.id], f"no rule speaks for “{group.id}”", "a component with a rule within"
    graph = as_graph(drawn)
    for node in drawn.nodes:
        if node.group is not None and node.group not in drawn.group_by_id:
            yield place[node.id], f"“{node.id}” stands in a frame that is not drawn", "a group that is drawn too"
        if not node.rules and not undecided:
            yield place[node.id], f"no rule speaks for “{node.id}”", "a condition on a part"
        stands = node.at is None and node.state in (State.FIRM, State.DEFAULT)
        if stands and not graph.degree[node.id] and len(nodes) > 1:
            yield place[node.id], f"“{node.id}” stands alone", "an edge to or from it"


def _shown(pack: Pack, drawn: Architecture) -> set[Path]:
    """The components, groups and edges that a drawing shows as more than a ghost."""
    firm = {node.id for node in drawn.nodes if node.state is not State.GHOST}
    labels: dict[tuple[str, str], str] = {
        (edge.source, edge.target): edge.label for edge in drawn.edges if edge.state is not State.GHOST
    }
    return {
        *(("component", i) for i, component in enumerate(pack.components) if component.id in firm),
        *(("group", i) for i, frame in enumerate(pack.frames) if frame.id in drawn.group_by_id),
        *(
            ("edge", i)
            for i, edge in enumerate(pack.edges)
            if labels.get((edge.source, edge.target), "\0").startswith(edge.label.partition("{")[0])
        ),
    }


def _drawables(pack: Pack) -> Iterator[tuple[Path, str, Iterator[list[Condition]]]]:
    """All that can be drawn, each with the sets of conditions that together show it."""
    by_id = {component.id: component for component in pack.components}

    def standing(name: str) -> list[list[Condition]]:
        component = next(c for c in pack.components if c.id == name)
        hosts = standing(component.at) if component.at else [[]]
        return [[condition, *host] for condition in component.shown for host in hosts]

    def within(group: str) -> Iterator[list[Condition]]:
        for component in by_id.values():
            if component.group == group:
                yield from standing(component.id)
        for frame in pack.frames:
            if frame.parent == group:
                yield from within(frame.id)

    for index, component in enumerate(pack.components):
        yield ("component", index), f"component “{component.id}”", iter(standing(component.id))
    for index, frame in enumerate(pack.frames):
        yield ("group", index), f"group “{frame.id}”", _both([[c] for c in frame.shown] or [[]], within(frame.id))
    for index, edge in enumerate(pack.edges):
        ends = _both(standing(edge.source), standing(edge.target))
        yield ("edge", index), f"edge “{edge.source}>{edge.target}”", _both([[c] for c in edge.shown] or [[]], ends)


def _both(first: Iterable[list[Condition]], second: Iterable[list[Condition]]) -> Iterator[list[Condition]]:
    return ([*some, *more] for some, more in product(first, second))


def _example(charts: tuple[Chart, ...], conditions: Iterable[Condition]) -> Answers | None:
    """Answers whose end meets all conditions, the fewest in each archipelago; None where there are none."""
    wanted = [pair for condition in conditions for pair in condition]
    answers: dict[QuestionId, AnswerId] = {}
    for found in charts:
        outside = [_outside(found.sea, part, values) for part, values in wanted]
        end = next((end for end in found.ends if not any(end.rows & rows for rows in outside)), None)
        if end is None:
            return None
        answers.update(found.answers(end))
    return answers


def _outside(sea: Archipelago, part: PartId, values: Iterable[ValueId]) -> int:
    """The rows in which a part of an archipelago has none of some values."""
    rows = 0
    for island, offset in zip(sea.islands, sea.offsets, strict=True):
        for (name, value), bits in island.bits.items():
            if name == part and value not in values:
                rows |= bits << offset
    return rows


_LOOKS: tuple[Callable[[Space, tuple[Chart, ...]], Iterator[Flaw]], ...] = (
    _left_open,
    _without_a_way_out,
    _idle_questions,
    _idle_values,
    _idle_rules,
    _uncited,
    _drawn,
)
