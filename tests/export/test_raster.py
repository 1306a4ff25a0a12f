"""A PNG is exactly as large as asked, always the same, and never half a file."""

import os
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from explorer.core.problems import ExplorerError
from explorer.export.paint import Icons
from explorer.export.raster import (
    EmptyPictureError,
    NotWrittenError,
    PngOptions,
    TooLargeError,
    png_bytes,
    write_png,
    write_whole,
)
from explorer.layout.placement import Box
from explorer.render.picture import Frame, Item, Kind, Picture, Words

SHAPES = (Frame(Box(0, 0, 100, 50), fill="#ff0000"), Words("Tasks", Box(0, 20, 100, 14), 12, "#000000"))
PICTURE = Picture((100, 50), "#ffffff", (Item("n", Kind.NODE, "n", "", Box(0, 0, 100, 50), SHAPES),))

pytestmark = pytest.mark.usefixtures("qapp")


def png(options: PngOptions, picture: Picture = PICTURE) -> QImage:
    return QImage.fromData(png_bytes(picture, options, Icons()))


def dpi(image: QImage) -> tuple[int, int]:
    return round(image.dotsPerMeterX() * 0.0254), round(image.dotsPerMeterY() * 0.0254)


@pytest.mark.parametrize("size", [(1920, 1080), (300, 900), (1, 1), (1001, 3)])
def test_an_exact_size_is_exact(size):
    assert png(PngOptions(size=size)).size().toTuple() == size


def test_at_an_exact_size_the_picture_is_whole_and_centred_on_its_background():
    image = png(PngOptions(size=(400, 400)))
    assert image.pixelColor(200, 50) == "white"
    assert image.pixelColor(200, 350) == "white"
    assert [image.pixelColor(x, 120) for x in (2, 30, 370, 397)] == ["white", "red", "red", "white"]


@pytest.mark.parametrize(("scale", "size"), [(1, (100, 50)), (2, (200, 100)), (1.5, (150, 75))])
def test_a_scale_gives_that_many_pixels_to_the_point(scale, size):
    image = png(PngOptions(scale=scale))
    assert image.size().toTuple() == size
    assert image.pixelColor(0, 0) == image.pixelColor(size[0] - 1, size[1] - 1) == "red"


def test_a_scaled_picture_keeps_its_natural_size_and_an_exact_one_fills_a_slide():
    assert dpi(png(PngOptions(scale=2))) == (144, 144)
    assert dpi(png(PngOptions(size=(1920, 1080)))) == (144, 144)
    assert dpi(png(PngOptions(scale=2, dpi=300))) == (300, 300)


def test_only_a_transparent_picture_has_an_alpha_channel():
    assert not png(PngOptions()).hasAlphaChannel()
    clear = png(PngOptions(size=(400, 400), transparent=True))
    assert clear.pixelColor(200, 10).alpha() == 0
    assert clear.pixelColor(200, 120) == "red"


def test_the_same_picture_gives_the_same_bytes():
    options = PngOptions(title="Where containers run – “plain”")
    assert png_bytes(PICTURE, options, Icons()) == png_bytes(PICTURE, options, Icons())


def test_it_carries_its_title_and_the_program_and_nothing_else():
    image = png(PngOptions(title="Où ?\nEverywhere"))
    assert {key: image.text(key) for key in image.textKeys()} == {
        "Title": "Où ? Everywhere",
        "Software": "Berth",
    }


@pytest.mark.parametrize(
    "options",
    [
        PngOptions(size=(16_001, 10)),
        PngOptions(size=(12_000, 12_000)),
        PngOptions(scale=1e6),
    ],
    ids=["a side too long", "too many pixels", "a vast scale"],
)
def test_a_png_that_nobody_could_open_is_not_made(options):
    with pytest.raises(TooLargeError, match="at most 16,000 a side and 100 million"):
        png_bytes(PICTURE, options, Icons())


@pytest.mark.parametrize(
    "options", [PngOptions(scale=0), PngOptions(scale=float("nan")), PngOptions(size=(0, 9))]
)
def test_a_png_has_at_least_one_pixel(options):
    with pytest.raises(ExplorerError, match="at least one pixel"):
        png_bytes(PICTURE, options, Icons())


@pytest.mark.parametrize("size", [(0, 0), (100, 0), (float("nan"), 5)])
def test_an_empty_picture_says_so(size):
    with pytest.raises(EmptyPictureError):
        png_bytes(Picture(size, None, ()), PngOptions(), Icons())


def test_a_file_is_replaced_as_a_whole(tmp_path):
    path = tmp_path / "picture.png"
    path.write_text("an older picture")
    write_png(PICTURE, path, PngOptions(), Icons())
    assert QImage(str(path)).size().toTuple() == (200, 100)
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(NotWrittenError, match=r"gone” does not exist, so “x\.png” was not written"):
        write_whole(tmp_path / "gone" / "x.png", b"new")


def test_a_folder_is_not_written_over(tmp_path):
    with pytest.raises(NotWrittenError, match="is a folder"):
        write_whole(tmp_path, b"new")


def test_what_is_no_ordinary_file_is_left_alone(tmp_path):
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no such files")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(NotWrittenError, match="no ordinary file"):
        write_whole(pipe, b"new")
    assert pipe.is_fifo()


def test_a_name_that_the_system_refuses_is_named(tmp_path):
    with pytest.raises(NotWrittenError, match="cannot be written: "):
        write_whole(tmp_path / ("x" * 300), b"new")


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is forbidden to this user"
)
def test_a_folder_without_permission_is_named(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(NotWrittenError, match="no permission"):
        write_whole(tmp_path / "x.png", b"new")


def test_a_write_that_falls_short_leaves_the_older_file_as_it_was(tmp_path):
    resource = pytest.importorskip("resource")
    path: Path = tmp_path / "picture.png"
    path.write_bytes(b"older")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        with pytest.raises(NotWrittenError, match="was not written"):
            write_whole(path, bytes(1_000_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert path.read_bytes() == b"older"
    assert list(tmp_path.iterdir()) == [path]
