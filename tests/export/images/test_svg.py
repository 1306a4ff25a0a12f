"""An SVG is self-contained, escapes text, and looks like the PNG."""

from xml.etree import ElementTree as ET

import pytest
import resvg_py
from PySide6.QtGui import QColor, QImage, QPainter

from explorer.core.solver.constraints import compile_pack
from explorer.export.images import png, svg
from explorer.export.request.build import request_for_session
from explorer.export.request.engine import create_engine
from explorer.export.request.request import Options, Request
from explorer.layout.geometry import Box
from explorer.render.picture import Item, ItemKind, Picture, TextShape
from explorer.storage.packs.loader import load_pack
from explorer.storage.resources import default_pack_folder, resource_path
from explorer.storage.sessions.embedded import extract_session
from explorer.storage.sessions.session_file import decode_session
from tests.export.sketches import TRICKY_TEXTS, session_with

pytestmark = pytest.mark.usefixtures("qapp")

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def space(qapp):
    return compile_pack(load_pack(default_pack_folder()))


def drawn(space, answers="gpu=yes location=hybrid", **options) -> Request:
    return request_for_session(create_engine(space), session_with(answers), Options(**options))


def rendered(data: bytes, size: tuple[int, int]) -> QImage:
    """Render the SVG with an independent program (resvg) and the bundled font."""
    image = resvg_py.svg_to_bytes(
        svg_string=data.decode(),
        width=size[0],
        height=size[1],
        skip_system_fonts=True,
        font_dirs=[str(resource_path("fonts"))],
        font_family="Liberation Sans",
    )
    return QImage.fromData(bytes(image))


def difference(one: QImage, other: QImage) -> float:
    """Return the mean difference of two images on a gray page, from 0 to 1."""
    assert one.size() == other.size()
    pages: list[bytes] = []
    for image in (one, other):
        page = QImage(image.size(), QImage.Format.Format_Grayscale8)
        page.fill(QColor("#808080"))
        painter = QPainter(page)
        painter.drawImage(0, 0, image)
        painter.end()
        pages.append(bytes(page.constBits()))
    off = sum(abs(a - b) for a, b in zip(*pages, strict=True))
    return float(off / len(pages[0]) / 255)


@pytest.mark.parametrize(
    "options",
    [{}, {"theme": "dark"}, {"transparent": True}, {"text_as_paths": True}],
    ids=["light", "dark", "transparent", "text as paths"],
)
def test_the_svg_looks_like_the_png(space, options):
    request = drawn(space, **options, size=(960, 540))
    ours = QImage.fromData(png.png_bytes(request))
    theirs = rendered(svg.svg_bytes(request), (960, 540))
    assert difference(ours, theirs) < 0.01
    blank = QImage(ours.size(), QImage.Format.Format_RGB32)
    blank.fill(0xFFFFFF)
    assert difference(ours, blank) > 0.03, "a blank image would also match"


def test_title_and_description_are_the_text_alternative(space):
    request = drawn(space)
    root = ET.fromstring(svg.svg_bytes(request))
    assert root.findtext(f"{SVG}title") == "Containers on AWS"
    assert root.findtext(f"{SVG}desc") == request.description.full_text
    titles = [title.text for title in root.iter(f"{SVG}title")]
    assert "step 1: CI pipeline to Amazon ECR, push image" in titles


def test_text_stays_text_unless_paths_are_requested(space):
    root = ET.fromstring(svg.svg_bytes(drawn(space)))
    texts = [text.text for text in root.iter(f"{SVG}text")]
    assert {"Amazon ECR", "push image", "Your data center"} <= set(texts)
    assert not list(ET.fromstring(svg.svg_bytes(drawn(space, text_as_paths=True))).iter(f"{SVG}text"))


def test_the_session_can_be_extracted(space):
    opened = decode_session(extract_session(svg.svg_bytes(drawn(space)), "x.svg"), "x.svg", space.pack)
    assert opened.session.answers == session_with("gpu=yes location=hybrid").answers


def test_ids_are_unique_and_references_are_internal(space):
    root = ET.fromstring(svg.svg_bytes(drawn(space)))
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    values = [value for element in root.iter() for key, value in element.items() if key.endswith("href")]
    assert [value for value in values if not value.startswith(("#", "data:"))] == []


def test_two_drawings_in_one_page_have_different_ids(space):
    ids = [
        {element.get("id") for element in ET.fromstring(svg.svg_bytes(drawn(space, answers))).iter()} - {None}
        for answers in ("gpu=yes", "gpu=no")
    ]
    assert not ids[0] & ids[1]


@pytest.mark.parametrize("text", [*TRICKY_TEXTS, "</text><script>alert(1)</script>", "]]>", "\ufffe\uffff"])
def test_tricky_text_is_never_markup(space, text):
    box = Box(0, 0, 80, 20)
    item = Item(text, ItemKind.NODE, text, text, box, (TextShape(text, box, 12, "#000000"),))
    root = ET.fromstring(svg.svg_bytes(Request(text, Picture((100, 50), "#ffffff", (item,)), session=text)))
    known = {"svg", "title", "desc", "metadata", "session", "rect", "g", "text"}
    assert {element.tag.rpartition("}")[2] for element in root.iter()} <= known
