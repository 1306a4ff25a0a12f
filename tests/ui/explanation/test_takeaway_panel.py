"""The takeaways panel says everything there is to say, the most pressing first."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea

from explorer.core.explanation.explanation import (
    Explanation,
    Reason,
    Remedy,
    SuggestedChange,
    TrapNotice,
    UnselectedValue,
)
from explorer.core.model.pack import AnswerId, QuestionId
from explorer.ui.explanation.cards import RepairButton
from explorer.ui.explanation.remedy_cards import ChangeButton
from explorer.ui.explanation.takeaway_panel import TakeawayPanel
from explorer.ui.widgets.basic import SourceLink
from tests.ui.toy import CONFLICT, takeaway

REASON = Reason("A tent needs a slope.", ("Shelter: Tent",))


@pytest.fixture
def panel(qtbot):
    panel = TakeawayPanel()
    qtbot.addWidget(panel)
    panel.resize(360, 500)
    with qtbot.waitExposed(panel):
        panel.show()
    return panel


def said(panel):
    """Everything that can be read, in order."""
    return [label.text() for label in panel.findChildren(QLabel)]


def test_the_most_pressing_comes_first(panel):
    panel.show_explanation(
        Explanation(
            "Tent",
            "Since you asked",
            reasons=(REASON,),
            takeaways=(takeaway("Pitch it high."),),
            rejected=(UnselectedValue("Hut", (Reason("It is closed.", ()),)),),
            traps=(TrapNotice("Low ground", "Water gathers there."),),
            conflicts=(CONFLICT,),
        )
    )

    order = [
        "Tent",
        "Since you asked",
        CONFLICT.text,
        "Trap: Low ground",
        "A tent needs a slope.",
        "Pitch it high.",
        "Hut",
    ]
    assert [words for words in said(panel) if words in order] == order


def test_a_reason_names_the_answers_that_it_goes_back_to(panel):
    panel.show_explanation(Explanation("Tent", "", reasons=(REASON,)))

    assert "Shelter: Tent" in said(panel)


def test_what_has_changed_is_dated_beside_what_the_page_says(panel):
    panel.show_explanation(Explanation("Tent", "", takeaways=(takeaway(note="The slope has slid."),)))

    assert "As of 2026-11-23: The slope has slid." in said(panel)
    assert "The study page says: Any place will do." in said(panel)
    assert [link.toolTip() for link in panel.findChildren(SourceLink)] == [
        "<qt>https://example.org/notes</qt>",
        "<qt>https://example.org/tents</qt>",
    ]


def test_taking_a_way_out_of_a_clash_reports_every_answer_to_change(panel, qtbot):
    panel.show_explanation(Explanation("Clash", "", conflicts=(CONFLICT,)))
    both = next(way for way in panel.findChildren(RepairButton) if way.accessibleName() == "Give up both")

    with qtbot.waitSignal(panel.change_requested) as taken:
        qtbot.mouseClick(both, Qt.MouseButton.LeftButton)

    assert taken.args == [(("shelter", None), ("food", "buy"))]


def test_a_clash_says_how_many_more_ways_out_there_are(panel):
    panel.show_explanation(Explanation("Clash", "", conflicts=(replace(CONFLICT, more_count=3),)))

    assert any(words.startswith("There are 3 more ways") for words in said(panel))


REFUSED = UnselectedValue(
    "Hut",
    (Reason("It is closed.", ()),),
    Remedy(
        "Hut comes back if Rain changes to “No”.",
        (SuggestedChange("Change Rain to “No”", ((QuestionId("rain"), AnswerId("no")),)),),
    ),
)


@pytest.mark.parametrize(
    "briefing",
    [Explanation("Night", "", rejected=(REFUSED,)), Explanation("Night", "", alternatives=(REFUSED,))],
    ids=["ruled out", "alternative"],
)
def test_what_is_not_taken_says_what_would_bring_it_and_a_click_takes_that_way(panel, qtbot, briefing):
    panel.show_explanation(briefing)
    assert "Hut comes back if Rain changes to “No”." in said(panel)

    with qtbot.waitSignal(panel.change_requested) as taken:
        qtbot.mouseClick(panel.findChild(ChangeButton), Qt.MouseButton.LeftButton)

    assert taken.args == [(("rain", "no"),)]


def test_the_switch_asks_for_the_page_and_changes_nothing_by_itself(panel, qtbot):
    panel.show_explanation(
        Explanation("Tent", "", takeaways=(takeaway(note="The slope has slid."),), has_study_guide=True)
    )
    page = next(b for b in panel.findChildren(QPushButton) if b.text() == "As the page says")

    with qtbot.waitSignal(panel.study_guide_requested) as wished:
        page.click()

    assert wished.args == [True]
    assert "As the study page says" not in said(panel)


def test_where_no_page_says_anything_there_is_nothing_to_switch(panel):
    page = next(b for b in panel.findChildren(QPushButton) if b.text() == "As the page says")
    panel.show_explanation(Explanation("Tent", "", takeaways=(takeaway(),)))
    assert not page.isVisibleTo(panel)

    panel.show_explanation(Explanation("Hut", "", has_study_guide=True))
    assert page.isVisibleTo(panel)


def test_as_the_page_says_both_statements_stand_and_today_s_is_marked(panel):
    told = (takeaway("Pitch it high.", note="The slope has slid."),)
    panel.show_explanation(Explanation("Tent", "", takeaways=told, study_guide_view=True))

    order = [
        "As the study page says",
        "Any place will do.",
        "As of today: the recommendation follows this",
        "Pitch it high.",
        "As of 2026-11-23: The slope has slid.",
    ]
    assert [words for words in said(panel) if words in order] == order


def test_a_statement_that_the_page_has_right_is_told_alike_either_way(panel):
    panel.show_explanation(Explanation("Tent", "", takeaways=(takeaway(),), study_guide_view=False))
    today = said(panel)

    panel.show_explanation(Explanation("Tent", "", takeaways=(takeaway(),), study_guide_view=True))

    assert said(panel) == today


@pytest.mark.parametrize(
    "address", ["http://example.org", "file:///etc/passwd", "javascript:alert(1)", "a book", "https://"]
)
def test_only_sound_https_addresses_become_links(panel, address):
    panel.show_explanation(Explanation("Tent", "", takeaways=(takeaway(source=address),)))

    assert panel.findChildren(SourceLink) == []
    assert address in said(panel)


def test_a_source_opens_in_the_browser(panel, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    panel.show_explanation(Explanation("Tent", "", takeaways=(takeaway(),)))

    panel.findChild(SourceLink).click()

    assert opened == ["https://example.org/tents"]


def test_words_of_a_pack_are_never_read_as_markup_and_can_be_copied(panel):
    panel.show_explanation(Explanation("Tent", "", takeaways=(takeaway("<a href='x'>click</a> & see"),)))
    words = next(label for label in panel.findChildren(QLabel) if label.text().startswith("<a href"))

    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in panel.findChildren(QLabel))
    assert words.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse


def test_other_words_are_read_from_the_top(panel, qtbot):
    long = tuple(Reason(f"Reason {number}. " * 10, ()) for number in range(30))
    panel.show_explanation(Explanation("One", "", reasons=long))
    bar = panel.findChild(QScrollArea).verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())

    panel.show_explanation(Explanation("One", "", reasons=long))
    assert bar.value() > 0

    panel.show_explanation(Explanation("Other", "", reasons=long))
    assert bar.value() == 0


def test_with_nothing_to_say_it_tells_what_to_do(panel):
    panel.show_explanation(Explanation("Welcome", ""))

    assert any("Answer a question" in words for words in said(panel))
