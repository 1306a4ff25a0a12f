"""A decision record has the headings of MADR 4, the decision, its reasons and the rejected options."""

from __future__ import annotations

import base64
import json
import re
import shlex
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from explorer.core.model.pack import QuestionId
from explorer.core.session.session_state import SessionState
from explorer.core.session.workspace import Workspace
from explorer.core.solver.constraints import compile_pack
from explorer.export.record.document import BulletList, Document, Heading, Paragraph, Span, Table, rich_text
from explorer.export.record.html import html_document
from explorer.export.record.markdown import escape_markdown, markdown_document
from explorer.export.request.build import request_for_session
from explorer.export.request.engine import create_engine
from explorer.export.request.request import Options
from explorer.storage.packs.catalog import find_pack_folder
from explorer.storage.packs.loader import load_pack
from tests.cli.commands import berth
from tests.export.cases import SAMPLE_ANSWERS, compiled_shipped_pack, exported, request_for, subject_of
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
def test_the_headings_are_those_of_madr(answers):
    found = [heading for heading in headings(recorded(answers)) if heading in MADR]
    assert tuple(found) == MADR


def test_the_drivers_are_the_answers_with_the_purpose_of_the_question():
    question = compiled_shipped_pack().pack.question_by_id[QuestionId("gpu")]
    assert f"* **GPU: Yes** – {escape_markdown(question.why)}" in recorded("gpu=yes operations=least")


def test_the_pros_and_cons_have_the_reasons():
    text = recorded("gpu=yes operations=least")
    fargate = text.split("### Compute: AWS Fargate")[1].split("###")[0]
    assert "* Bad, because Fargate has no GPUs" in fargate
    assert "AWS Fargate is selected if" in fargate
    assert "* Good, because Fargate has no GPUs" in text.split("### Compute: Amazon EC2")[1].split("###")[0]


def test_a_conflict_has_its_resolutions():
    text = recorded("isolation=yes location=on_premises")
    assert "No option can be chosen: some answers conflict." in text
    assert "To resolve it, change" in text


def test_dated_notes_link_to_their_sources():
    text = recorded("gpu=yes operations=least")
    notes = re.findall(r"\* \*\*(\d{4}-\d\d-\d\d), .*\(\[source\]\(<https://\S+>\)\)", text)
    assert len(notes) > 3


def test_the_users_notes_are_shown_verbatim():
    request = request_for("")
    noted = replace(request, subject=replace(subject_of(request), notes="We *asked*.\n\n<b>Twice.</b>"))
    assert "\n\nWe \\*asked\\*.\n\n\\<b\\>Twice.\\</b\\>\n\n" in exported(noted, "md").decode()
    assert "Twice.</b>" not in exported(noted, "html").decode()


def test_the_date_is_optional():
    assert 'date: "2026-11-23"' in recorded("", Options(date="2026-11-23"))
    assert "date:" not in recorded("")


def test_the_picture_is_a_diagram_or_a_linked_image():
    assert "```mermaid\n---\ntitle:" in recorded("")
    assert "![Containers on AWS](<plain%20case.svg>)" in recorded("", Options(linked_image="plain case.svg"))


@pytest.mark.parametrize("pack", ["aws-containers", "aws-messaging"])
def test_the_commands_in_the_record_reproduce_its_outcome(capsys, pack):
    engine = create_engine(compile_pack(load_pack(find_pack_folder(pack))))
    question = engine.pack.questions[0]
    answers = {question.id: question.answers[0].id}
    request = request_for_session(engine, SessionState(Workspace(answers=answers)))
    commands = re.findall(r"`[^`]* ((?:recommend|check) [^`]*)`", exported(request, "md").decode())
    assert len(commands) == 2
    status, output, _ = berth(capsys, *shlex.split(commands[0]), "--format", "json")
    assert status == 0
    assert json.loads(output) == json.loads(exported(request, "outcome.json"))


# ------------------------------------------------------------------------------------ as HTML


class Page(HTMLParser):
    """The tags, the image sources and the text of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.texts: list[str] = []
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
            self.texts.append(data)


def test_the_page_is_self_contained_and_runs_no_code():
    page = Page(exported(request_for("gpu=yes operations=least"), "html").decode())
    assert not page.open
    assert not {"script", "link", "iframe", "object"} & set(page.tags)
    [picture] = page.addresses
    head, data = picture.split(",", 1)
    assert re.fullmatch(r"data:image/(png|svg\+xml);base64", head)
    assert len(base64.b64decode(data, validate=True)) > 10_000


def test_the_page_has_the_headings_and_reasons_of_the_record():
    request = request_for("gpu=yes operations=least")
    text = " ".join(Page(exported(request, "html").decode()).texts)
    for heading in MADR:
        assert heading in text
    assert "Fargate has no GPUs" in text


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
    assert [plain(shown) for shown in page.texts if plain(shown)].count(plain(text)) >= 7

    source = markdown_document(document(text), "").split("---\n", 2)[2]
    tokens = MarkdownIt("commonmark").enable("table").parse(source)
    inline = [token for token in tokens if token.type == "inline"]
    allowed = {"text", "strong_open", "strong_close", "link_open", "link_close"}
    assert {child.type for token in inline for child in token.children or ()} <= allowed
    texts = ["".join(child.content for child in token.children or ()) for token in inline]
    assert [plain(shown) for shown in texts] == [
        *[plain(text)] * 2,
        plain(f"{text} {text} source"),
        *[plain(text)] * 5,
    ]


@pytest.mark.parametrize("text", TRICKY_TEXTS, ids=range(len(TRICKY_TEXTS)))
def test_tricky_text_is_never_markup(text):
    if plain(text):
        assert_verbatim(text)


@settings(max_examples=150)
@given(
    st.text(st.sampled_from("ab1 .*_-+#>`~[]()!|&<\\$={}\"'é:/@"), min_size=1, max_size=16).filter(
        lambda text: text == text.strip()
    )
)
def test_any_text_is_never_markup(text):
    assert_verbatim(text)


def test_an_unsafe_url_is_not_a_link():
    line = rich_text(Span("click", url="javascript:alert(1)"))
    written = Document("t", (), (Paragraph(line),))
    assert "<a " not in html_document(written, b"", "image/png")
    assert "](<" not in markdown_document(written, "")


def test_the_same_request_gives_the_same_bytes():
    request = request_for("location=hybrid")
    assert exported(request, "md") == exported(replace(request), "md")


def test_the_title_has_the_main_values_without_duplicates():
    (title,) = re.findall(r"^# (.*)$", recorded("location=disconnected"), re.MULTILINE)
    assert title == "Containers on AWS: ECR mirrored on site, Amazon EKS, Own hardware"


def test_a_reason_after_because_starts_in_lower_case_unless_with_a_name():
    first_words = set(re.findall(r"^\* Bad, because (\w+)", recorded("location=disconnected"), re.MULTILINE))
    assert {"images", "nothing", "the"} <= first_words
    assert "* Bad, because Fargate has no GPUs" in recorded("gpu=yes")


def test_a_default_among_narrowed_values_is_marked():
    text = recorded("location=disconnected")
    assert "* **Discovery: Kubernetes DNS** – " in text
    assert "| Discovery | **Kubernetes DNS** | default among the values that the answers leave |" in text
    (unaffected,) = re.findall(r"no answer affects: (.*)\.", text)
    assert "Discovery" not in unaffected.split(", ")
