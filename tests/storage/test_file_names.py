"""Every title gives a file name that is valid on every system and stays in its folder."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.storage.file_names import safe_file_name, slug

TITLES = st.text(max_size=300) | st.sampled_from(["../../etc/passwd", "CON:|?*", "nul.txt", "  ", "名前" * 90])


@given(TITLES)
def test_a_slug_has_only_letters_digits_and_single_hyphens(text):
    name = slug(text)
    assert all(unicodedata.category(char)[0] in "LMN" for char in name.replace("-", ""))
    assert not re.search("^-|--|-$", name)
    assert 0 < len(name) <= 60
    assert len(f"100-{name}.outcome.json".encode()) <= 255


@pytest.mark.parametrize(
    ("text", "name"),
    [("Café déjà vu", "café-déjà-vu"), ("日本語", "日本語"), ("हिन्दी पाठ", "हिन्दी-पाठ"), ("🚀", "drawing")],
)
def test_a_slug_keeps_letters_of_any_script(text, name):
    assert slug(text) == name


@given(TITLES)
def test_a_safe_file_name_can_be_written(tmp_path_factory, text):
    name = safe_file_name(text)
    file = tmp_path_factory.getbasetemp() / f"{name}.deck.pptx"
    file.write_bytes(b"")
    assert file.parent == tmp_path_factory.getbasetemp()
    assert name.isprintable()
    file.unlink()


@pytest.mark.parametrize("name", ["con", "NUL", "aux.old", "com1"])
def test_a_name_of_a_windows_device_is_changed(name):
    assert safe_file_name(name) != name
