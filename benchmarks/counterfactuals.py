"""Counterfactuals of all values, repairs of conflicts, and information gain of the next question."""

from __future__ import annotations

import random
from functools import partial
from statistics import median

from benchmarks.fixtures import AnswerMap, clear_cache, compiled_pack
from benchmarks.results import Report, format_ms, with_limit
from benchmarks.timing import time_once
from explorer.core.explanation.sentences import question_effect_sentence
from explorer.core.search.counterfactuals import correction_sets, counterfactuals
from explorer.core.search.information_gain import (
    count_outcomes_by_answer,
    effect_of_question,
    order_by_information_gain,
)
from explorer.core.solver.decide import decide

COUNTERFACTUALS_S = 0.050
INFORMATION_GAIN_S = 0.010


def answer_sets(count: int) -> list[AnswerMap]:
    """Return sets of answers, from none to all questions, the same in every run."""
    rng = random.Random(21)
    pack = compiled_pack().pack
    sets: list[AnswerMap] = [{}]
    while len(sets) < count:
        share = rng.choice((0.15, 0.3, 0.6, 0.9, 1))
        sets.append({q.id: rng.choice(q.answers).id for q in pack.questions if rng.random() < share})
    return sets


def run(quick: bool) -> Report:
    """Measure all values of all choices for many sets of answers, first uncached and then cached."""
    pack = compiled_pack()
    clear_cache(pack)
    first = time_once(lambda: counterfactuals(pack, {}))
    inputs = answer_sets(40 if quick else 150)
    new = sorted(time_once(partial(counterfactuals, pack, answers)) for answers in inputs)
    again = sorted(time_once(partial(counterfactuals, pack, answers)) for answers in inputs)
    repaired = [time_once(partial(_repair, answers)) for answers in inputs]
    gains = [time_once(partial(_information_gain, answers)) for answers in inputs]
    percentile_90 = new[len(new) * 9 // 10]
    return Report(
        (
            with_limit("all counterfactuals, uncached, median", median(new), COUNTERFACTUALS_S),
            with_limit("  90th percentile", percentile_90, COUNTERFACTUALS_S),
            with_limit("  slowest", new[-1], COUNTERFACTUALS_S),
            with_limit("  cached, median", median(again), COUNTERFACTUALS_S),
            with_limit("repairs of all conflicts, slowest", max(repaired), COUNTERFACTUALS_S),
            with_limit("most informative question and its effect", median(gains), INFORMATION_GAIN_S),
            with_limit("  90th percentile", sorted(gains)[len(gains) * 9 // 10], INFORMATION_GAIN_S),
        ),
        (f"the first call also builds the tables of the pack: {format_ms(first)}",),
    )


def _repair(answers: AnswerMap) -> None:
    outcome = decide(compiled_pack(), answers)
    for conflict in outcome.conflicts:
        correction_sets(compiled_pack(), outcome, conflict)


def _information_gain(answers: AnswerMap) -> None:
    pack = compiled_pack()
    open_questions = [question.id for question in pack.pack.questions if question.id not in answers]
    order = order_by_information_gain(pack, answers, open_questions)
    if order:
        count_outcomes_by_answer(pack, answers, order[0])
        question_effect_sentence(pack.pack, effect_of_question(pack, answers, order[0]))
