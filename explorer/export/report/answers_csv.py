"""The questions of a walk and the answers given, as CSV for a spreadsheet."""

from __future__ import annotations

import csv
from io import StringIO

from explorer.export.report.report import Report

_COLUMNS = ("group", "question", "title", "text", "answer", "answer_label", "standing", "why")
_FORMULA_PREFIXES = ("=", "+", "-", "@", "\t", "\r")


def answers_csv(report: Report) -> str:
    """One row a question, in the order of the pack (RFC 4180); led by the mark of UTF-8 for spreadsheets."""
    pack, answers = report.pack, dict(report.outcome.answers)
    groups = dict(pack.question_groups)
    passed = {entry.question: entry.reason for entry in report.irrelevant}
    held = StringIO(newline="")
    writer = csv.writer(held)
    writer.writerow(_COLUMNS)
    for question in pack.questions:
        answer = answers.get(question.id)
        standing = "answered" if answer is not None else "passed over" if question.id in passed else "open"
        row = (
            groups.get(question.group, question.group),
            question.id,
            question.title,
            question.text,
            answer or "",
            question.answer(answer).label if answer is not None else "",
            standing,
            passed.get(question.id, question.why),
        )
        writer.writerow([escape_formula(cell) for cell in row])
    return "\ufeff" + held.getvalue()


def escape_formula(cell: str) -> str:
    """The cell on one line, and never a formula: a spreadsheet would run it."""
    told = " ".join(cell.split())
    return f"'{told}" if told.startswith(_FORMULA_PREFIXES) else told
