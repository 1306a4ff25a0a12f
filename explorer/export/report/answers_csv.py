"""The questions of a walk and the answers given, as CSV for a spreadsheet."""

from __future__ import annotations

import csv
from io import StringIO

from explorer.export.report.report import Report

_HEAD = ("group", "question", "title", "text", "answer", "answer_label", "standing", "why")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def answers_csv(report: Report) -> str:
    """One row a question, in the order of the pack (RFC 4180); led by the mark of UTF-8 for spreadsheets."""
    pack, answers = report.pack, dict(report.outcome.answers)
    groups = dict(pack.groups)
    passed = {entry.question: entry.why for entry in report.passed}
    held = StringIO(newline="")
    writer = csv.writer(held)
    writer.writerow(_HEAD)
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
        writer.writerow([harmless(cell) for cell in row])
    return "\ufeff" + held.getvalue()


def harmless(cell: str) -> str:
    """The cell on one line, and never a formula: a spreadsheet would run it."""
    told = " ".join(cell.split())
    return f"'{told}" if told.startswith(_FORMULA) else told
