"""The bundled font has every character of the program's texts and of the packs."""

import ast
from pathlib import Path

import pytest
from PySide6.QtGui import QFontMetricsF

from explorer.qt.fonts import MissingFontError, font_family, picture_font

ROOT = Path(__file__).parents[2]


def source_without_docstrings(file: Path) -> str:
    """The source lines of a module that are not part of a docstring."""
    source = file.read_text("utf-8")
    lines = source.splitlines()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node) is not None:
            docstring = node.body[0]
            for number in range(docstring.lineno - 1, docstring.end_lineno or docstring.lineno):
                lines[number] = ""
    return "\n".join(lines)


def program_texts() -> set[str]:
    return {character for file in (ROOT / "explorer").rglob("*.py") for character in source_without_docstrings(file)}


def pack_texts() -> set[str]:
    return {character for file in (ROOT / "data").rglob("*.toml") for character in file.read_text("utf-8")}


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("texts", [program_texts, pack_texts])
def test_the_font_has_every_character_that_is_used(texts, bold):
    metrics = QFontMetricsF(picture_font(bold))
    printable = {character for character in texts() if character.isprintable()}
    assert {"A", "…"} <= printable
    assert not {character for character in printable if not metrics.inFontUcs4(ord(character))}


def test_the_error_for_a_missing_font_names_the_file(tmp_path):
    with pytest.raises(MissingFontError, match=r"LiberationSans-Regular\.ttf"):
        font_family(tmp_path)
