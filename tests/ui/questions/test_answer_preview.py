"""Answer preview: when a preview is shown, when it ends, and what is laid out in advance."""

from threading import Event

import pytest

from explorer.core.errors import ExplorerError
from explorer.core.model.pack import AnswerId, QuestionId
from explorer.core.session.workspace import Workspace, give_answer
from explorer.ui.document.session_store import SessionStore
from explorer.ui.questions.answer_preview import AnswerPreview
from explorer.ui.questions.current_walk import CurrentWalk
from explorer.ui.theme.theme_manager import ThemeManager
from tests.ui.toy import THEMES, Toy


def with_answer(answer, question="shelter"):
    """The workspace after an answer."""
    return give_answer(Workspace(), QuestionId(question), AnswerId(answer))


class Gate:
    """Blocks the worker that draws until it is opened."""

    def __init__(self):
        self.reached, self._opened = Event(), Event()

    def __call__(self):
        self.reached.set()
        return self._opened.wait(5)

    def open(self):
        self._opened.set()


@pytest.fixture
def toy(qapp):
    return Toy()


@pytest.fixture
def session():
    return SessionStore()


@pytest.fixture
def walk(toy, session):
    walk = CurrentWalk(toy.open_pack, session)
    walk.update()
    return walk


@pytest.fixture
def preview(toy, session, walk):
    preview = AnswerPreview(toy.open_pack, session, ThemeManager(THEMES), walk)
    session.changed.connect(preview.refresh)
    yield preview
    preview.close()


@pytest.fixture
def shown(preview):
    """The titles of the shown previews in order, with "-" for each end of a preview."""
    shown = []
    preview.shown.connect(lambda value: shown.append(value.title))
    preview.ended.connect(lambda: shown.append("-"))
    return shown


def test_cached_preview_is_shown_after_the_delay_without_drawing(preview, toy, shown, qtbot):
    toy.engine.picture(with_answer("hut"), "light")
    toy.layout.before = pytest.fail

    preview.hover("shelter", "hut")
    assert shown == [], "not before the delay"

    qtbot.waitUntil(lambda: shown == ["What if “Shelter” is “Hut”?"])
    assert preview.current.title == "What if “Shelter” is “Hut”?"


def test_uncached_preview_is_shown_when_it_is_drawn(preview, toy, shown, qtbot):
    toy.layout.before = gate = Gate()

    preview.hover("shelter", "hut")
    qtbot.waitUntil(gate.reached.is_set)
    assert shown == []
    gate.open()

    qtbot.waitUntil(lambda: shown == ["What if “Shelter” is “Hut”?"])


def test_preview_that_is_drawn_too_late_is_not_shown(preview, toy, shown, qtbot):
    toy.layout.before = gate = Gate()
    preview.hover("shelter", "hut")
    qtbot.waitUntil(gate.reached.is_set)

    preview.cancel()
    gate.open()
    toy.layout.before = lambda: None
    preview.hover("shelter", "tent")

    qtbot.waitUntil(lambda: shown == ["What if “Shelter” is “Tent”?"])


def test_answer_that_the_pointer_only_crosses_is_not_previewed(preview, toy, shown, qtbot):
    for answer in ("hut", "tent"):
        toy.engine.picture(with_answer(answer), "light")
    preview.hover("shelter", "hut")
    preview.hover("shelter", "tent")

    qtbot.waitUntil(lambda: shown == ["What if “Shelter” is “Tent”?"])


def test_given_answer_has_no_preview(preview, session, shown, qtbot):
    session.answer("shelter", "hut")
    preview.hover("shelter", "hut")
    preview.show_requested()
    assert shown == []


def test_cancel_ends_the_preview_at_once(preview, shown, qtbot):
    with qtbot.waitSignal(preview.shown):
        preview.hover("shelter", "hut")

    preview.cancel()

    assert shown[-1] == "-"
    assert preview.current is None


def test_giving_the_previewed_answer_keeps_its_picture(preview, session, shown, qtbot):
    with qtbot.waitSignal(preview.shown):
        preview.hover("shelter", "hut")

    session.answer("shelter", "hut")

    assert shown == ["What if “Shelter” is “Hut”?"], "no flicker"
    assert preview.current is None


def test_giving_another_answer_ends_the_preview(preview, session, shown, qtbot):
    with qtbot.waitSignal(preview.shown):
        preview.hover("shelter", "hut")

    session.answer("shelter", "tent")

    assert shown[-1] == "-"


def test_layout_error_of_a_preview_is_only_logged(preview, toy, shown, qtbot, caplog):
    def fail():
        raise ExplorerError("No layout.")

    toy.layout.before = fail
    preview.hover("shelter", "hut")

    qtbot.waitUntil(lambda: "preview" in caplog.text)
    assert shown == []


def test_other_answers_of_the_question_are_laid_out_in_advance(preview, session, walk, toy, qtbot):
    session.answer("food", "buy")
    session.go_to("food")
    walk.update()
    preview.preload()

    qtbot.waitUntil(lambda: toy.engine.cached_picture(with_answer("cook", "food"), "light") is not None)


def test_only_the_newest_question_is_laid_out_in_advance(preview, session, walk, toy, qtbot):
    toy.layout.before = gate = Gate()
    session.go_to("rain")
    walk.update()
    preview.preload_now()
    qtbot.waitUntil(gate.reached.is_set)

    session.go_to("shelter")
    walk.update()
    preview.preload_now()
    gate.open()

    qtbot.waitUntil(lambda: toy.engine.cached_picture(with_answer("hut"), "light") is not None)
    preview.close()
    assert toy.engine.cached_picture(with_answer("no", "rain"), "light") is None
