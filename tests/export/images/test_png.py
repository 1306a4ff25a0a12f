"""A PNG has the requested size, deterministic bytes, a description and the session."""

import struct
import zlib
from dataclasses import replace

import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from explorer.core.errors import ExplorerError
from explorer.core.solver.constraints import compile_pack
from explorer.export.images.png import png_bytes
from explorer.export.images.raster import EmptyPictureError, ImageTooLargeError
from explorer.export.request.build import request_for_session
from explorer.export.request.engine import create_engine
from explorer.export.request.request import Options, Request
from explorer.layout.geometry import Box
from explorer.render.picture import Item, ItemKind, Picture, Rectangle, TextShape
from explorer.storage.packs.loader import load_pack
from explorer.storage.resources import default_pack_folder
from explorer.storage.sessions.embedded import NoSessionError, extract_session
from explorer.storage.sessions.session_file import decode_session
from tests.export.sketches import session_with

SHAPES = (
    Rectangle(Box(0, 0, 100, 50), fill="#ff0000"),
    TextShape("Tasks", Box(0, 20, 100, 14), 12, "#000000"),
)
PICTURE = Picture((100, 50), "#ffffff", (Item("n", ItemKind.NODE, "n", "", Box(0, 0, 100, 50), SHAPES),))


pytestmark = pytest.mark.usefixtures("qapp")


def data(options: Options | None = None, picture: Picture = PICTURE, title: str = "") -> bytes:
    return png_bytes(Request(title, picture, None, options or Options()))


def png(options: Options | None = None, picture: Picture = PICTURE, title: str = "") -> QImage:
    return QImage.fromData(data(options, picture, title))


def chunks(png: bytes) -> list[tuple[str, bytes]]:
    """Return all chunks; their checksums are valid."""
    found, at = [], 8
    while at < len(png):
        length, name = struct.unpack_from(">I4s", png, at)
        body = png[at + 8 : at + 8 + length]
        assert struct.unpack_from(">I", png, at + 8 + length)[0] == zlib.crc32(name + body)
        found.append((name.decode(), body))
        at += 12 + length
    return found


def dpi(image: QImage) -> tuple[int, int]:
    return round(image.dotsPerMeterX() * 0.0254), round(image.dotsPerMeterY() * 0.0254)


@pytest.mark.parametrize("size", [(1920, 1080), (300, 900), (1, 1), (1001, 3)])
def test_an_exact_size_is_exact(size):
    assert png(Options(size=size)).size().toTuple() == size


def test_at_an_exact_size_the_whole_picture_is_centered_on_its_background():
    image = png(Options(size=(400, 400)))
    assert image.pixelColor(200, 50) == "white"
    assert image.pixelColor(200, 350) == "white"
    assert [image.pixelColor(x, 120) for x in (2, 30, 370, 397)] == ["white", "red", "red", "white"]


@pytest.mark.parametrize(("scale", "size"), [(1, (100, 50)), (2, (200, 100)), (1.5, (150, 75))])
def test_a_scale_sets_the_pixels_per_point(scale, size):
    image = png(Options(scale=scale))
    assert image.size().toTuple() == size
    assert image.pixelColor(0, 0) == image.pixelColor(size[0] - 1, size[1] - 1) == "red"


def test_the_resolution_keeps_the_natural_size_or_fills_a_slide():
    assert dpi(png(Options(scale=2))) == (144, 144)
    assert dpi(png(Options(size=(1920, 1080)))) == (144, 144)
    assert dpi(png(Options(scale=2, dpi=300))) == (300, 300)


def test_only_a_transparent_picture_has_an_alpha_channel():
    assert not png(Options()).hasAlphaChannel()
    clear = png(Options(size=(400, 400)), replace(PICTURE, background=None))
    assert clear.pixelColor(200, 10).alpha() == 0
    assert clear.pixelColor(200, 120) == "red"


