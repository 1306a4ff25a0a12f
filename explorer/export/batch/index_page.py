"""Index page and summary table of a batch export."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from html import escape
from io import StringIO
from urllib.parse import quote

from explorer.export.batch.job import BatchResult
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


def summary_csv(results: Sequence[BatchResult], separator: str = ",") -> str:
    """Return one row per scenario: its answers, its outcome and its files, or the error."""
    buffer = StringIO(newline="")
    writer = csv.writer(buffer, delimiter=separator)
    columns = _choice_columns(results)
    writer.writerow(["scenario", "status", *columns, "answers", "files", "fault"])
    for result in results:
        values = dict(result.choices)
        answers = " ".join(f"{question}={answer}" for question, answer in result.job.answers.items())
        row = [result.job.name, result.status, *(values.get(label, "") for label in columns)]
        row += [answers, " ".join(result.files), result.error]
        writer.writerow([escape_formula(cell) for cell in row])
    return "\ufeff" + buffer.getvalue()


def index_html(title: str, results: Sequence[BatchResult]) -> str:
    """Return a page with all pictures and links to the files, and a table of the outcomes."""
    columns = _choice_columns(results)
    items = "\n".join(line for result in results for line in _gallery_item(result))
    rows = "\n".join(_table_row(result, columns) for result in results)
    header = "".join(f"<th scope='col'>{escape(label)}</th>" for label in ("Scenario", "Status", *columns))
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLESHEET}{_GALLERY_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{escape(title)}</h1>\n<ul class='drawings'>\n{items}\n</ul>\n"
        f"<h2>Outcomes</h2>\n<div class='wide'>\n<table>\n<thead><tr>{header}</tr></thead>\n"
        f"<tbody>\n{rows}\n</tbody>\n</table>\n</div>\n<p><a href='{SUMMARY_FILE}'>Table as CSV</a></p>\n"
        "</main>\n</body>\n</html>\n"
    )


def _choice_columns(results: Sequence[BatchResult]) -> list[str]:
    return list(dict.fromkeys(label for result in results for label, _ in result.choices))


def _gallery_item(result: BatchResult) -> Iterator[str]:
    yield f"<li><h3 id='{result.job.stem}'>{escape(result.job.name)}</h3>"
    images = (name for extension in _IMAGE_EXTENSIONS for name in result.files if name.endswith(f".{extension}"))
    if image := next(images, ""):
        alt_text, url = escape(_alt_text(result)), quote(image)
        yield f"<a href='{url}'><img src='{url}' alt='{alt_text}' loading='lazy'></a>"
    links = " · ".join(f"<a href='{quote(name)}'>{escape(name.partition('.')[2])}</a>" for name in result.files)
    yield f"<p>{escape(result.error) if result.error else links}</p></li>"


def _alt_text(result: BatchResult) -> str:
    return f"{result.job.name}: {', '.join(value for _, value in result.choices)}"


def _table_row(result: BatchResult, columns: Sequence[str]) -> str:
    values = dict(result.choices)
    cells = [escape(result.error or result.status), *(escape(values.get(label, "")) for label in columns)]
    name = f"<a href='#{result.job.stem}'>{escape(result.job.name)}</a>"
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in (name, *cells))}</tr>"
