"""Whatever a drawing is called, its file can be written, on every system and where it was meant to be."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.storage.file_names import safe_file_name, slug

TITLES = st.text(max_size=300) | st.sampled_from(["../../etc/passwd", "CON:|?*", "nul.txt", "  ", "名前" * 90])


@given(TITLES)
def test_no_words_lead_out_of_the_folder(words):
    assert re.fullmatch("[a-z0-9]([a-z0-9-]*[a-z0-9])?", slug(words))
    assert len(slug(words)) <= 60


@given(TITLES)
def test_a_name_is_one_that_a_disk_takes(tmp_path_factory, words):
    name = safe_file_name(words)
    file = tmp_path_factory.getbasetemp() / f"{name}.deck.pptx"
    file.write_bytes(b"")
    assert file.parent == tmp_path_factory.getbasetemp()
    assert name.isprintable()
    file.unlink()


@pytest.mark.parametrize("words", ["con", "NUL", "aux.old", "com1"])
def test_no_name_is_that_of_a_device(words):
    assert safe_file_name(words) != words
