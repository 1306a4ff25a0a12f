"""`export` and `tree` write the file that the options describe."""

import json

import pytest
from PySide6.QtGui import QImage

from tests.cli.commands import berth, error_of

pytestmark = pytest.mark.usefixtures("qapp")


def test_a_png_has_the_size_resolution_and_theme_of_the_options(capsys, tmp_path):
    out = tmp_path / "x.png"
    status, _, error = berth(capsys, "export", out, "--size", "640x360", "--theme", "dark", "--dpi", "300")
    assert (status, error) == (0, "")
    image = QImage(str(out))
    assert image.size().toTuple() == (640, 360)
    assert round(image.dotsPerMeterX() * 0.0254) == 300
    assert image.pixelColor(0, 0).lightness() < 60
    assert image.text("Title") == "Containers on AWS"


def test_a_png_has_the_scale_and_the_background_of_the_options(capsys, tmp_path):
    once, twice = tmp_path / "1.PNG", tmp_path / "2.png"
    assert berth(capsys, "export", once, "--scale", "1", "--transparent")[0] == 0
    assert berth(capsys, "export", twice)[0] == 0
    small, large = QImage(str(once)), QImage(str(twice))
    assert abs(small.width() * 2 - large.width()) <= 1
    assert small.pixelColor(0, 0).alpha() == 0
    assert not large.hasAlphaChannel()


def test_an_svg_has_the_caption_parts_of_the_options(capsys, tmp_path):
    out = tmp_path / "x.svg"
    assert berth(capsys, "export", out, "--around", "title,source,legend", "--shape", "16:9")[0] == 0
    text = out.read_text("utf-8")
    assert ">Containers on AWS 1.0.0<" in text
    assert "traffic<" in text


def test_an_svg_can_have_paths_for_text_and_no_session(capsys, tmp_path):
    out = tmp_path / "x.svg"
    assert berth(capsys, "export", out, "--answer", "gpu=yes", "--outlines", "--no-session")[0] == 0
    text = out.read_text("utf-8")
    assert "<metadata>" not in text
    assert "<text" not in text


def test_no_ghosts_hides_the_alternatives(capsys, tmp_path):
    with_alternatives, without = tmp_path / "many.json", tmp_path / "few.json"
    assert berth(capsys, "export", with_alternatives)[0] == 0
    assert berth(capsys, "export", without, "--no-ghosts")[0] == 0
    nodes = [
        {node["id"] for node in json.loads(out.read_text("utf-8"))["nodes"]} for out in (with_alternatives, without)
    ]
    assert nodes[0] > nodes[1]


def test_export_and_tree_print_the_file_and_its_content(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert berth(capsys, "new-pack", "ours")[0] == 0
    assert berth(capsys, "export", "x.dot", "--pack", "ours")[:2] == (0, "Wrote x.dot.\n")
    assert (tmp_path / "x.dot").read_text("utf-8").startswith("digraph {")
    assert berth(capsys, "tree", "y.dot", "--pack", "ours")[:2] == (0, "Wrote y.dot: 3 nodes, 2 of them outcomes.\n")


def test_an_unwritable_file_is_an_error_that_names_it(capsys, tmp_path):
    assert str(tmp_path / "gone") in error_of(capsys, "export", tmp_path / "gone" / "x.png", status=1)
    (tmp_path / "x.json").mkdir()
    assert str(tmp_path / "x.json") in error_of(capsys, "export", tmp_path / "x.json", status=1)


def test_the_same_options_write_the_same_bytes(capsys, tmp_path):
    for name in ("a.png", "b.png", "a.json", "b.json", "a.dot", "b.dot"):
        berth(capsys, "export", tmp_path / name, "--answer", "gpu=yes")
    for extension in ("png", "json", "dot"):
        assert (tmp_path / f"a.{extension}").read_bytes() == (tmp_path / f"b.{extension}").read_bytes()


@pytest.mark.parametrize("folder", ["~nosuchuser/x", "/no/such/folder"])
def test_a_missing_icon_folder_is_an_error_that_names_it(capsys, tmp_path, folder):
    error = error_of(capsys, "export", tmp_path / "x.png", "--icons", folder, status=1)
    assert folder.rpartition("/")[2] in error
