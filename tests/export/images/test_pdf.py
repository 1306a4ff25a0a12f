"""A PDF is one page as large as the drawing, whose words can be found, and says what it shows."""

import io
import re

import pytest
from pypdf import PdfReader

from explorer.core.solver.constraints import compile_pack
from explorer.export.images import pdf
from explorer.export.request.build import request_for_session
from explorer.export.request.engine import create_engine
from explorer.export.request.request import Options, Request
from explorer.render.picture import Picture
from explorer.storage.packs.loader import load_pack
from explorer.storage.resources import default_pack_folder
from tests.export.sketches import session_with

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture(scope="module")
def request_(qapp):
    space = compile_pack(load_pack(default_pack_folder()))
    return request_for_session(create_engine(space), session_with("gpu=yes location=hybrid"))


@pytest.fixture(scope="module")
def data(request_):
    return pdf.pdf_bytes(request_)


@pytest.fixture(scope="module")
def read(data):
    return PdfReader(io.BytesIO(data))


def test_its_one_page_is_as_large_as_the_drawing(read, request_):
    (page,) = read.pages
    assert [float(page.mediabox.width), float(page.mediabox.height)] == pytest.approx(request_.picture.size, abs=1)


def test_its_words_can_be_found(read):
    text = re.sub(r"\s+", " ", read.pages[0].extract_text())
    for words in ("Amazon ECR", "push image", "Your data center", "with GPUs"):
        assert words in text


def test_it_says_what_it_shows_and_not_who_made_it(read, request_):
    assert read.metadata.title == "Containers on AWS"
    assert read.metadata.creator == "Berth"
    assert not read.metadata.author
    known = read.xmp_metadata
    assert known.dc_description["x-default"] == request_.description.full_text
    assert "architecture" in known.dc_subject


def test_it_is_drawn_and_not_photographed(read):
    assert sum(image.image.width for image in read.pages[0].images) < 5_000, "faint icons at most"


def test_when_it_was_made_does_not_show(data):
    assert set(re.findall(rb"D:\d{14}", data)) == {b"D:20000101000000"}


def test_a_vast_drawing_still_fits_a_page():
    read = PdfReader(io.BytesIO(pdf.pdf_bytes(Request("Vast", Picture((30_000, 100), "#ffffff", ())))))
    assert float(read.pages[0].mediabox.width) == pytest.approx(14_400)


def test_words_that_look_like_markup_are_words():
    made = pdf.pdf_bytes(Request("</x> & <y>", Picture((100, 100), "#ffffff", ()), None, Options()))
    known = PdfReader(io.BytesIO(made)).xmp_metadata
    assert known is not None
    assert known.dc_title["x-default"] == "</x> & <y>"
