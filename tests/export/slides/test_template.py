"""Slide templates: a file that is no usable template is rejected, and the error names the file."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pptx
import pytest

from explorer.export.slides import template


def presentation_without_layouts(path: Path) -> None:
    deck = pptx.Presentation()
    for layout in list(deck.slide_layouts):
        deck.slide_layouts.remove(layout)
    deck.save(str(path))


@pytest.mark.parametrize(
    ("write_template", "problem"),
    [
        (lambda _path: None, "not a file"),
        (lambda path: path.write_bytes(b"no"), "not a presentation"),
        (presentation_without_layouts, "no slide layout"),
    ],
    ids=["missing", "other content", "no layouts"],
)
def test_an_unusable_template_is_rejected(tmp_path, write_template, problem):
    path = tmp_path / "house.pptx"
    write_template(path)
    with pytest.raises(template.TemplateError, match=problem) as raised:
        template.load_template(path)
    assert str(path) in str(raised.value)


def test_a_template_over_the_size_limit_is_rejected(tmp_path, monkeypatch):
    path = tmp_path / "house.pptx"
    path.write_bytes(bytes(1_000_001))
    monkeypatch.setattr(template, "MAX_BYTES", 1_000_000)
    with pytest.raises(template.TemplateError, match="larger than 1 MB"):
        template.load_template(path)


def test_a_template_that_unpacks_to_too_much_is_rejected(tmp_path, monkeypatch):
    path = tmp_path / "house.pptx"
    pptx.Presentation().save(str(path))
    monkeypatch.setattr(template, "MAX_UNPACKED", 10)
    with pytest.raises(template.TemplateError, match="unpacks to more"):
        template.load_template(path)


def test_a_template_with_too_many_parts_is_rejected_before_they_are_read(tmp_path, monkeypatch):
    path = tmp_path / "house.pptx"
    pptx.Presentation().save(str(path))
    monkeypatch.setattr(template, "_MAX_DIRECTORY_BYTES", 1_000)
    monkeypatch.setattr(zipfile, "ZipInfo", None)
    with pytest.raises(template.TemplateError, match="too many parts"):
        template.load_template(path)
