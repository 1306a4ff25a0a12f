"""Scaling of the layout with the number of nodes, and of decisions with the number of questions."""

from __future__ import annotations

import random
from statistics import median
from time import perf_counter

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from benchmarks.fixtures import AnswerMap, BareGraphviz, clear_cache, random_answers
from benchmarks.generated_input import generate_architecture, generate_pack
from benchmarks.results import Report, Row, breakdown, compared, format_ms, with_limit
from benchmarks.timing import Profiler, interleaved_medians, median_parts
from explorer.core.search.relevance import irrelevant_questions, next_question
from explorer.core.solver.constraints import compile_pack, solve
from explorer.core.solver.decide import decide
from explorer.layout.architecture.place import layout_architecture
from explorer.qt.text_metrics import QtTextMetrics

NODES = (25, 100, 400)
QUESTIONS = (16, 100, 1000)
LIMIT_S = 0.010

LAYOUT_PARTS = {
    "explorer.layout.graphviz.process:Graphviz.run": "Graphviz",
    "explorer.layout.architecture.stages:measure_nodes": "node sizes",
    "explorer.layout.architecture.stages:route_edges": "routing",
    "explorer.layout.architecture.stages:label_edges": "labels",
}
DECISION_PARTS = {
    "explorer.core.solver.decide:solve": "solve",
    "explorer.core.solver.decide:propagate": "propagate",
    "explorer.core.solver.decide:explain_removal": "explain removed values",
    "explorer.core.solver.decide:minimal_conflicts": "conflicts",
}


def run(quick: bool) -> Report:
    """Measure both."""
    application = QGuiApplication.instance() or QApplication(["Berth"])
    assert application is not None
    layout, decisions = _layout_scaling(quick), _decision_scaling(quick)
    return Report((*layout.rows, *decisions.rows), (*layout.notes, *decisions.notes))


def _layout_scaling(quick: bool) -> Report:
    ruler, profiler = QtTextMetrics(), Profiler()
    graphviz = BareGraphviz(ruler)
    rows: list[Row] = []
    notes: tuple[str, ...] = ()
    for nodes in NODES:
        architecture = generate_architecture(nodes)
        source = graphviz.source(architecture)
        with profiler.profile(LAYOUT_PARTS):
            times = interleaved_medians(
                2 if quick else 5 if nodes > 100 else 9,
                {
                    "layout": lambda drawing=architecture: layout_architecture(  # type: ignore[misc]
                        drawing, ruler, graphviz.engine
                    ),
                    "graphviz": lambda text=source: graphviz.run(text),  # type: ignore[misc]
                },
            )
            profiler.take()
            start = perf_counter()
            layout_architecture(architecture, ruler, graphviz.engine)
            parts = profiler.take()
            parts["other"] = perf_counter() - start - sum(parts.values())
        name = f"layout of {nodes} nodes, {len(architecture.edges)} edges"
        rows.append(compared(name, times["layout"], "Graphviz alone", times["graphviz"]))
        notes = breakdown(f"layout of {nodes} nodes, one run", list(parts.items()))
    return Report(tuple(rows), notes)


def _decision_scaling(quick: bool) -> Report:
    rows: list[Row] = []
    notes: tuple[str, ...] = ()
    smallest = 0.0
    for questions in QUESTIONS:
        timing = _DecisionTiming(questions, 10 if quick else 40)
        rows.append(with_limit(f"one of {questions:,} answers changed: decide", timing.decide, LIMIT_S))
        smallest = smallest or timing.relevance
        rows.append(
            Row(
                "  relevant questions",
                format_ms(timing.relevance),
                f"with {QUESTIONS[0]} questions, {format_ms(smallest)}",
                timing.relevance / smallest,
            )
        )
        notes = (
            f"{questions:,} questions: {timing.components} subproblems, at most {timing.max_rows:,} combinations; "
            f"compiled in {format_ms(timing.compile)}; the first decision takes {format_ms(timing.first)}",
            *breakdown(f"decide with {questions:,} questions", timing.parts),
        )
    return Report(tuple(rows), notes)


class _DecisionTiming:
    """Times a generated pack: nine of ten questions answered, then one answer after the other changed."""

    def __init__(self, questions: int, rounds: int) -> None:
        pack = generate_pack(questions)
        start = perf_counter()
        compiled = compile_pack(pack)
        self.compile = perf_counter() - start
        self.components = len(compiled.subproblems)
        self.max_rows = max(solve(compiled, subproblem, {}).must.count() for subproblem in compiled.subproblems)
        rng = random.Random(11)
        answers: AnswerMap = random_answers(pack, rng)
        while questions > 1 and len(answers) > questions * 9 // 10:
            del answers[rng.choice(list(answers))]
        start = perf_counter()
        decide(compiled, answers)
        self.first = perf_counter() - start
        decide_times: list[float] = []
        relevance_times: list[float] = []
        parts: list[dict[str, float]] = []
        profiler = Profiler()
        for _ in range(rounds):
            clear_cache(compiled)
            irrelevant_questions(compiled, decide(compiled, answers))
            question = rng.choice(pack.questions)
            others = [answer.id for answer in question.answers if answer.id != answers.get(question.id)]
            answers = {**answers, question.id: rng.choice(others)}
            start = perf_counter()
            outcome = decide(compiled, answers)
            decide_times.append(perf_counter() - start)
            start = perf_counter()
            next_question(compiled, outcome, irrelevant_questions(compiled, outcome))
            relevance_times.append(perf_counter() - start)
            clear_cache(compiled)
            with profiler.profile(DECISION_PARTS):
                start = perf_counter()
                decide(compiled, answers)
                spent = profiler.take()
                spent["other"] = perf_counter() - start - sum(spent.values())
            parts.append(spent)
        self.decide, self.relevance = median(decide_times), median(relevance_times)
        self.parts = median_parts(parts)
