"""A walk as slides: each answer with what it changed and the picture so far, and a closing slide."""

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
"""The table style “No Style, Table Grid”, which every presentation program has."""

_MAX_NOTES = 7
_TABLE_SHARE = 0.62
"""How much of the closing slide's width the outcome has; the dated notes have the rest."""


def add_walk_slides(deck: Presentation, request: Request, case: ArchitectureSubject, palette: SchemeColors) -> None:
    """The slides of the walk to a case, in the order of the pack's questions, and the closing one."""
    pack, given = case.engine.pack, dict(case.outcome.answers)
    asked = [question for question in pack.questions if question.id in given]

    options = replace(request.options, session=False)

    def step(answers: Answers) -> tuple[Request, ArchitectureSubject]:
        drawn = request_for_session(case.engine, SessionState(Workspace(answers)), options, defaults=case.defaults)
        assert isinstance(drawn.subject, ArchitectureSubject)
        return drawn, drawn.subject

    drawn, before = step({})
    add_picture_slide(deck, pack.title, drawn, palette, (pack.summary, "Nothing is answered yet."))
    for number, question in enumerate(asked, 1):
        drawn, after = step({one.id: given[one.id] for one in asked[:number]})
        delta = diff_outcomes(pack, (before.outcome, before.architecture), (after.outcome, after.architecture))
        told = " ".join(delta.sentences[:_MAX_CHANGES]) or "This changes nothing by itself."
        title = f"{number} of {len(asked)} · {question.title}: {question.answer(given[question.id]).label}"
        add_picture_slide(deck, title, drawn, palette, (question.text, told))
        before = after
    _add_closing_slide(deck, case.report, case.notes)


def _add_closing_slide(deck: Presentation, report: Report, own: str) -> None:
    """What it all came to: every choice, what was ruled out, and the dated notes."""
    title = "These answers do not hold together" if report.outcome.conflicts else "What it comes to"
    slide, room = add_titled_slide(deck, title)
    left = room._replace(w=room.w * _TABLE_SHARE)
    _add_outcome_table(slide, report, left)
    right = Box(left.right + 18, room.y, room.w - left.w - 18, room.h)
    notes = [takeaway for takeaway in dated_notes(report) if takeaway.note]
    told = [f"{one.note.as_of}: {one.title}" for one in notes[:_MAX_NOTES] if one.note]
    if len(notes) > _MAX_NOTES:
        told.append(f"and {len(notes) - _MAX_NOTES} more, in the notes of this slide")
    if told:
        _add_list(slide, "Corrected or new, by date", told, right)
    set_speaker_notes(slide, speaker_notes(report, own))


def _add_outcome_table(slide: Slide, report: Report, room: Box) -> None:
    rows = [
        ("Choice", "Outcome", "Ruled out"),
        *(_outcome_row(report, choice) for choice in report.outcome.choices),
    ]
    place = (Pt(room.x), Pt(room.y), Pt(room.w), Pt(room.h))
    shape = slide.shapes.add_table(len(rows), 3, *place)
    _set_alt_text(shape, "Outcome", "; ".join(f"{label}: {value}" for label, value, _ in rows[1:]))
    table = shape.table
    shape.element.xpath(".//a:tableStyleId")[0].text = _TABLE_STYLE_ID
    for number, share in enumerate((0.2, 0.35, 0.45)):
        table.columns[number].width = Pt(room.w * share)
    for number, cells in enumerate(rows):
        row = table.rows[number]
        row.height = Pt(room.h / len(rows))
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = xml_safe_text(text)
            cell.margin_top = cell.margin_bottom = Pt(1.5)
            for paragraph in cell.text_frame.paragraphs:
                paragraph.font.size = Pt(_TEXT_SIZE)
                paragraph.font.bold = number == 0


def _outcome_row(report: Report, choice: ChoiceOutcome) -> tuple[str, str, str]:
    spec = report.pack.choice_by_id[choice.choice]
    value = " + ".join(spec.labels[told] for told in choice.displayed_values)
    if choice.status >= Status.OPEN:
        value = choice.status.label
    out = []
    for rejected, reasons in choice.rejected:
        asked = dict.fromkeys(question for reason in reasons for question in reason.answers)
        titles = ", ".join(report.pack.question_by_id[question].title for question in asked)
        out.append(f"{spec.labels[rejected]} ({titles})" if titles else spec.labels[rejected])
    return spec.label, value or "none", "; ".join(out)


def _add_list(slide: Slide, heading: str, lines: Sequence[str], room: Box) -> None:
    shape = slide.shapes.add_textbox(Pt(room.x), Pt(room.y), Pt(room.w), Pt(room.h))
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


def _set_alt_text(shape: Any, name: str, words: str) -> None:
    told = shape.element.xpath(".//p:cNvPr")[0]
    told.set("name", xml_safe_text(name))
    told.set("descr", xml_safe_text(words))
