"""CSV writer: the questions of a pack with their answers, for a spreadsheet."""

from __future__ import annotations

import csv
from io import StringIO

from explorer.export.report.report import Report

_COLUMNS = ("group", "question", "title", "text", "answer", "answer_label", "standing", "why")
_FORMULA_PREFIXES = ("=", "+", "-", "@", "\t", "\r")


def answers_csv(report: Report, separator: str = ",") -> str:
    """Return one row per question, in the order of the pack (RFC 4180 if the separator is a comma).

    The text starts with a byte order mark, so that spreadsheets read it as UTF-8.
    """
    pack, answers = report.pack, dict(report.outcome.answers)
    groups = dict(pack.question_groups)
    irrelevant = {entry.question: entry.reason for entry in report.irrelevant}
    buffer = StringIO(newline="")
    writer = csv.writer(buffer, delimiter=separator)
    writer.writerow(_COLUMNS)
    for question in pack.questions:
        answer = answers.get(question.id)
        status = "answered" if answer is not None else "passed over" if question.id in irrelevant else "open"
        row = (
            groups.get(question.group, question.group),
            question.id,
            question.title,
            question.text,
            answer or "",
            question.answer(answer).label if answer is not None else "",
            status,
            irrelevant.get(question.id, question.why),
        )
        writer.writerow([escape_formula(cell) for cell in row])
    return "\ufeff" + buffer.getvalue()


def escape_formula(cell: str) -> str:
    """Return the cell on one line; text that a spreadsheet would run as a formula gets an apostrophe."""
    text = " ".join(cell.split())
    return f"'{text}" if text.startswith(_FORMULA_PREFIXES) else text
