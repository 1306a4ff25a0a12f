"""The CSV file has a row for each question, and no cell is a formula."""

import csv
from dataclasses import replace
from io import StringIO

from explorer.export.report.answers_csv import answers_csv
from explorer.export.report.report import build_report
from tests.export.cases import compiled_shipped_pack
from tests.export.sketches import parse_answers


def rows(answers, space=None):
    text = answers_csv(build_report(space or compiled_shipped_pack(), parse_answers(answers) if answers else {}))
    assert text.startswith("\ufeff")
    return list(csv.DictReader(StringIO(text.removeprefix("\ufeff"), newline="")))


def test_each_question_has_a_row_with_its_answer():
    table = {row["question"]: row for row in rows("gpu=yes operations=least")}
    assert list(table) == [question.id for question in compiled_shipped_pack().pack.questions]
    assert (table["gpu"]["answer"], table["gpu"]["answer_label"], table["gpu"]["standing"]) == (
        "yes",
        "Yes",
        "answered",
    )
    assert table["kubernetes"]["standing"] == "open"


def test_an_irrelevant_question_has_a_reason():
    irrelevant = [row for row in rows("location=disconnected") if row["standing"] == "passed over"]
    assert irrelevant
    assert all(row["why"] for row in irrelevant)


def test_a_spreadsheet_with_a_decimal_comma_gets_a_semicolon():
    text = answers_csv(build_report(compiled_shipped_pack(), {}), ";").removeprefix("\ufeff")
    assert list(csv.DictReader(StringIO(text, newline=""), delimiter=";")) == rows("")


def test_no_cell_is_a_formula():
    pack = compiled_shipped_pack().pack
    first = replace(pack.questions[0], title='=HYPERLINK("x")', text="@SUM(1)\n+2", why="-1")
    changed = replace(pack, questions=(first, *pack.questions[1:]))
    report = replace(build_report(compiled_shipped_pack(), {}), pack=changed)
    table = next(csv.DictReader(StringIO(answers_csv(report).removeprefix("\ufeff"))))
    assert [table["title"], table["text"]] == ['\'=HYPERLINK("x")', "'@SUM(1) +2"]
    assert table["why"] == "'-1"
