"""What stands in for Pillow in the binary says of our pictures what Pillow says."""

import importlib.util
import sys
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QImage

PLACE = Path(__file__).parents[2] / "packaging" / "stand_ins" / "PIL" / "Image.py"


@pytest.fixture(scope="module")
def stand_in():
    spec = importlib.util.spec_from_file_location("pil_stand_in", PLACE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # where dataclasses look for it
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


@pytest.mark.parametrize("metre", [None, 2835, 7559])
def test_it_says_what_pillow_says(stand_in, metre, tmp_path):
    image = QImage(31, 17, QImage.Format.Format_ARGB32)
    image.fill(0)
    if metre:
        image.setDotsPerMeterX(metre)
        image.setDotsPerMeterY(metre)
    assert image.save(str(tmp_path / "image.png"))
    data = (tmp_path / "image.png").read_bytes()
    said, truth = stand_in.open(BytesIO(data)), Image.open(BytesIO(data))
    assert (said.format, said.size) == (truth.format, truth.size) == ("PNG", (31, 17))
    assert said.info.get("dpi") == truth.info.get("dpi")


def test_anything_but_a_png_is_refused(stand_in):
    with pytest.raises(ValueError, match="Only PNGs"):
        stand_in.open(BytesIO(b"GIF89a and so on"))
