"""What a batch has made: a page to look through, and a table for a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from html import escape
from io import StringIO
from urllib.parse import quote

from explorer.export.batch.batch_jobs import BatchResult
from explorer.export.record.html import STYLESHEET
from explorer.export.report.answers_csv import escape_formula

INDEX_FILE, SUMMARY_FILE = "index.html", "summary.csv"

_IMAGE_EXTENSIONS = ("svg", "png")
_GALLERY_STYLE = """
body { max-width: 90rem; }
ul.drawings { display: grid; grid-template-columns: repeat(auto-fill, minmax(24rem, 1fr));
  gap: 1.5rem; padding: 0; }
ul.drawings li { list-style: none; }
ul.drawings img { width: 100%; background: #fff; border: 1px solid var(--line); }
.wide { overflow-x: auto; }
"""


def summary_csv(made: Sequence[BatchResult]) -> str:
    """One row a scenario: its answers, what it came to, and its files, or why there are none (RFC 4180)."""
    held = StringIO(newline="")
    writer = csv.writer(held)
    head = _choice_columns(made)
    writer.writerow(["scenario", "status", *head, "answers", "files", "fault"])
    for one in made:
        values = dict(one.choices)
        answers = " ".join(f"{question}={answer}" for question, answer in one.job.answers.items())
        row = [one.job.name, one.status, *(values.get(label, "") for label in head)]
        writer.writerow([escape_formula(cell) for cell in (*row, answers, " ".join(one.files), one.error)])
    return "\ufeff" + held.getvalue()


def index_html(title: str, made: Sequence[BatchResult]) -> str:
    """A page with every drawing and its files, and the table of what the scenarios came to."""
    items = "\n".join(line for one in made for line in _gallery_item(one))
    rows = "\n".join(_table_row(one, _choice_columns(made)) for one in made)
    head = "".join(f"<th scope='col'>{escape(label)}</th>" for label in ("Scenario", "Status", *_choice_columns(made)))
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLESHEET}{_GALLERY_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{escape(title)}</h1>\n<ul class='drawings'>\n{items}\n</ul>\n"
        f"<h2>What they come to</h2>\n<div class='wide'>\n<table>\n<thead><tr>{head}</tr></thead>\n"
        f"<tbody>\n{rows}\n</tbody>\n</table>\n</div>\n<p><a href='{SUMMARY_FILE}'>As a table</a></p>\n"
        "</main>\n</body>\n</html>\n"
    )


def _choice_columns(made: Sequence[BatchResult]) -> list[str]:
    return list(dict.fromkeys(label for one in made for label, _ in one.choices))


def _gallery_item(one: BatchResult) -> Iterator[str]:
    yield f"<li><h3 id='{one.job.stem}'>{escape(one.job.name)}</h3>"
    picture = next((name for end in _IMAGE_EXTENSIONS for name in one.files if name.endswith(f".{end}")), "")
    if picture:
        told, at = escape(_alt_text(one)), quote(picture)
        yield f"<a href='{at}'><img src='{at}' alt='{told}' loading='lazy'></a>"
    files = " · ".join(f"<a href='{quote(name)}'>{escape(name.partition('.')[2])}</a>" for name in one.files)
    yield f"<p>{escape(one.error) if one.error else files}</p></li>"


def _alt_text(one: BatchResult) -> str:
    return f"{one.job.name}: {', '.join(value for _, value in one.choices)}"


def _table_row(one: BatchResult, head: Sequence[str]) -> str:
    values = dict(one.choices)
    cells = [escape(one.error or one.status), *(escape(values.get(label, "")) for label in head)]
    name = f"<a href='#{one.job.stem}'>{escape(one.job.name)}</a>"
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in (name, *cells))}</tr>"
