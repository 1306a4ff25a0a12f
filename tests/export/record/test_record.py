"""A decision record says what was decided, why, and what was not, in the headings of MADR 4."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from explorer.export.record.document import BulletList, Document, Heading, Paragraph, Span, Table, rich_text
from explorer.export.record.html import html_document
from explorer.export.record.markdown import markdown_document
from explorer.export.request.request import Options
from tests.export.cases import SAMPLE_ANSWERS, exported, request_for, subject_of
from tests.export.sketches import TRICKY_TEXTS

pytestmark = pytest.mark.usefixtures("qapp")

MADR = (
    "Context and Problem Statement",
    "Decision Drivers",
    "Considered Options",
    "Decision Outcome",
    "Consequences",
    "Confirmation",
    "Pros and Cons of the Options",
    "More Information",
)


def recorded(answers: str, options: Options | None = None) -> str:
    return exported(request_for(answers, options), "md").decode()


def headings(text: str) -> list[str]:
    tokens = MarkdownIt("commonmark").parse(text.split("---\n", 2)[2])
    return [after.content for token, after in pairwise(tokens) if token.type == "heading_open"]


@pytest.mark.parametrize("answers", SAMPLE_ANSWERS)
def test_the_headings_are_those_of_madr_in_their_order(answers):
    found = [heading for heading in headings(recorded(answers)) if heading in MADR]
    assert tuple(found) == MADR


def test_drivers_are_the_answers_and_why_they_are_asked():
    text = recorded("gpu=yes operations=least")
    assert "* **GPU: Yes** – Fargate has no GPUs, so one GPU task is enough to need instances." in text


def test_pros_and_cons_are_why_and_why_not():
    text = recorded("gpu=yes operations=least")
    fargate = text.split("### Compute: AWS Fargate")[1].split("###")[0]
    assert "* Bad, because Fargate has no GPUs" in fargate
    assert "AWS Fargate is selected if" in fargate
    assert "* Good, because Fargate has no GPUs" in text.split("### Compute: Amazon EC2")[1].split("###")[0]


def test_a_clash_is_told_with_the_ways_out():
    text = recorded("isolation=yes location=on_premises")
    assert "No option can be chosen: some answers conflict." in text
    assert "To resolve it, change" in text


def test_dated_notes_have_their_sources():
    text = recorded("gpu=yes operations=least")
    notes = re.findall(r"\* \*\*(\d{4}-\d\d-\d\d), .*\(\[source\]\(<https://\S+>\)\)", text)
    assert len(notes) > 3


def test_own_notes_stand_in_it_as_they_were_written():
    request = request_for("")
    noted = replace(request, subject=replace(subject_of(request), notes="We *asked*.\n\n<b>Twice.</b>"))
    assert "\n\nWe \\*asked\\*.\n\n\\<b\\>Twice.\\</b\\>\n\n" in exported(noted, "md").decode()
    assert "Twice.</b>" not in exported(noted, "html").decode()


def test_the_day_is_written_where_it_is_known():
    assert 'date: "2026-11-23"' in recorded("", Options(date="2026-11-23"))
    assert "date:" not in recorded("")


def test_the_picture_is_drawn_in_the_text_or_lies_beside_it():
    assert "```mermaid\n---\ntitle:" in recorded("")
    assert "![Containers on AWS](<plain%20case.svg>)" in recorded("", Options(linked_image="plain case.svg"))


# As one web page


class Page(HTMLParser):
    """What of a page would be fetched or run, and its words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in ("meta", "img"):
            self.open.append(tag)
        self.addresses += [value or "" for name, value in attrs if name == "src"]
        assert not any(name.startswith("on") for name, _ in attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.words.append(data)


def test_the_page_needs_nothing_else_and_runs_nothing():
    page = Page(exported(request_for("gpu=yes operations=least"), "html").decode())
    assert not page.open
    assert not {"script", "link", "iframe", "object"} & set(page.tags)
    [picture] = page.addresses
    head, data = picture.split(",", 1)
    assert re.fullmatch(r"data:image/(png|svg\+xml);base64", head)
    assert len(base64.b64decode(data, validate=True)) > 10_000


def test_the_page_says_what_the_text_says():
    request = request_for("gpu=yes operations=least")
    words = " ".join(Page(exported(request, "html").decode()).words)
    for heading in MADR:
        assert heading in words
    assert "Fargate has no GPUs" in words


def document(text: str) -> Document:
    link = Span("source", url="https://example.org/a?b=(c)")
    line = rich_text(text, " ", Span(text, bold=True), " ", link)
    rows = ((rich_text(text), rich_text(text)),)
    blocks = (Heading(2, text), Paragraph(line), BulletList((rich_text(text),)), Table((text, text), rows))
    return Document(text, (("status", text),), blocks)


def plain(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def assert_verbatim(text: str) -> None:
    page = Page(html_document(document(text), b"", "image/png"))
    assert [plain(words) for words in page.words if plain(words)].count(plain(text)) >= 7

    source = markdown_document(document(text), "").split("---\n", 2)[2]
    tokens = MarkdownIt("commonmark").enable("table").parse(source)
    inline = [token for token in tokens if token.type == "inline"]
    allowed = {"text", "strong_open", "strong_close", "link_open", "link_close"}
    assert {child.type for token in inline for child in token.children or ()} <= allowed
    told = ["".join(child.content for child in token.children or ()) for token in inline]
    assert [plain(words) for words in told] == [
        *[plain(text)] * 2,
        plain(f"{text} {text} source"),
        *[plain(text)] * 5,
    ]


@pytest.mark.parametrize("text", TRICKY_TEXTS, ids=range(len(TRICKY_TEXTS)))
def test_words_are_never_markup(text):
    if plain(text):
        assert_verbatim(text)


@settings(max_examples=150)
@given(
    st.text(st.sampled_from("ab1 .*_-+#>`~[]()!|&<\\$={}\"'é:/@"), min_size=1, max_size=16).filter(
        lambda text: text == text.strip()
    )
)
def test_no_words_whatever_are_markup(text):
    assert_verbatim(text)


def test_an_address_that_is_none_is_no_link():
    line = rich_text(Span("click", url="javascript:alert(1)"))
    written = Document("t", (), (Paragraph(line),))
    assert "<a " not in html_document(written, b"", "image/png")
    assert "](<" not in markdown_document(written, "")


def test_the_same_request_gives_the_same_record():
    request = request_for("location=hybrid")
    assert exported(request, "md") == exported(replace(request), "md")


def test_the_title_names_what_matters_most_and_nothing_twice():
    (title,) = re.findall(r"^# (.*)$", recorded("location=disconnected"), re.MULTILINE)
    assert title == "Containers on AWS: ECR mirrored on site, Amazon EKS, Own hardware"


def test_a_reason_goes_on_from_because_without_a_capital_unless_it_starts_with_a_name():
    text = recorded("location=disconnected")
    assert "Bad, because images are carried" in text
    assert "Bad, because nothing runs in the Region" in text
    assert "Bad, because Fargate has no GPUs" in recorded("gpu=yes")


def test_what_answers_narrow_is_never_said_to_be_untouched_by_them():
    text = recorded("location=disconnected")
    assert "* **Discovery: Kubernetes DNS** – " in text
    assert "| Discovery | **Kubernetes DNS** | default among the values that the answers leave |" in text
    (untouched,) = re.findall(r"no answer affects: (.*)\.", text)
    assert "Discovery" not in untouched.split(", ")
