"""The installed files are found from a checkout, from an installed wheel and from a frozen program."""

import sys
from pathlib import Path

import pytest

from explorer.storage import resources


@pytest.fixture
def module(tmp_path, monkeypatch):
    """The module as if it were at another place, and that place."""
    monkeypatch.setattr(resources, "__file__", str(tmp_path / "explorer" / "storage" / "resources.py"))
    resources.install_dir.cache_clear()
    yield tmp_path
    resources.install_dir.cache_clear()


def test_a_checkout_has_the_files_beside_the_package(module):
    (module / "resources").mkdir()
    assert resources.install_dir() == module


def test_a_wheel_has_the_files_in_the_package(module):
    (module / "explorer" / "resources").mkdir(parents=True)
    assert resources.install_dir() == module / "explorer"


def test_a_frozen_program_has_the_files_in_its_own_folder(module, monkeypatch):
    monkeypatch.setattr(sys, "_MEIPASS", "/opt/berth/_internal", raising=False)
    assert resources.install_dir() == Path("/opt/berth/_internal")


def test_the_files_of_this_installation_exist():
    assert resources.resource_path("glyphs").is_dir()
    assert resources.default_pack_folder().joinpath("pack.toml").is_file()
