"""What would change it, for everything at once, and what the next question tells."""

from __future__ import annotations

import random
from functools import partial
from statistics import median

from benchmarks.clock import seconds
from benchmarks.pieces import Given, forget, space
from benchmarks.report import Report, limited, ms
from explorer.core.explanation.sentences import question_effect_sentence
from explorer.core.search.counterfactuals import correction_sets, counterfactuals
from explorer.core.search.information_gain import (
    count_outcomes_by_answer,
    effect_of_question,
    order_by_information_gain,
)
from explorer.core.solver.decide import decide

FLIPS_S = 0.050
TELLING_S = 0.010


def states(count: int) -> list[Given]:
    """Places to stand at, from no answer to all of them, the same in every run."""
    chance = random.Random(21)
    pack = space().pack
    found: list[Given] = [{}]
    while len(found) < count:
        share = chance.choice((0.15, 0.3, 0.6, 0.9, 1))
        found.append({q.id: chance.choice(q.answers).id for q in pack.questions if chance.random() < share})
    return found


def run(quick: bool) -> Report:
    """Every value of every choice from many states, each seen for the first time and again."""
    prepared = space()
    forget(prepared)
    first = seconds(lambda: counterfactuals(prepared, {}))
    standing = states(40 if quick else 150)
    new = sorted(seconds(partial(counterfactuals, prepared, answers)) for answers in standing)
    again = sorted(seconds(partial(counterfactuals, prepared, answers)) for answers in standing)
    mended = [seconds(partial(_mend, answers)) for answers in standing]
    telling = [seconds(partial(_tell, answers)) for answers in standing]
    late = new[len(new) * 9 // 10]
    return Report(
        (
            limited("flips: all values, a state not seen before, median", median(new), FLIPS_S),
            limited("flips: all values, nine states of ten within", late, FLIPS_S),
            limited("flips: all values, the slowest state", new[-1], FLIPS_S),
            limited("flips: all values, seen before, median", median(again), FLIPS_S),
            limited("repairs of every conflict, the slowest state", max(mended), FLIPS_S),
            limited("the most telling question, and what it separates", median(telling), TELLING_S),
            limited("the same, nine states of ten within", sorted(telling)[len(telling) * 9 // 10], TELLING_S),
        ),
        (f"the very first time also prepares what is kept with the pack: {ms(first)}",),
    )


def _mend(answers: Given) -> None:
    outcome = decide(space(), answers)
    for conflict in outcome.conflicts:
        correction_sets(space(), outcome, conflict)


def _tell(answers: Given) -> None:
    prepared = space()
    asked = [question.id for question in prepared.pack.questions if question.id not in answers]
    order = order_by_information_gain(prepared, answers, asked)
    if order:
        count_outcomes_by_answer(prepared, answers, order[0])
        question_effect_sentence(prepared.pack, effect_of_question(prepared, answers, order[0]))
