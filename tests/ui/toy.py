"""A tiny decision, where to sleep on a hike, and a desk that answers for it without any engine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QImage

from explorer.core.briefing import Briefing, ClashCard, Reason
from explorer.core.outcome import Status
from explorer.core.pack import Answer, AnswerId, ChoiceId, Note, Question, QuestionId, Takeaway, TakeawayId
from explorer.core.problems import ExplorerError
from explorer.core.walk import Standing, Step, Walk, WalkGroup
from explorer.core.workspace import Workspace
from explorer.layout.placement import Box
from explorer.render.picture import Frame, Item, Kind, Picture, Words
from explorer.ui.dress import Attire
from explorer.ui.items import CanvasColours
from explorer.ui.outcome_bar import BarEntry
from explorer.ui.style import WindowColours


def _colours(dark: bool) -> WindowColours:
    paper, ink = ("#101010", "#f0f0f0") if dark else ("#ffffff", "#101010")
    names = WindowColours.__dataclass_fields__
    return WindowColours(**{name: ink if name in {"ink", "accent", "focus"} else paper for name in names})


THEMES = {
    "light": Attire(_colours(dark=False), CanvasColours()),
    "dark": Attire(_colours(dark=True), CanvasColours(canvas="#101010")),
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
        standing = Standing.ANSWERED if answer else Standing.PASSED_OVER if why else Standing.OPEN
        steps.append(Step(asked, standing, AnswerId(answer) if answer else None, why, asked.id in clashing))
    groups = dict.fromkeys(step.question.group for step in steps)
    return Walk(
        tuple(WalkGroup(group, tuple(s for s in steps if s.question.group == group)) for group in groups),
        QuestionId(current) if current else None,
    )


def entry(id_: str, value: str = "tent", status: Status = Status.DEFAULT, alternatives: str = "") -> BarEntry:
    """One line of an outcome."""
    return BarEntry(ChoiceId(id_), id_.capitalize(), value, status, alternatives)


def takeaway(
    text: str = "Pitch it high.", source: str = "https://example.org/tents", note: str = ""
) -> Takeaway:
    """A statement to remember, with a dated note when there is something to note."""
    return Takeaway(
        TakeawayId("dry"),
        "Tents stay dry on slopes",
        text,
        "Nights",
        (),
        source,
        "2026-01-02",
        page="Any place will do." if note else "",
        note=Note("2026-11-23", note, "https://example.org/notes") if note else None,
    )


CLASH = ClashCard(
    "A fire and a tent cannot be had together.",
    ("Shelter: Tent", "Food: Cook"),
    (("Give up the tent", ("shelter",)), ("Give up both", ("shelter", "food"))),
)


def picture(label: str, *ids: str) -> Picture:
    """A picture of boxes in a row; the first one bears the label."""
    items = tuple(
        Item(id_, Kind.NODE, id_, label, box, (Frame(box, fill="#8899aa"), Words(label, box, 12, "#000000")))
        for id_, box in (
            (id_, Box(20 + 100 * place, 20, 80, 60)) for place, id_ in enumerate(ids or ("tent",))
        )
    )
    return Picture((20 + 100 * len(items), 100), "#ffffff", items)


class ToyDesk:
    """Answers for the toy; a layout is known once it has been drawn, unless it may not be."""

    title = "Where to sleep"
    about = "Berth, as a toy"
    formats = (("PNG picture", "png"), ("SVG drawing", "svg"))

    def __init__(self) -> None:
        self.known: dict[object, Picture] = {}
        self.before_drawing: Callable[[], object] = lambda: None
        self.exported: list[Path] = []

    def walk(self, workspace: Workspace) -> Walk:
        answers = {str(asked): str(given) for asked, given in workspace.answers.items()}
        following = next((asked.id for asked in QUESTIONS if asked.id not in answers), None)
        return walk(answers, workspace.current or following)

    def briefing(self, workspace: Workspace) -> Briefing:
        heading = workspace.selected or workspace.choice or workspace.asked or "Welcome"
        reasons = tuple(Reason(f"{key} says so", (value,)) for key, value in workspace.answers.items())
        clashes = (CLASH,) if dict(workspace.answers) == {"shelter": "tent", "food": "cook"} else ()
        return Briefing(heading, "", reasons, (takeaway(),), clashes=clashes)

    def bar(self, workspace: Workspace) -> tuple[tuple[BarEntry, ...], str]:
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

    def known_picture(self, workspace: Workspace, theme: str) -> Picture | None:
        return self.known.get(self._label(workspace, theme))

    def export(self, picture: Picture, path: Path) -> None:
        if not path.parent.is_dir():
            raise ExplorerError(f"{path.parent} is not there; choose another folder.")
        path.write_text(picture.items[0].description)
        self.exported.append(path)

    def image(self, picture: Picture) -> QImage:  # noqa: ARG002 - a toy's pictures all look the same
        image = QImage(8, 8, QImage.Format.Format_RGB32)
        image.fill(0)
        return image

    def _label(self, workspace: Workspace, theme: str) -> str:
        answers = " ".join(f"{key}={value}" for key, value in sorted(workspace.answers.items()))
        return f"{theme} {answers} {'with' if workspace.ghosts else 'without'} ghosts"
