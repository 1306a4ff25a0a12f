"""Walk panel: what it shows of a walk, and what it reports."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton

from explorer.core.explanation.sentences import format_count
from explorer.core.model.pack import Choice, ChoiceId, Takeaway, TakeawayId, Value, ValueId
from explorer.ui.questions.answer_button import AnswerButton
from explorer.ui.questions.question_card import QuestionCard
from explorer.ui.questions.search_pane import SearchHitRow
from explorer.ui.questions.step_row import StepRow
from explorer.ui.questions.walk_panel import WalkPanel
from explorer.ui.widgets.cards import IconButton
from tests.core.packs import toy_pack
from tests.ui.toy import QUESTIONS, as_walk, question, walk

MEAL = Choice(
    ChoiceId("meal"),
    "Meal",
    False,
    True,
    tuple(Value(ValueId(name), name, "") for name in ("soup", "bread")),
    (),
)
WARM = Takeaway(TakeawayId("warm"), "A soup warms", "On cold evenings.", "Kitchen", (), "", "")
PACK = replace(toy_pack(""), questions=QUESTIONS, choices=(MEAL,), takeaways=(WARM,))


@pytest.fixture
def panel(qtbot):
    panel = WalkPanel()
    qtbot.addWidget(panel)
    panel.resize(320, 600)
    with qtbot.waitExposed(panel):
        panel.show()
    return panel


def rows(panel):
    """The accessible names of the visible rows, from the top."""
    return [row.accessibleName() for row in panel.findChildren(StepRow) if row.isVisible()]


def texts(widget):
    """The texts of the visible labels in a widget."""
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible() and label.text()]


def answers(panel):
    """The visible answers; the given one is in brackets."""
    return [
        f"[{button.accessibleName()}]" if button.isChecked() else button.accessibleName()
        for button in panel.findChildren(AnswerButton)
        if button.isVisible()
    ]


def test_header_counts_answered_and_not_needed_questions(panel):
    panel.show_walk(walk({"shelter": "tent"}, current="food", passed="rain"))

    assert "1 of 3 answered" in texts(panel)
    assert "1 not needed" in texts(panel)


def test_every_other_question_is_a_row_with_its_status(panel):
    panel.show_walk(walk({"shelter": "hut"}, current="food", passed="rain"))

    assert rows(panel) == ["Shelter: Hut", "Rain: not needed"]


def test_answer_in_conflict_is_marked_in_its_row_and_on_its_card(panel):
    panel.show_walk(walk({"shelter": "tent"}, current="food", clashing="shelter"))
    assert rows(panel) == ["Shelter: conflict: Tent", "Rain: open"]

    assert "1 in conflict" in texts(panel)

    panel.show_walk(walk({"shelter": "tent"}, current="shelter", clashing="shelter"))
    assert any(text.startswith("Conflict:") for text in texts(panel.findChild(QuestionCard)))


def test_current_question_is_a_card_with_numbered_answers(panel):
    panel.show_walk(walk({"shelter": "hut"}, current="shelter"))

    assert answers(panel) == ["1. Tent", "[2. Hut]"]
    assert {"QUESTION 1 OF 3", "Shelter", "How about shelter?"} <= set(texts(panel))


def test_question_that_is_not_needed_shows_the_reason(panel):
    panel.show_walk(walk({}, current="rain", passed="rain"))

    assert any("it cannot matter in a hut." in text for text in texts(panel.findChild(QuestionCard)))


def test_click_on_an_answer_reports_it_and_checks_nothing(panel, qtbot):
    panel.show_walk(walk({}, current="shelter"))
    hut = panel.findChildren(AnswerButton)[1]

    with qtbot.waitSignal(panel.answered) as answered:
        qtbot.mouseClick(hut, Qt.MouseButton.LeftButton)

    assert answered.args == ["shelter", "hut"]
    assert answers(panel) == ["1. Tent", "2. Hut"]


@pytest.mark.parametrize("number", [0, 3, 9])
def test_number_without_an_answer_reports_nothing(panel, qtbot, number):
    panel.show_walk(walk({}, current="shelter"))

    with qtbot.assertNotEmitted(panel.answered):
        panel.answer_number(number)


def test_number_gives_the_answer_with_that_number(panel, qtbot):
    panel.show_walk(walk({}, current="food"))

    with qtbot.waitSignal(panel.answered) as answered:
        panel.answer_number(3)

    assert answered.args == ["food", "fast"]


def test_click_on_a_row_opens_its_question(panel, qtbot):
    panel.show_walk(walk({}, current="shelter"))
    food = next(row for row in panel.findChildren(StepRow) if row.accessibleName().startswith("Food"))

    with qtbot.waitSignal(panel.question_opened) as opened:
        qtbot.mouseClick(food, Qt.MouseButton.LeftButton)

    assert opened.args == ["food"]


def test_only_an_answered_question_has_a_link_that_clears_its_answer(panel, qtbot):
    panel.show_walk(walk({"shelter": "hut"}, current="shelter"))
    clear = next(b for b in panel.findChildren(QPushButton) if b.text() == "Clear answer")

    with qtbot.waitSignal(panel.cleared) as cleared:
        clear.click()
    assert cleared.args == ["shelter"]

    panel.show_walk(walk({}, current="shelter"))
    assert not clear.isVisible()


def test_arrows_of_the_card_go_to_the_previous_and_next_question(panel, qtbot):
    panel.show_walk(walk({}, current="rain"))
    steps: list[int] = []
    panel.stepped.connect(steps.append)

    for arrow in panel.findChildren(IconButton):
        arrow.click()

    assert steps == [-1, 1]


def test_rationale_is_collapsed_until_it_is_clicked(panel):
    panel.show_walk(walk({}, current="rain"))
    why = next(b for b in panel.findChildren(QPushButton) if b.text() == "Why this is asked")
    assert "Much hangs on rain." not in texts(panel)

    why.click()

    assert "Much hangs on rain." in texts(panel)


def test_answer_reuses_the_rows(panel):
    panel.show_walk(walk({}, current="shelter"))
    before = panel.findChildren(StepRow)

    panel.show_walk(walk({"shelter": "hut"}, current="rain"))

    assert panel.findChildren(StepRow) == before


def test_focus_stays_on_the_card_when_the_focused_answer_disappears(panel, qtbot):
    panel.show_walk(walk({}, current="shelter"))
    panel.activateWindow()
    panel.findChildren(AnswerButton)[0].setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is panel.findChildren(AnswerButton)[0])

    panel.show_walk(walk({"shelter": "tent"}, current="rain"))

    assert QApplication.focusWidget() is panel.findChild(QuestionCard)


def test_current_card_is_scrolled_into_view(panel, qtbot):
    many = tuple(question(f"question {number}", "yes", "no") for number in range(16))

    panel.show_walk(as_walk(many, {}, "question 15", {}, set()))

    card = panel.findChild(QuestionCard)
    qtbot.waitUntil(lambda: panel.rect().contains(card.mapTo(panel, card.rect().bottomRight())))


def test_search_finds_a_question_and_enter_opens_it(panel, qtbot):
    panel.show_walk(walk({}, current="shelter"))
    panel.open_search(PACK)
    field = panel.findChild(QLineEdit)
    field.setText("buy")
    assert rows(panel) == ["Food: open"]

    with qtbot.waitSignal(panel.question_opened) as opened:
        qtbot.keyClick(field, Qt.Key.Key_Return)

    assert opened.args == ["food"]
    assert not field.isVisible()


def test_search_finds_answers_values_and_takeaways_in_groups(panel, qtbot):
    panel.show_walk(walk({}, current="shelter"))
    panel.open_search(PACK)
    field = panel.findChild(QLineEdit)

    field.setText("buy")
    assert [row.accessibleName() for row in panel.findChildren(SearchHitRow)] == ["Food: Buy"]
    field.setText("soup")
    assert rows(panel) == []

    def shown():
        return [row for row in panel.findChildren(SearchHitRow) if row.isVisible()]

    qtbot.waitUntil(lambda: len(shown()) == 2)
    assert [row.accessibleName() for row in shown()] == ["Meal: soup", "Kitchen: A soup warms"]
    assert {"OUTCOME", "TAKEAWAYS"} <= set(texts(panel))

    with qtbot.waitSignal(panel.takeaway_found) as takeaway:
        shown()[1].click()
    assert takeaway.args == ["warm"]
    with qtbot.waitSignal(panel.choice_found) as choice:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert choice.args == ["meal"], "Enter opens the first result"

    field.setText("")
    assert not shown()


def test_escape_ends_the_search(panel, qtbot):
    panel.show_walk(walk({}, current="shelter"))
    panel.open_search(PACK)
    field = panel.findChild(QLineEdit)
    field.setText("buy")

    field.setFocus()
    panel.activateWindow()
    qtbot.keyClick(field, Qt.Key.Key_Escape)

    assert rows(panel) == ["Rain: open", "Food: open"]
    assert panel.findChild(QuestionCard).isVisible()


def test_current_only_hides_the_rows(panel):
    panel.show_walk(walk({}, current="shelter"))

    panel.show_current_only(True)
    assert rows(panel) == []
    assert answers(panel) == ["1. Tent", "2. Hut"]

    panel.show_current_only(False)
    assert rows(panel) == ["Rain: open", "Food: open"]


def test_finished_walk_shows_a_card_instead_of_a_question(panel):
    panel.show_walk(walk({"shelter": "hut", "rain": "no", "food": "buy"}))

    assert "No questions left" in texts(panel)
    assert not panel.findChild(QuestionCard).isVisible()


def test_texts_of_a_pack_are_shown_as_plain_text(panel):
    marked_up = question("<b>bold</b> & co", "<i>yes</i>", "no")

    panel.show_walk(as_walk((marked_up, *QUESTIONS), {}, marked_up.id, {}, set()))

    assert "How about <b>bold</b> & co?" in texts(panel)
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in panel.findChildren(QLabel))


def test_each_answer_shows_how_many_outcomes_remain(panel):
    panel.show_walk(replace(walk({}, current="shelter"), outcome_counts=(1204, 0)))
    first, second = (texts(button)[2] for button in panel.findChildren(AnswerButton))
    assert "1,204" in first
    assert second == format_count(0)

    panel.show_walk(walk({}, current="shelter"))
    assert [len(texts(button)[2:]) for button in panel.findChildren(AnswerButton)] == [1, 1], "only the key"


def test_rationale_includes_the_effect_of_the_question(panel):
    panel.show_walk(replace(walk({}, current="rain"), effect_text="“Yes” leads to a hut."))

    next(b for b in panel.findChildren(QPushButton) if b.text() == "Why this is asked").click()

    assert "Much hangs on rain.\n\n“Yes” leads to a hut." in texts(panel)


def test_order_of_the_questions_is_requested_and_shown(panel, qtbot):
    panel.show_walk(walk({}, current="shelter"))
    by_topic, shortest = (
        next(b for b in panel.findChildren(QPushButton) if b.text() == label) for label in ("By topic", "Shortest walk")
    )
    assert by_topic.isChecked()

    with qtbot.waitSignal(panel.shortest_order_requested) as requested:
        shortest.click()
    assert requested.args == [True]

    panel.show_walk(replace(walk({}, current="food"), most_informative_first=True))
    assert shortest.isChecked()
