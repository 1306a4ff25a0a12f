"""What an answer would come to is shown while someone looks into it, and gone at once."""

from threading import Event

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget

from explorer.core.errors import ExplorerError
from explorer.core.model.pack import AnswerId, QuestionId
from explorer.core.session.walk import StepStatus, WalkStep
from explorer.core.session.workspace import Workspace, give_answer
from explorer.ui.questions.answer_preview import AnswerPreview, PreviewStrip
from explorer.ui.questions.question_card import AnswerButton, QuestionCard
from tests.ui.toy import QUESTIONS, Toy

HERE = Workspace()


def there(given, asked="shelter"):
    """The workspace after an answer."""
    return give_answer(HERE, QuestionId(asked), AnswerId(given))


def held():
    """A gate, whether it was come to, and what waits there."""
    gate, come_to = Event(), Event()

    def wait():
        come_to.set()
        return gate.wait(5)

    return gate, come_to, wait


@pytest.fixture
def toy(qapp):
    return Toy()


@pytest.fixture
def what_if(toy):
    what_if = AnswerPreview(toy.open_pack)
    yield what_if
    what_if.close()


@pytest.fixture
def seen(what_if):
    """What was shown, by its title, and "-" for each time that nobody looked any more."""
    seen = []
    what_if.shown.connect(lambda preview: seen.append(preview.title))
    what_if.ended.connect(lambda: seen.append("-"))
    return seen


def test_a_known_layout_is_shown_after_a_moment_without_any_work(what_if, toy, seen, qtbot):
    toy.engine.picture(there("hut"), "light")
    toy.layout.before = pytest.fail

    what_if.hover(HERE, "shelter", "hut", "light")
    assert seen == [], "not before someone has rested there"

    qtbot.waitUntil(lambda: seen == ["What if “Shelter” is “Hut”?"])


def test_an_unknown_layout_is_shown_when_it_comes(what_if, toy, seen, qtbot):
    gate, asked, toy.layout.before = held()

    what_if.hover(HERE, "shelter", "hut", "light")
    qtbot.waitUntil(asked.is_set)
    assert seen == []
    gate.set()

    qtbot.waitUntil(lambda: seen == ["What if “Shelter” is “Hut”?"])


def test_what_comes_too_late_is_not_shown(what_if, toy, seen, qtbot):
    gate, asked, toy.layout.before = held()
    what_if.hover(HERE, "shelter", "hut", "light")
    qtbot.waitUntil(asked.is_set)

    what_if.hover(HERE, "", "", "light")
    gate.set()
    toy.layout.before = lambda: None
    what_if.hover(HERE, "shelter", "tent", "light")

    qtbot.waitUntil(lambda: seen == ["What if “Shelter” is “Tent”?"])


def test_who_only_passes_by_sees_nothing(what_if, toy, seen, qtbot):
    for value in ("hut", "tent"):
        toy.engine.picture(there(value), "light")
    what_if.hover(HERE, "shelter", "hut", "light")
    what_if.hover(HERE, "shelter", "tent", "light")

    qtbot.waitUntil(lambda: seen == ["What if “Shelter” is “Tent”?"])


def test_it_is_gone_at_once(what_if, seen, qtbot):
    with qtbot.waitSignal(what_if.shown):
        what_if.hover(HERE, "shelter", "hut", "light")

    what_if.hover(HERE, "", "", "light")

    assert seen[-1] == "-"
    assert not what_if.is_shown


def test_what_comes_true_stays_as_it_is(what_if, seen, qtbot):
    with qtbot.waitSignal(what_if.shown):
        what_if.hover(HERE, "shelter", "hut", "light")

    what_if.refresh(there("hut"))

    assert seen == ["What if “Shelter” is “Hut”?"], "nothing flickers"


def test_another_answer_ends_it(what_if, seen, qtbot):
    with qtbot.waitSignal(what_if.shown):
        what_if.hover(HERE, "shelter", "hut", "light")

    what_if.refresh(there("tent"))

    assert seen[-1] == "-"


def test_a_layout_that_fails_is_no_reason_to_complain(what_if, toy, seen, qtbot, caplog):
    def fail():
        raise ExplorerError("The diagram could not be laid out.")

    toy.layout.before = fail
    what_if.hover(HERE, "shelter", "hut", "light")

    qtbot.waitUntil(lambda: "A preview could not be drawn" in caplog.text)
    assert seen == []


