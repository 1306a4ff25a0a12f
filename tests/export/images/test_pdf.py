"""A PDF has one page of the size of the picture, searchable text, and a text alternative."""

import io
import re

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QHashSeed

from explorer.export.images.pdf import pdf_bytes
from explorer.export.request.request import Options, Request
from explorer.render.picture import Picture
from tests.export.cases import request_for

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture(scope="module")
def request_(qapp):
    return request_for("gpu=yes location=hybrid")


@pytest.fixture(scope="module")
def data(request_):
    return pdf_bytes(request_)


@pytest.fixture(scope="module")
def reader(data):
    return PdfReader(io.BytesIO(data))


def test_the_page_has_the_size_of_the_picture(reader, request_):
    (page,) = reader.pages
    assert [float(page.mediabox.width), float(page.mediabox.height)] == pytest.approx(request_.picture.size, abs=1)


def test_the_text_is_searchable(reader, request_):
    text = re.sub(r"\s+", " ", reader.pages[0].extract_text())
    labels = {node.label for node in request_.subject.architecture.nodes}
    assert {"Amazon ECR", "CI pipeline"} <= labels
    assert all(label in text for label in ("Amazon ECR", "CI pipeline"))


def test_the_metadata_describes_the_picture_and_names_no_author(reader, request_):
    assert reader.metadata.title == "Containers on AWS"
    assert reader.metadata.creator == "Berth"
    assert not reader.metadata.author
    xmp = reader.xmp_metadata
    assert xmp.dc_description["x-default"] == request_.description.full_text
    assert "architecture" in xmp.dc_subject


def test_shapes_are_vectors(reader):
    assert sum(image.image.width for image in reader.pages[0].images) < 5_000, "only translucent icons are images"


def test_the_date_is_fixed(data):
    assert set(re.findall(rb"D:\d{14}", data)) == {b"D:20000101000000"}


def test_the_bytes_do_not_depend_on_the_hash_seed_of_qt(request_, data):
    for _ in range(6):
        QHashSeed.resetRandomGlobalSeed()
        assert pdf_bytes(request_) == data


def test_a_picture_that_is_too_large_for_a_page_is_scaled_down():
    reader = PdfReader(io.BytesIO(pdf_bytes(Request("Large", Picture((30_000, 100), "#ffffff", ())))))
    assert float(reader.pages[0].mediabox.width) == pytest.approx(14_400)


def test_text_that_looks_like_markup_is_escaped():
    request = Request("</x> & <y>", Picture((100, 100), "#ffffff", ()), None, Options())
    xmp = PdfReader(io.BytesIO(pdf_bytes(request))).xmp_metadata
    assert xmp is not None
    assert xmp.dc_title["x-default"] == "</x> & <y>"