def test_the_same_picture_gives_the_same_bytes():
    assert data(title="Where containers run – “plain”") == data(title="Where containers run – “plain”")


def test_the_metadata_has_only_the_title_and_the_program():
    image = png(title="Où ?\nEverywhere")
    assert {key: image.text(key) for key in image.textKeys()} == {
        "Title": "Où ? Everywhere",
        "Software": "Berth",
    }


@pytest.mark.parametrize(
    "options",
    [
        Options(size=(16_001, 10)),
        Options(size=(12_000, 12_000)),
        Options(scale=1e6),
    ],
    ids=["long side", "many pixels", "large scale"],
)
def test_a_png_that_is_too_large_is_rejected(options):
    with pytest.raises(ImageTooLargeError, match="16,000 pixels per side"):
        data(options)


@pytest.mark.parametrize("options", [Options(scale=0), Options(scale=float("nan")), Options(size=(0, 9))])
def test_a_png_without_pixels_is_rejected(options):
    with pytest.raises(ExplorerError, match="1 × 1"):
        data(options)


@pytest.mark.parametrize("size", [(0, 0), (100, 0), (float("nan"), 5)])
def test_an_empty_picture_is_rejected(size):
    with pytest.raises(EmptyPictureError):
        data(picture=Picture(size, None, ()))


def test_metadata_precedes_the_pixels_in_the_order_of_the_standard():
    names = [name for name, _ in chunks(data(title="Where"))]
    assert names == ["IHDR", "sRGB", "pHYs", "iTXt", "iTXt", "IDAT", "IEND"]


@pytest.fixture(scope="module")
def space(qapp):
    return compile_pack(load_pack(default_pack_folder()))


@pytest.mark.parametrize("size", [(1920, 1080), (3840, 2160), (1500, 1500)])
def test_a_picture_of_exact_size_has_a_margin(space, size):
    image = QImage.fromData(
        png_bytes(request_for_session(create_engine(space), session_with("gpu=yes"), Options(size=size)))
    )
    assert image.size().toTuple() == size
    edge = {image.pixelColor(x, y).name() for x in range(0, size[0], 9) for y in (0, 9, size[1] - 1)}
    assert edge == {"#ffffff"}


def test_a_png_contains_the_description_and_the_session(space):
    request = request_for_session(create_engine(space), session_with("gpu=yes location=hybrid"))
    texts = dict(body.split(b"\0", 1) for name, body in chunks(png_bytes(request)) if name == "iTXt")
    assert "GPU" in texts[b"Description"].decode()
    text = extract_session(png_bytes(request), "x.png")
    assert decode_session(text, "x.png", space.pack).session.answers == session_with("gpu=yes location=hybrid").answers


def test_without_the_session_option_no_session_is_embedded(space):
    request = request_for_session(create_engine(space), session_with("gpu=yes"), Options(session=False))
    with pytest.raises(NoSessionError):
        extract_session(png_bytes(request), "x.png")


def on_background(color: str, image: QImage) -> QImage:
    """Return the image as a viewer with this background shows it."""
    page = QImage(image.size(), QImage.Format.Format_RGB32)
    page.fill(QColor(color))
    painter = QPainter(page)
    painter.drawImage(0, 0, image)
    painter.end()
    return page


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("viewer", ["#000000", "#ffffff", "#808080"])
def test_text_of_a_transparent_picture_is_legible_on_any_background(space, theme, viewer):
    request = request_for_session(
        create_engine(space), session_with("gpu=yes"), Options(theme=theme, transparent=True, scale=2)
    )
    item = request.picture.item_by_id["ecr"]
    text = next(shape for shape in item.shapes if isinstance(shape, TextShape))
    seen = on_background(viewer, QImage.fromData(png_bytes(request)))
    x, y, w, h = (int(2 * side) for side in text.box)
    light = [seen.pixelColor(column, row).lightness() for column in range(x, x + w) for row in range(y, y + h)]
    assert max(light) - min(light) > 150, "text and halo have too little contrast"
