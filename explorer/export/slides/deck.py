"""A walk as slides: each answer with what it changed and the picture so far, and a closing slide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pptx.enum.dml import MSO_THEME_COLOR
from pptx.presentation import Presentation
from pptx.slide import Slide
from pptx.util import Pt

from explorer.core.architecture.diff import compare
from explorer.core.model.outcome import ChoiceOutcome, Status
from explorer.core.model.pack import Answers
from explorer.core.session.session import SavedSession
from explorer.core.session.workspace import Workspace
from explorer.export.report.report import Report, noted
from explorer.export.request.build import of_session
from explorer.export.request.request import Case, Request
from explorer.export.slides.color_scheme import Palette
from explorer.export.slides.slide import add_page, write_notes
from explorer.export.slides.speaker_notes import notes_on
from explorer.export.slides.template import new_slide
from explorer.layout.geometry import Box
from explorer.storage.xml_text import xml_text

_ASKED, _TOLD, _SMALL = 16, 14, 11
_MOST_TOLD = 3
_PLAIN_GRID = "{5940675A-B579-460E-94D1-54222C63F5DA}"
"""The table style “No Style, Table Grid”, which every presentation program has."""

_MOST_NOTES = 7
_SHARE = 0.62
"""How much of the closing slide's width the outcome has; the dated notes have the rest."""


def add_walk(deck: Presentation, request: Request, case: Case, palette: Palette) -> None:
    """The slides of the walk to a case, in the order of the pack's questions, and the closing one."""
    pack, given = case.space.pack, dict(case.outcome.answers)
    asked = [question for question in pack.questions if question.id in given]

    options = replace(request.options, session=False)

    def step(answers: Answers) -> tuple[Request, Case]:
        drawn = of_session(case.space, SavedSession(Workspace(answers)), options, defaults=case.defaults)
        assert isinstance(drawn.about, Case)
        return drawn, drawn.about

    drawn, before = step({})
    add_page(deck, pack.title, drawn, palette, (pack.summary, "Nothing is answered yet."))
    for number, question in enumerate(asked, 1):
        drawn, after = step({one.id: given[one.id] for one in asked[:number]})
        delta = compare(pack, (before.outcome, before.architecture), (after.outcome, after.architecture))
        told = " ".join(delta.sentences[:_MOST_TOLD]) or "This changes nothing by itself."
        title = f"{number} of {len(asked)} · {question.title}: {question.answer(given[question.id]).label}"
        add_page(deck, title, drawn, palette, (question.text, told))
        before = after
    _close(deck, case.report, case.notes)


def _close(deck: Presentation, report: Report, own: str) -> None:
    """What it all came to: every choice, what was ruled out, and the dated notes."""
    title = "These answers do not hold together" if report.outcome.conflicts else "What it comes to"
    slide, room = new_slide(deck, title)
    left = room._replace(w=room.w * _SHARE)
    _outcome(slide, report, left)
    right = Box(left.right + 18, room.y, room.w - left.w - 18, room.h)
    notes = [takeaway for takeaway in noted(report) if takeaway.note]
    told = [f"{one.note.as_of}: {one.title}" for one in notes[:_MOST_NOTES] if one.note]
    if len(notes) > _MOST_NOTES:
        told.append(f"and {len(notes) - _MOST_NOTES} more, in the notes of this slide")
    if told:
        _list(slide, "Corrected or new, by date", told, right)
    write_notes(slide, notes_on(report, own))


def _outcome(slide: Slide, report: Report, room: Box) -> None:
    rows = [("Choice", "Outcome", "Ruled out"), *(_row(report, choice) for choice in report.outcome.choices)]
    place = (Pt(room.x), Pt(room.y), Pt(room.w), Pt(room.h))
    shape = slide.shapes.add_table(len(rows), 3, *place)
    _describe(shape, "Outcome", "; ".join(f"{label}: {value}" for label, value, _ in rows[1:]))
    table = shape.table
    shape.element.xpath(".//a:tableStyleId")[0].text = _PLAIN_GRID
    for number, share in enumerate((0.2, 0.35, 0.45)):
        table.columns[number].width = Pt(room.w * share)
    for number, cells in enumerate(rows):
        row = table.rows[number]
        row.height = Pt(room.h / len(rows))
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = xml_text(text)
            cell.margin_top = cell.margin_bottom = Pt(1.5)
            for paragraph in cell.text_frame.paragraphs:
                paragraph.font.size = Pt(_SMALL)
                paragraph.font.bold = number == 0


def _row(report: Report, choice: ChoiceOutcome) -> tuple[str, str, str]:
    spec = report.pack.choice_by_id[choice.choice]
    value = " + ".join(spec.labels[told] for told in choice.told)
    if choice.status >= Status.OPEN:
        value = choice.status.word
    out = []
    for rejected, reasons in choice.rejected:
        asked = dict.fromkeys(question for reason in reasons for question in reason.answers)
        titles = ", ".join(report.pack.question_by_id[question].title for question in asked)
        out.append(f"{spec.labels[rejected]} ({titles})" if titles else spec.labels[rejected])
    return spec.label, value or "none", "; ".join(out)


def _list(slide: Slide, heading: str, lines: Sequence[str], room: Box) -> None:
    shape = slide.shapes.add_textbox(Pt(room.x), Pt(room.y), Pt(room.w), Pt(room.h))
    _describe(shape, heading, "; ".join(lines))
    frame = shape.text_frame
    frame.word_wrap = True
    for number, line in enumerate((heading, *lines)):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.text = xml_text(line)
        paragraph.font.size = Pt(_TOLD if number == 0 else _SMALL + 1)
        paragraph.font.bold = number == 0
        paragraph.font.color.theme_color = MSO_THEME_COLOR.TEXT_1
        paragraph.space_after = Pt(6)


def _describe(shape: Any, name: str, words: str) -> None:
    told = shape.element.xpath(".//p:cNvPr")[0]
    told.set("name", xml_text(name))
    told.set("descr", xml_text(words))
