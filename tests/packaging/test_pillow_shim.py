"""The Pillow shim of the binary returns the same values as Pillow."""

import importlib.util
import sys
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QImage

SHIM = Path(__file__).parents[2] / "packaging" / "shims" / "PIL" / "Image.py"


@pytest.fixture(scope="module")
def shim():
    spec = importlib.util.spec_from_file_location("pillow_shim", SHIM)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look it up there
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


@pytest.mark.parametrize("dots_per_meter", [None, 2835, 7559])
def test_size_and_resolution_match_pillow(shim, dots_per_meter, tmp_path):
    image = QImage(31, 17, QImage.Format.Format_ARGB32)
    image.fill(0)
    if dots_per_meter:
        image.setDotsPerMeterX(dots_per_meter)
        image.setDotsPerMeterY(dots_per_meter)
    assert image.save(str(tmp_path / "image.png"))
    data = (tmp_path / "image.png").read_bytes()
    actual, expected = shim.open(BytesIO(data)), Image.open(BytesIO(data))
    assert (actual.format, actual.size) == (expected.format, expected.size) == ("PNG", (31, 17))
    assert actual.info.get("dpi") == expected.info.get("dpi")


def test_other_formats_are_rejected(shim):
    with pytest.raises(ValueError, match="Only PNG"):
        shim.open(BytesIO(b"GIF89a and so on"))
