"""Toy pack for tests of the window: where to sleep on a hike, with a real engine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from explorer.core.explanation.explanation import ConflictNotice, SuggestedChange
from explorer.core.model.outcome import Status
from explorer.core.model.pack import (
    Answer,
    AnswerId,
    ChoiceId,
    Note,
    Pack,
    Question,
    QuestionId,
    Takeaway,
    TakeawayId,
)
from explorer.core.session.walk import StepStatus, Walk, WalkGroup, WalkStep
from explorer.core.solver.constraints import compile_pack
from explorer.engine.open_pack import LoadedPack, OpenPack
from explorer.engine.outcome_summary import OutcomeEntry
from explorer.export.request.engine import create_engine
from explorer.layout.architecture.cache import LayoutCache
from explorer.layout.geometry import Box
from explorer.layout.graphviz.process import InstalledGraphviz
from explorer.qt.text_metrics import QtTextMetrics
from explorer.render.picture import Item, ItemKind, Picture, Rectangle, TextShape
from explorer.ui.theme.canvas_colors import CanvasColors
from explorer.ui.theme.stylesheet import WindowColors
from explorer.ui.theme.theme_manager import ThemeColors
from tests.core.packs import make_component, make_edge, toy_pack


def _colors(dark: bool) -> WindowColors:
    paper, ink = ("#101010", "#f0f0f0") if dark else ("#ffffff", "#101010")
    names = WindowColors.__dataclass_fields__
    return WindowColors(**{name: ink if name in {"ink", "accent", "focus"} else paper for name in names})


THEMES = {
    "light": ThemeColors(_colors(dark=False), CanvasColors()),
    "dark": ThemeColors(_colors(dark=True), CanvasColors(canvas="#101010")),
}


def question(id_: str, *answers: str, group: str = "The night") -> Question:
    """A question whose answers are called what they are."""
    return Question(
        QuestionId(id_),
        group,
        id_.capitalize(),
        f"How about {id_}?",
        f"Much hangs on {id_}.",
        tuple(Answer(AnswerId(answer), answer.capitalize(), f"Pick it for {answer}.") for answer in answers),
    )


QUESTIONS = (
    question("shelter", "tent", "hut"),
    question("rain", "yes", "no"),
    question("food", "cook", "buy", "fast", group="The day"),
)


def walk(answers: dict[str, str], current: str | None = None, passed: str = "", clashing: str = "") -> Walk:
    """The toy's walk under these answers."""
    return as_walk(QUESTIONS, answers, current, {passed: "it cannot matter in a hut."}, {clashing})


def as_walk(
    questions: tuple[Question, ...],
    answers: dict[str, str],
    current: str | None,
    passed: dict[str, str],
    clashing: set[str],
) -> Walk:
    """Any questions as a walk."""
    steps = []
    for asked in questions:
        answer = answers.get(asked.id)
        why = passed.get(asked.id, "")
        standing = StepStatus.ANSWERED if answer else StepStatus.NOT_NEEDED if why else StepStatus.OPEN
        steps.append(WalkStep(asked, standing, AnswerId(answer) if answer else None, why, asked.id in clashing))
    groups = dict.fromkeys(step.question.group for step in steps)
    return Walk(
        tuple(WalkGroup(group, tuple(s for s in steps if s.question.group == group)) for group in groups),
        QuestionId(current) if current else None,
    )


def entry(id_: str, value: str = "tent", status: Status = Status.DEFAULT, alternatives: str = "") -> OutcomeEntry:
    """One line of an outcome."""
    return OutcomeEntry(ChoiceId(id_), id_.capitalize(), value, status, alternatives)


def takeaway(text: str = "Pitch it high.", source: str = "https://example.org/tents", note: str = "") -> Takeaway:
    """A statement to remember, with a dated note when there is something to note."""
    return Takeaway(
        TakeawayId("dry"),
        "Tents stay dry on slopes",
        text,
        "Nights",
        (),
        source,
        "2026-01-02",
        study_guide="Any place will do." if note else "",
        note=Note("2026-11-23", note, "https://example.org/notes") if note else None,
    )


CONFLICT = ConflictNotice(
    "A fire and a tent cannot be had together.",
    ("Shelter: Tent", "Food: Cook"),
    (
        SuggestedChange("Give up the tent", ((QuestionId("shelter"), None),)),
        SuggestedChange("Give up both", ((QuestionId("shelter"), None), (QuestionId("food"), AnswerId("buy")))),
    ),
)


def picture(label: str, *ids: str) -> Picture:
    """A picture of boxes in a row; the first one bears the label."""
    items = tuple(
        Item(
            id_,
            ItemKind.NODE,
            id_,
            label,
            box,
            (Rectangle(box, fill="#8899aa"), TextShape(label, box, 12, "#000000")),
        )
        for id_, box in ((id_, Box(20 + 100 * place, 20, 80, 60)) for place, id_ in enumerate(ids or ("tent",)))
    )
    return Picture((20 + 100 * len(items), 100), "#ffffff", items)


RULES = """
    shelter ? tent | hut
    rain ? yes | no
    food ? cook | buy | fast
    bed = tent | hut
    water = river | tap
    must sleep-in-tent: shelter=tent => bed=tent
    must sleep-in-hut: shelter=hut => bed=hut
    must stove: food=cook => bed=hut
    must no-tap: food=fast => water=river
    prefer rain-water: rain=yes => water=tap
    default usual-bed: => bed=tent
    default usual-water: => water=river
"""


def hike_pack() -> Pack:
    """Where to sleep on a hike: a tent or a hut, beside a river or a tap."""
    return replace(
        toy_pack(RULES, questions=QUESTIONS),
        title="Where to sleep",
        question_groups=(("The night", "The night"), ("The day", "The day")),
        components=(
            make_component("tent", "bed=tent", slot="bed", ghost=True),
            make_component("hut", "bed=hut", slot="bed", ghost=True),
            make_component("river", "water=river", slot="water", ghost=True),
            make_component("tap", "water=tap", slot="water", ghost=True),
        ),
        edges=(make_edge("tent", "river"), make_edge("hut", "river")),
    )


class GatedLayout:
    """The installed layout program; `before` runs first, and may wait or raise."""

    def __init__(self) -> None:
        self.before: Callable[[], object] = lambda: None

    def run(self, source: str) -> dict[str, Any]:
        self.before()
        return InstalledGraphviz().run(source)


class Toy:
    """The hike with a real engine, and the layout program behind a gate."""

    def __init__(self) -> None:
        self.layout = GatedLayout()
        layouts = LayoutCache(QtTextMetrics(), self.layout)
        compiled = compile_pack(hike_pack())
        compiled.lookup_tables()  # as in an installation, where they are on disk
        self.engine = create_engine(compiled, layouts)
        self.open_pack = OpenPack(LoadedPack(self.engine, Path("hike"), shipped=True))


def nodes_of(picture: Picture) -> set[str]:
    """The ids of the nodes in a picture."""
    return {item.id for item in picture.items if item.kind is ItemKind.NODE}
