"""The walk panel shows every question with how it stands, and reports what is answered."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton

from explorer.core.model.pack import Choice, ChoiceId, Takeaway, TakeawayId, Value, ValueId
from explorer.ui.questions.question_card import AnswerButton, QuestionCard
from explorer.ui.questions.search_pane import SearchHitRow
from explorer.ui.questions.walk_panel import StepRow, WalkPanel
from explorer.ui.widgets.basic import IconButton
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
    """What each line says that can be seen, from the top."""
    return [row.accessibleName() for row in panel.findChildren(StepRow) if row.isVisible()]


def said(widget):
    """Everything that can be read in a widget."""
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible() and label.text()]


def answers(panel):
    """The answers on the card, the given one in brackets."""
    return [
        f"[{button.accessibleName()}]" if button.isChecked() else button.accessibleName()
        for button in panel.findChildren(AnswerButton)
        if button.isVisible()
    ]


def test_it_tells_how_far_the_walk_has_come(panel):
    panel.show_walk(walk({"shelter": "tent"}, current="food", passed="rain"))

    assert "1 of 3 answered" in said(panel)
    assert "1 passed over" in said(panel)


def test_every_question_but_the_current_one_is_a_line_that_says_how_it_stands(panel):
    panel.show_walk(walk({"shelter": "hut"}, current="food", passed="rain"))

    assert rows(panel) == ["Shelter: Hut", "Rain: passed over"]


def test_a_clashing_answer_is_marked_by_a_word_in_its_line_and_on_its_card(panel):
    panel.show_walk(walk({"shelter": "tent"}, current="food", clashing="shelter"))
    assert rows(panel) == ["Shelter: conflict: Tent", "Rain: open"]

    assert "1 clash" in said(panel)

    panel.show_walk(walk({"shelter": "tent"}, current="shelter", clashing="shelter"))
    assert any(words.startswith("Conflict:") for words in said(panel.findChild(QuestionCard)))


def test_the_current_question_is_a_card_with_its_numbered_answers(panel):
    panel.show_walk(walk({"shelter": "hut"}, current="shelter"))

    assert answers(panel) == ["1. Tent", "[2. Hut]"]
    assert {"QUESTION 1 OF 3", "Shelter", "How about shelter?"} <= set(said(panel))


def test_a_passed_over_question_can_be_opened_and_says_why_it_is_passed_over(panel):
    panel.show_walk(walk({}, current="rain", passed="rain"))

    assert "Passed over: it cannot matter in a hut." in said(panel.findChild(QuestionCard))


def test_clicking_an_answer_reports_it_and_marks_nothing_by_itself(panel, qtbot):
    panel.show_walk(walk({}, current="shelter"))
    hut = panel.findChildren(AnswerButton)[1]

    with qtbot.waitSignal(panel.answered) as answered:
        qtbot.mouseClick(hut, Qt.MouseButton.LeftButton)

    assert answered.args == ["shelter", "hut"]
    assert answers(panel) == ["1. Tent", "2. Hut"]


@pytest.mark.parametrize("number", [0, 3, 9])
def test_a_number_without_an_answer_reports_nothing(panel, qtbot, number):
    panel.show_walk(walk({}, current="shelter"))

    with qtbot.assertNotEmitted(panel.answered):
        panel.answer_number(number)


def test_a_number_gives_the_answer_of_that_number(panel, qtbot):
    panel.show_walk(walk({}, current="food"))

    with qtbot.waitSignal(panel.answered) as answered:
        panel.answer_number(3)

    assert answered.args == ["food", "fast"]


def test_clicking_a_line_opens_its_question(panel, qtbot):
    panel.show_walk(walk({}, current="shelter"))
    food = next(row for row in panel.findChildren(StepRow) if row.accessibleName().startswith("Food"))

    with qtbot.waitSignal(panel.question_opened) as opened:
        qtbot.mouseClick(food, Qt.MouseButton.LeftButton)

    assert opened.args == ["food"]


def test_an_answer_is_cleared_by_its_link_which_an_open_question_does_not_have(panel, qtbot):
    panel.show_walk(walk({"shelter": "hut"}, current="shelter"))
    clear = next(b for b in panel.findChildren(QPushButton) if b.text() == "Clear answer")

    with qtbot.waitSignal(panel.cleared) as cleared:
        clear.click()
    assert cleared.args == ["shelter"]

    panel.show_walk(walk({}, current="shelter"))
    assert not clear.isVisible()


def test_the_arrows_of_the_card_walk_back_and_forth(panel, qtbot):
    panel.show_walk(walk({}, current="rain"))
    steps: list[int] = []
    panel.stepped.connect(steps.append)

    for arrow in panel.findChildren(IconButton):
        arrow.click()

    assert steps == [-1, 1]


def test_why_it_is_asked_is_told_on_request(panel):
    panel.show_walk(walk({}, current="rain"))
    why = next(b for b in panel.findChildren(QPushButton) if b.text() == "Why this is asked")
    assert "Much hangs on rain." not in said(panel)

    why.click()

    assert "Much hangs on rain." in said(panel)


def test_an_answer_changes_lines_and_makes_none_anew(panel):
    panel.show_walk(walk({}, current="shelter"))
    before = panel.findChildren(StepRow)

    panel.show_walk(walk({"shelter": "hut"}, current="rain"))

    assert panel.findChildren(StepRow) == before


def test_the_keyboard_stays_on_the_card_when_the_answer_that_had_it_is_gone(panel, qtbot):
    panel.show_walk(walk({}, current="shelter"))
    panel.activateWindow()
    panel.findChildren(AnswerButton)[0].setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is panel.findChildren(AnswerButton)[0])

    panel.show_walk(walk({"shelter": "tent"}, current="rain"))

    assert QApplication.focusWidget() is panel.findChild(QuestionCard)


def test_the_current_card_is_scrolled_to(panel, qtbot):
    many = tuple(question(f"question {number}", "yes", "no") for number in range(16))

    panel.show_walk(as_walk(many, {}, "question 15", {}, set()))

    card = panel.findChild(QuestionCard)
    qtbot.waitUntil(lambda: panel.rect().contains(card.mapTo(panel, card.rect().bottomRight())))


def test_words_find_a_question_and_enter_opens_it(panel, qtbot):
    panel.show_walk(walk({}, current="shelter"))
    panel.open_search(PACK)
    field = panel.findChild(QLineEdit)
    field.setText("buy")
    assert rows(panel) == ["Food: open"]

    with qtbot.waitSignal(panel.question_opened) as opened:
        qtbot.keyClick(field, Qt.Key.Key_Return)

    assert opened.args == ["food"]
    assert not field.isVisible()


def test_answers_values_and_takeaways_are_found_too_each_in_its_group(panel, qtbot):
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
    assert {"OUTCOME", "TAKEAWAYS"} <= set(said(panel))

    with qtbot.waitSignal(panel.takeaway_found) as takeaway:
        shown()[1].click()
    assert takeaway.args == ["warm"]
    with qtbot.waitSignal(panel.choice_found) as choice:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert choice.args == ["meal"], "Enter takes what was found first"

    field.setText("")
    assert not shown()


def test_escape_gives_up_finding(panel, qtbot):
    panel.show_walk(walk({}, current="shelter"))
    panel.open_search(PACK)
    field = panel.findChild(QLineEdit)
    field.setText("buy")

    field.setFocus()
    panel.activateWindow()
    qtbot.keyClick(field, Qt.Key.Key_Escape)

    assert rows(panel) == ["Rain: open", "Food: open"]
    assert panel.findChild(QuestionCard).isVisible()


def test_shown_alone_nothing_but_the_question_is_left(panel):
    panel.show_walk(walk({}, current="shelter"))

    panel.show_current_only(True)
    assert rows(panel) == []
    assert answers(panel) == ["1. Tent", "2. Hut"]

    panel.show_current_only(False)
    assert rows(panel) == ["Rain: open", "Food: open"]


def test_when_nothing_is_left_to_ask_it_says_so(panel):
    panel.show_walk(walk({"shelter": "hut", "rain": "no", "food": "buy"}))

    assert "Nothing left to ask" in said(panel)
    assert not panel.findChild(QuestionCard).isVisible()


def test_words_of_a_pack_are_never_read_as_markup(panel):
    odd = question("<b>bold</b> & co", "<i>yes</i>", "no")

    panel.show_walk(as_walk((odd, *QUESTIONS), {}, odd.id, {}, set()))

    assert "How about <b>bold</b> & co?" in said(panel)
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in panel.findChildren(QLabel))


def test_each_answer_says_quietly_how_many_outcomes_it_would_leave(panel):
    panel.show_walk(replace(walk({}, current="shelter"), outcome_counts=(1204, 0)))
    assert [said(button)[2] for button in panel.findChildren(AnswerButton)] == [
        "1,204 outcomes left",
        "clashes",
    ]

    panel.show_walk(walk({}, current="shelter"))
    assert [len(said(button)[2:]) for button in panel.findChildren(AnswerButton)] == [1, 1], "the key alone"


def test_why_it_is_asked_says_what_the_question_separates(panel):
    panel.show_walk(replace(walk({}, current="rain"), effect_text="“Yes” leads to a hut."))

    next(b for b in panel.findChildren(QPushButton) if b.text() == "Why this is asked").click()

    assert "Much hangs on rain.\n\n“Yes” leads to a hut." in said(panel)


def test_the_order_of_the_walk_is_wished_for_and_shown(panel, qtbot):
    panel.show_walk(walk({}, current="shelter"))
    document, shortest = (
        next(b for b in panel.findChildren(QPushButton) if b.text() == words)
        for words in ("Document’s order", "Shortest")
    )
    assert document.isChecked()

    with qtbot.waitSignal(panel.shortest_order_requested) as wished:
        shortest.click()
    assert wished.args == [True]

    panel.show_walk(replace(walk({}, current="food"), most_informative_first=True))
    assert shortest.isChecked()
