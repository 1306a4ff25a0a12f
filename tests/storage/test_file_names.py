"""Every title gives a file name that is valid on every system and stays in its folder."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.storage.file_names import safe_file_name, slug

TITLES = st.text(max_size=300) | st.sampled_from(["../../etc/passwd", "CON:|?*", "nul.txt", "  ", "名前" * 90])


@given(TITLES)
def test_a_slug_has_only_letters_digits_and_hyphens(text):
    assert re.fullmatch("[a-z0-9]([a-z0-9-]*[a-z0-9])?", slug(text))
    assert len(slug(text)) <= 60


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
