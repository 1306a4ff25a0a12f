"""An SVG needs nothing beside it, holds no markup but ours, and looks as the PNG does."""

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


def drawn(space, words="gpu=yes location=hybrid", **options) -> Request:
    return request_for_session(create_engine(space), session_with(words), Options(**options))


def rendered(data: bytes, size: tuple[int, int]) -> QImage:
    """What a program that shares no code with ours makes of it, in the typeface that comes along."""
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
    """How much two images of one size differ on a grey page, on the average, out of 1."""
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
    ids=["light", "dark", "on nothing", "letters as shapes"],
)
def test_another_program_sees_what_the_png_shows(space, options):
    request = drawn(space, **options, size=(960, 540))
    ours = QImage.fromData(png.png_bytes(request))
    theirs = rendered(svg.svg_bytes(request), (960, 540))
    assert difference(ours, theirs) < 0.01
    blank = QImage(ours.size(), QImage.Format.Format_RGB32)
    blank.fill(0xFFFFFF)
    assert difference(ours, blank) > 0.03, "a picture of nothing would be alike too"


def test_it_tells_what_it_shows(space):
    request = drawn(space)
    root = ET.fromstring(svg.svg_bytes(request))
    assert root.findtext(f"{SVG}title") == "Containers on AWS"
    assert root.findtext(f"{SVG}desc") == request.description.full_text
    told = [title.text for title in root.iter(f"{SVG}title")]
    assert "step 1: CI pipeline to Amazon ECR, push image" in told


def test_words_stay_words_to_be_found_and_edited(space):
    root = ET.fromstring(svg.svg_bytes(drawn(space)))
    texts = [text.text for text in root.iter(f"{SVG}text")]
    assert {"Amazon ECR", "push image", "Your data center"} <= set(texts)
    assert not list(ET.fromstring(svg.svg_bytes(drawn(space, text_as_paths=True))).iter(f"{SVG}text"))


def test_it_opens_again_as_the_session(space):
    opened = decode_session(extract_session(svg.svg_bytes(drawn(space)), "x.svg"), "x.svg", space.pack)
    assert opened.session.answers == session_with("gpu=yes location=hybrid").answers


def test_every_id_is_there_once_and_every_reference_stays_inside(space):
    root = ET.fromstring(svg.svg_bytes(drawn(space)))
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    values = [value for element in root.iter() for key, value in element.items() if key.endswith("href")]
    assert [value for value in values if not value.startswith(("#", "data:"))] == []


@pytest.mark.parametrize("text", [*TRICKY_TEXTS, "</text><script>alert(1)</script>", "]]>", "\ufffe\uffff"])
def test_whatever_is_written_in_a_box_is_text(space, text):
    box = Box(0, 0, 80, 20)
    item = Item(text, ItemKind.NODE, text, text, box, (TextShape(text, box, 12, "#000000"),))
    root = ET.fromstring(svg.svg_bytes(Request(text, Picture((100, 50), "#ffffff", (item,)), session=text)))
    known = {"svg", "title", "desc", "metadata", "session", "rect", "g", "text"}
    assert {element.tag.rpartition("}")[2] for element in root.iter()} <= known
