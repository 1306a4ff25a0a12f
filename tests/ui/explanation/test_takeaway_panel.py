"""Takeaway panel: the order of its cards, their texts and links, and what it reports."""

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
from explorer.ui.widgets.labels import SourceLink
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


def texts(panel):
    """The texts of all labels, in order."""
    return [label.text() for label in panel.findChildren(QLabel)]


def test_conflicts_and_traps_come_first(panel):
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
    assert [text for text in texts(panel) if text in order] == order


def test_reason_names_its_answers(panel):
    panel.show_explanation(Explanation("Tent", "", reasons=(REASON,)))

    assert "Shelter: Tent" in texts(panel)


def test_dated_note_is_shown_beside_the_study_guide(panel):
    panel.show_explanation(Explanation("Tent", "", takeaways=(takeaway(note="The slope has slid."),)))

    assert "As of 2026-11-23: The slope has slid." in texts(panel)
    assert "Study guide: Any place will do." in texts(panel)
    assert [link.toolTip() for link in panel.findChildren(SourceLink)] == [
        "<qt>https://example.org/notes</qt>",
        "<qt>https://example.org/tents</qt>",
    ]


def test_click_on_a_repair_reports_every_answer_to_change(panel, qtbot):
    panel.show_explanation(Explanation("Conflict", "", conflicts=(CONFLICT,)))
    both = next(button for button in panel.findChildren(RepairButton) if button.accessibleName() == "Give up both")

    with qtbot.waitSignal(panel.change_requested) as requested:
        qtbot.mouseClick(both, Qt.MouseButton.LeftButton)

    assert requested.args == [(("shelter", None), ("food", "buy"))]


def test_conflict_counts_the_repairs_that_are_not_listed(panel):
    panel.show_explanation(Explanation("Conflict", "", conflicts=(replace(CONFLICT, more_count=3),)))

    assert any(text.startswith("3 more") for text in texts(panel))


REJECTED = UnselectedValue(
    "Hut",
    (Reason("It is closed.", ()),),
    Remedy(
        "Hut comes back if Rain changes to “No”.",
        (SuggestedChange("Change Rain to “No”", ((QuestionId("rain"), AnswerId("no")),)),),
    ),
)


@pytest.mark.parametrize(
    "explanation",
    [Explanation("Night", "", rejected=(REJECTED,)), Explanation("Night", "", alternatives=(REJECTED,))],
    ids=["ruled out", "alternative"],
)
def test_unselected_value_shows_its_remedy_and_a_click_requests_the_change(panel, qtbot, explanation):
    panel.show_explanation(explanation)
    assert "Hut comes back if Rain changes to “No”." in texts(panel)

    with qtbot.waitSignal(panel.change_requested) as requested:
        qtbot.mouseClick(panel.findChild(ChangeButton), Qt.MouseButton.LeftButton)

    assert requested.args == [(("rain", "no"),)]


def test_source_control_requests_the_study_guide_and_changes_nothing_itself(panel, qtbot):
    panel.show_explanation(
        Explanation("Tent", "", takeaways=(takeaway(note="The slope has slid."),), has_study_guide=True)
    )
    study_guide = next(b for b in panel.findChildren(QPushButton) if b.text() == "Study guide")

    with qtbot.waitSignal(panel.study_guide_requested) as requested:
        study_guide.click()

    assert requested.args == [True]
    assert "Study guide: Any place will do." in texts(panel)


def test_source_control_is_hidden_without_study_guide_statements(panel):
    study_guide = next(b for b in panel.findChildren(QPushButton) if b.text() == "Study guide")
    panel.show_explanation(Explanation("Tent", "", takeaways=(takeaway(),)))
    assert not study_guide.isVisibleTo(panel)

    panel.show_explanation(Explanation("Hut", "", has_study_guide=True))
    assert study_guide.isVisibleTo(panel)


def test_study_guide_view_shows_both_statements_and_marks_today_s(panel):
    takeaways = (takeaway("Pitch it high.", note="The slope has slid."),)
    panel.show_explanation(Explanation("Tent", "", takeaways=takeaways, study_guide_view=True))

    order = [
        "Study guide",
        "Any place will do.",
        "Pitch it high.",
        "As of 2026-11-23: The slope has slid.",
    ]
    assert [text for text in texts(panel) if text in order] == order


def test_takeaway_without_a_study_guide_statement_is_the_same_in_both_views(panel):
    panel.show_explanation(Explanation("Tent", "", takeaways=(takeaway(),), study_guide_view=False))
    today = texts(panel)

    panel.show_explanation(Explanation("Tent", "", takeaways=(takeaway(),), study_guide_view=True))

    assert texts(panel) == today


@pytest.mark.parametrize(
    "address", ["http://example.org", "file:///etc/passwd", "javascript:alert(1)", "a book", "https://"]
)
def test_only_valid_https_addresses_become_links(panel, address):
    panel.show_explanation(Explanation("Tent", "", takeaways=(takeaway(source=address),)))

    assert panel.findChildren(SourceLink) == []
    assert address in texts(panel)


def test_source_opens_in_the_browser(panel, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    panel.show_explanation(Explanation("Tent", "", takeaways=(takeaway(),)))

    panel.findChild(SourceLink).click()

    assert opened == ["https://example.org/tents"]


def test_texts_of_a_pack_are_plain_text_and_can_be_copied(panel):
    panel.show_explanation(Explanation("Tent", "", takeaways=(takeaway("<a href='x'>click</a> & see"),)))
    label = next(label for label in panel.findChildren(QLabel) if label.text().startswith("<a href"))

    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in panel.findChildren(QLabel))
    assert label.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse


def test_another_heading_scrolls_to_the_top(panel, qtbot):
    long = tuple(Reason(f"Reason {number}. " * 10, ()) for number in range(30))
    panel.show_explanation(Explanation("One", "", reasons=long))
    bar = panel.findChild(QScrollArea).verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())

    panel.show_explanation(Explanation("One", "", reasons=long))
    assert bar.value() > 0

    panel.show_explanation(Explanation("Other", "", reasons=long))
    assert bar.value() == 0


def test_empty_explanation_says_what_to_do(panel):
    panel.show_explanation(Explanation("Welcome", ""))

    assert any("Answer a question" in text for text in texts(panel))
