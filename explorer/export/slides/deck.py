"""Deck writer: a slide for each answer with its effect and the picture so far, and a closing slide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pptx.enum.dml import MSO_THEME_COLOR
from pptx.presentation import Presentation
from pptx.slide import Slide
from pptx.util import Pt

from explorer.core.architecture.diff import diff_outcomes
from explorer.core.model.outcome import ChoiceOutcome, Status
from explorer.core.model.pack import Answers
from explorer.core.session.session_state import SessionState
from explorer.core.session.workspace import Workspace
from explorer.export.report.report import Report, dated_notes
from explorer.export.request.build import request_for_session
from explorer.export.request.request import ArchitectureSubject, Request
from explorer.export.slides.color_scheme import SchemeColors
from explorer.export.slides.slide import add_picture_slide, set_speaker_notes
from explorer.export.slides.speaker_notes import speaker_notes
from explorer.export.slides.template import add_titled_slide
from explorer.layout.geometry import Box
from explorer.storage.xml_text import xml_safe_text

_QUESTION_SIZE, _HEADING_SIZE, _TEXT_SIZE = 16, 14, 11
_MAX_CHANGES = 3
_TABLE_STYLE_ID = "{5940675A-B579-460E-94D1-54222C63F5DA}"
"""The built-in table style “No Style, Table Grid”."""

_MAX_NOTES = 7
_TABLE_SHARE = 0.62
"""Fraction of the closing slide's width for the outcome table; the dated notes get the rest."""


def add_walk_slides(
    deck: Presentation, request: Request, subject: ArchitectureSubject, scheme_colors: SchemeColors
) -> None:
    """Add a slide for each answer, in the order of the pack's questions, and the closing slide."""
    pack, given = subject.engine.pack, dict(subject.outcome.answers)
    asked = [question for question in pack.questions if question.id in given]

    options = replace(request.options, session=False)

    def outcome_of(answers: Answers) -> tuple[Request, ArchitectureSubject]:
        partial = request_for_session(
            subject.engine, SessionState(Workspace(answers)), options, defaults=subject.defaults
        )
        assert isinstance(partial.subject, ArchitectureSubject)
        return partial, partial.subject

    partial, before = outcome_of({})
    add_picture_slide(deck, pack.title, partial, scheme_colors, (pack.summary, "No answers yet."))
    for number, question in enumerate(asked, 1):
        partial, after = outcome_of({answered.id: given[answered.id] for answered in asked[:number]})
        delta = diff_outcomes(pack, (before.outcome, before.architecture), (after.outcome, after.architecture))
        effect = " ".join(delta.sentences[:_MAX_CHANGES]) or "No difference by itself."
        title = f"{number} of {len(asked)} · {question.title}: {question.answer(given[question.id]).label}"
        add_picture_slide(deck, title, partial, scheme_colors, (question.text, effect))
        before = after
    _add_closing_slide(deck, subject.report, subject.notes)


def _add_closing_slide(deck: Presentation, report: Report, user_notes: str) -> None:
    """Add the closing slide: every choice, the values ruled out, and the dated notes."""
    title = "These answers conflict" if report.outcome.conflicts else "Outcome"
    slide, area = add_titled_slide(deck, title)
    left = area._replace(w=area.w * _TABLE_SHARE)
    _add_outcome_table(slide, report, left)
    right = Box(left.right + 18, area.y, area.w - left.w - 18, area.h)
    notes = [takeaway for takeaway in dated_notes(report) if takeaway.note]
    lines = [f"{takeaway.note.as_of}: {takeaway.title}" for takeaway in notes[:_MAX_NOTES] if takeaway.note]
    if len(notes) > _MAX_NOTES:
        lines.append(f"and {len(notes) - _MAX_NOTES} more in the speaker notes of this slide")
    if lines:
        _add_list(slide, "New or corrected facts", lines, right)
    set_speaker_notes(slide, speaker_notes(report, user_notes))


def _add_outcome_table(slide: Slide, report: Report, area: Box) -> None:
    rows = [
        ("Choice", "Outcome", "Ruled out"),
        *(_outcome_row(report, choice) for choice in report.outcome.choices),
    ]
    position = (Pt(area.x), Pt(area.y), Pt(area.w), Pt(area.h))
    shape = slide.shapes.add_table(len(rows), 3, *position)
    _set_alt_text(shape, "Outcome", "; ".join(f"{label}: {value}" for label, value, _ in rows[1:]))
    table = shape.table
    shape.element.xpath(".//a:tableStyleId")[0].text = _TABLE_STYLE_ID
    for number, share in enumerate((0.2, 0.35, 0.45)):
        table.columns[number].width = Pt(area.w * share)
    for number, cells in enumerate(rows):
        row = table.rows[number]
        row.height = Pt(area.h / len(rows))
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = xml_safe_text(text)
            cell.margin_top = cell.margin_bottom = Pt(1.5)
            for paragraph in cell.text_frame.paragraphs:
                paragraph.font.size = Pt(_TEXT_SIZE)
                paragraph.font.bold = number == 0


def _outcome_row(report: Report, choice: ChoiceOutcome) -> tuple[str, str, str]:
    spec = report.pack.choice_by_id[choice.choice]
    value = " + ".join(spec.labels[shown] for shown in choice.displayed_values)
    if choice.status >= Status.OPEN:
        value = choice.status.label
    ruled_out = []
    for rejected, reasons in choice.rejected:
        asked = dict.fromkeys(question for reason in reasons for question in reason.answers)
        titles = ", ".join(report.pack.question_by_id[question].title for question in asked)
        ruled_out.append(f"{spec.labels[rejected]} ({titles})" if titles else spec.labels[rejected])
    return spec.label, value or "none", "; ".join(ruled_out)


def _add_list(slide: Slide, heading: str, lines: Sequence[str], area: Box) -> None:
    shape = slide.shapes.add_textbox(Pt(area.x), Pt(area.y), Pt(area.w), Pt(area.h))
    _set_alt_text(shape, heading, "; ".join(lines))
    frame = shape.text_frame
    frame.word_wrap = True
    for number, line in enumerate((heading, *lines)):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.text = xml_safe_text(line)
        paragraph.font.size = Pt(_HEADING_SIZE if number == 0 else _TEXT_SIZE + 1)
        paragraph.font.bold = number == 0
        paragraph.font.color.theme_color = MSO_THEME_COLOR.TEXT_1
        paragraph.space_after = Pt(6)


def _set_alt_text(shape: Any, name: str, description: str) -> None:
    properties = shape.element.xpath(".//p:cNvPr")[0]
    properties.set("name", xml_safe_text(name))
    properties.set("descr", xml_safe_text(description))