def test_the_other_answers_are_laid_out_ahead(what_if, toy, qtbot):
    what_if.preload(there("buy", "food"), "food", ["cook", "buy", "fast"])

    qtbot.waitUntil(lambda: toy.engine.cached_picture(there("cook", "food"), "light") is not None)


def test_only_the_newest_question_is_laid_out_ahead(what_if, toy, qtbot):
    gate, asked, toy.layout.before = held()
    what_if.preload(HERE, "rain", ["yes", "no"])
    qtbot.waitUntil(asked.is_set)

    what_if.preload(HERE, "shelter", ["hut"])
    gate.set()

    qtbot.waitUntil(lambda: toy.engine.cached_picture(there("hut"), "light") is not None)
    what_if.close()
    assert toy.engine.cached_picture(there("no", "rain"), "light") is None


def test_the_strip_names_what_is_gone(qtbot, toy):
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(900, 600)
    strip = PreviewStrip(over)
    over.show()

    strip.show_preview(toy.open_pack.previews.preview(HERE, "shelter", "hut", "light"))
    assert strip.isVisible()
    assert "Gone: tent" in [label.text() for label in strip.findChildren(QWidget) if hasattr(label, "text")]
    assert over.rect().contains(strip.geometry())

    over.resize(500, 400)
    qtbot.waitUntil(lambda: over.rect().contains(strip.geometry()))
    strip.show_preview(None)
    assert not strip.isVisible()


# Where it begins: the question's card


@pytest.fixture
def card(qtbot):
    card = QuestionCard()
    qtbot.addWidget(card)
    card.show_step(WalkStep(QUESTIONS[2], StepStatus.OPEN, None), 3, 3)
    card.resize(320, 480)
    with qtbot.waitExposed(card):
        card.show()
    return card


@pytest.fixture
def considered(card):
    considered = []
    card.answer_hovered.connect(lambda _question, answer: considered.append(answer))
    return considered


def buttons(card):
    return [button for button in card.findChildren(AnswerButton) if not button.isHidden()]


def test_the_mouse_on_an_answer_looks_into_it(card, considered, qtbot):
    one, other, _ = buttons(card)
    qtbot.mouseMove(one)
    qtbot.waitUntil(lambda: considered == ["cook"])
    qtbot.mouseMove(one, QPoint(20, 10))
    qtbot.mouseMove(other)
    qtbot.waitUntil(lambda: considered == ["cook", "", "buy"])
    qtbot.mouseMove(card, QPoint(2, 2))
    qtbot.waitUntil(lambda: considered == ["cook", "", "buy", ""])


def test_the_keyboard_on_an_answer_looks_into_it(card, considered, qtbot):
    one, other, _ = buttons(card)
    one.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: considered == ["cook"])
    other.setFocus(Qt.FocusReason.TabFocusReason)
    assert considered == ["cook", "", "buy"]


def test_the_answer_that_was_given_is_nothing_to_look_into(card, considered, qtbot):
    card.show_step(WalkStep(QUESTIONS[2], StepStatus.ANSWERED, AnswerId("cook")), 3, 3)
    one, other, _ = buttons(card)
    one.setFocus(Qt.FocusReason.TabFocusReason)
    other.setFocus(Qt.FocusReason.TabFocusReason)
    assert considered == ["buy"]


def test_a_hand_that_has_just_answered_looks_into_nothing_until_it_moves_away(card, considered, qtbot):
    card.show_step(WalkStep(QUESTIONS[0], StepStatus.OPEN, None), 1, 3)
    one = buttons(card)[0]
    qtbot.waitUntil(lambda: one.width() > 200)
    hand = one.mapToGlobal(QPoint(100, 20))
    qtbot.mouseMove(one, QPoint(100, 20))
    qtbot.mouseClick(one, Qt.MouseButton.LeftButton, pos=QPoint(100, 20))
    card.show_step(WalkStep(QUESTIONS[1], StepStatus.OPEN, None), 2, 3)
    considered.clear()
    below = buttons(card)[0]
    qtbot.waitUntil(lambda: below.rect().contains(below.mapFromGlobal(hand)))
    where = below.mapFromGlobal(hand + QPoint(2, 1))

    qtbot.mouseMove(below, where)
    qtbot.mouseMove(below, where + QPoint(2, 1))
    assert considered == []

    qtbot.mouseMove(below, where + QPoint(30, 0))
    qtbot.waitUntil(lambda: considered == ["yes"])
