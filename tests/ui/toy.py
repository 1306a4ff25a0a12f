"""A tiny decision, where to sleep on a hike, and a desk that answers for it without any engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from explorer.core.explanation.explanation import ConflictNotice, Explanation, Reason, SuggestedChange
from explorer.core.model.outcome import Status
from explorer.core.model.pack import (
    Answer,
    AnswerId,
    Answers,
    ChoiceId,
    Note,
    Question,
    QuestionId,
    Takeaway,
    TakeawayId,
)
from explorer.core.search.what_if_matrix import ChoiceSummary, Matrix, MatrixCell, MatrixRow
from explorer.core.session.scenarios import Scenario
from explorer.core.session.session_state import SessionState
from explorer.core.session.walk import StepStatus, Walk, WalkGroup, WalkStep
from explorer.core.session.workspace import Workspace
from explorer.core.session.workspace import give_answer as answered
from explorer.engine.preview_protocol import Comparison, ComparisonRow, Preview
from explorer.export.request.request import Options, Request
from explorer.layout.geometry import Box
from explorer.render.picture import Item, ItemKind, Picture, Rectangle, TextShape
from explorer.ui.diagram.items import CanvasColors
from explorer.ui.explanation.outcome_bar import OutcomeEntry
from explorer.ui.theme.stylesheet import WindowColors
from explorer.ui.theme.theme_manager import ThemeColors
from tests.core.packs import toy_pack
from tests.ui.toy_map import maps


def _colours(dark: bool) -> WindowColors:
    paper, ink = ("#101010", "#f0f0f0") if dark else ("#ffffff", "#101010")
    names = WindowColors.__dataclass_fields__
    return WindowColors(**{name: ink if name in {"ink", "accent", "focus"} else paper for name in names})


THEMES = {
    "light": ThemeColors(_colours(dark=False), CanvasColors()),
    "dark": ThemeColors(_colours(dark=True), CanvasColors(canvas="#101010")),
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


class ToyEngine:
    """Answers for the toy; a layout is known once it has been drawn, unless it may not be."""

    pack = replace(toy_pack(""), id="toy", questions=QUESTIONS)
    title = "Where to sleep"
    about = "Berth, as a toy"

    def __init__(self) -> None:
        self.known: dict[object, Picture] = {}
        self.before_drawing: Callable[[], object] = lambda: None
        self.previews = ToyPreviews(self)
        self.maps = maps()

    def walk(self, workspace: Workspace) -> Walk:
        answers = {str(asked): str(given) for asked, given in workspace.answers.items()}
        following = next((asked.id for asked in QUESTIONS if asked.id not in answers), None)
        return walk(answers, workspace.current or following)

    def explanation(self, workspace: Workspace) -> Explanation:
        heading = workspace.selected_item or workspace.focused_choice or workspace.last_question or "Welcome"
        reasons = tuple(Reason(f"{key} says so", (value,)) for key, value in workspace.answers.items())
        clashes = (CONFLICT,) if dict(workspace.answers) == {"shelter": "tent", "food": "cook"} else ()
        return Explanation(heading, "", reasons, (takeaway(),), conflicts=clashes)

    def outcome_summary(self, workspace: Workspace) -> tuple[tuple[OutcomeEntry, ...], str]:
        shelter = workspace.answers.get(QuestionId("shelter"))
        status = Status.FORCED if shelter else Status.DEFAULT
        return (
            entry("bed", shelter or "tent", status),
            entry("water", "river"),
        ), f"{len(workspace.answers)} given"

    def picture(self, workspace: Workspace, theme: str) -> Picture:
        self.before_drawing()
        made = picture(self._label(workspace, theme), "tent", "river")
        self.known[self._label(workspace, theme)] = made
        return made

    def cached_picture(self, workspace: Workspace, theme: str) -> Picture | None:
        return self.known.get(self._label(workspace, theme))

    def export_request(self, saved: SessionState, options: Options) -> Request:
        return Request(self.title, self.picture(saved.workspace, options.theme), None, options)

    def _label(self, workspace: Workspace, theme: str) -> str:
        answers = " ".join(f"{key}={value}" for key, value in sorted(workspace.answers.items()))
        return f"{theme} {answers} {'with' if workspace.alternatives_shown else 'without'} ghosts"


class ToyPreviews:
    """Looks ahead for the toy, with what its desk knows."""

    def __init__(self, desk: ToyEngine) -> None:
        self._engine = desk
        self.preloaded: list[tuple[str, str]] = []

    def preview(self, workspace: Workspace, question: str, answer: str, theme: str) -> Preview:
        return self._preview(question, answer, self._engine.picture(_there(workspace, question, answer), theme))

    def cached_preview(self, workspace: Workspace, question: str, answer: str, theme: str) -> Preview | None:
        known = self._engine.cached_picture(_there(workspace, question, answer), theme)
        return None if known is None else self._preview(question, answer, known)

    def _preview(self, question: str, answer: str, picture: Picture) -> Preview:
        heading = f"What if {question} is {answer}?"
        bar = (replace(entry("bed", answer), previous="tent"), entry("water", "river"))
        told = Explanation(heading, "", changes=("Bed: tent → hut",))
        return Preview(heading, "1 new", "tent", picture, bar, "would be", told)

    def preload(self, workspace: Workspace, question: str, answer: str) -> None:
        self.preloaded.append((question, answer))
        self._engine.picture(_there(workspace, question, answer), "light")

    def explain_end(self, workspace: Workspace, way: Mapping[str, str], title: str) -> Explanation:
        return Explanation(title, " ".join([*workspace.answers.values(), *way.values()]))

    def comparison(self, left: Scenario, right: Scenario, theme: str) -> Comparison:
        both = f"{theme}: {left.name} and {right.name}"
        rows = (ComparisonRow("Bed", "tent", "hut", True), ComparisonRow("Water", "river", "river", False))
        shown, slide = picture(both), picture(both, "slide")
        return Comparison(left.name, right.name, "1 choice differs", shown, slide, rows)

    def cached_comparison(self, left: Scenario, right: Scenario, theme: str) -> Comparison | None:
        return self.comparison(left, right, theme) if left.name == right.name else None

    def matrix(self, answers: Answers) -> Matrix:
        def cell(asked: Question, given: Answer) -> MatrixCell:
            outcome = (ChoiceSummary("Bed", given.label, given.id not in ("tent", "no")),)
            return MatrixCell(asked.id, given, answers.get(asked.id) == given.id, given.id == "fast", outcome)

        return Matrix(tuple(MatrixRow(q, tuple(cell(q, given) for given in q.answers)) for q in QUESTIONS))

    def scenario_title(self, answers: Answers) -> str:
        return " ".join(answers.values()) or "nothing"


def _there(workspace: Workspace, question: str, answer: str) -> Workspace:
    return answered(workspace, QuestionId(question), AnswerId(answer))
