"""Compiled packs on disk: what an earlier run saved is used, and anything unusable is compiled again."""

import pytest

from explorer.core.decision_diagram.compiler import compile_tables
from explorer.core.search.counterfactuals import counterfactuals
from explorer.core.solver import lazy_tables
from explorer.core.solver.constraints import compile_pack
from explorer.storage.packs.compiled_cache import TableFiles, compile_shipped_packs
from explorer.storage.packs.loader import load_pack
from explorer.storage.resources import default_pack_folder
from tests.core.packs import make_answers, toy_pack

PACK = toy_pack("""
    size ? small | large
    engine = steam | diesel
    must grand: size=large => engine=steam
    default usual: => engine=diesel
""")


@pytest.fixture
def files(tmp_path):
    return TableFiles(shipped=tmp_path / "shipped", own=tmp_path / "own")


def _changes(files):
    return counterfactuals(compile_pack(PACK, files), make_answers(size="large"))


@pytest.fixture
def compilations(monkeypatch):
    """The number of compilations so far, as a list that grows."""
    found: list[int] = []

    def count(*arguments):
        found.append(1)
        return compile_tables(*arguments)

    monkeypatch.setattr(lazy_tables, "compile_tables", count)
    return found


def test_a_second_run_reads_what_the_first_compiled(files, compilations, tmp_path):
    first = _changes(files)
    (saved,) = (tmp_path / "own").iterdir()
    assert saved.stat().st_mode & 0o077 == 0
    assert _changes(files) == first
    assert len(compilations) == 1


@pytest.mark.parametrize("damage", [lambda data: b"", lambda data: data[:-1], lambda data: data.replace(b"1", b"2")])
def test_a_damaged_file_is_compiled_again_and_replaced(files, compilations, tmp_path, damage):
    first = _changes(files)
    (saved,) = (tmp_path / "own").iterdir()
    whole = saved.read_bytes()
    saved.write_bytes(damage(whole))
    assert _changes(files) == first
    assert saved.read_bytes() == whole
    assert len(compilations) == 2


def test_a_file_of_another_version_is_compiled_again(files, compilations, monkeypatch):
    first = _changes(files)
    monkeypatch.setattr(TableFiles, "version", "another")
    assert _changes(files) == first
    assert len(compilations) == 2


def test_without_a_writable_folder_every_run_compiles(compilations, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_bytes(b"")
    files = TableFiles(shipped=tmp_path / "shipped", own=blocked / "folder")
    assert _changes(files) == _changes(files)
    assert len(compilations) == 2


def test_only_a_limited_number_of_files_is_kept(files, tmp_path):
    for number in range(25):
        files.write(f"{number:032}", b"x")
    assert len(list((tmp_path / "own").iterdir())) == 20


def test_shipped_packs_are_compiled_into_the_installation(files, compilations, tmp_path):
    compile_shipped_packs(tmp_path / "shipped")
    assert len(compilations) == 2
    pack = load_pack(default_pack_folder())
    assert compile_pack(pack, files).lookup_tables().tables.satisfiable
    assert len(compilations) == 2, "the shipped tables are used"
    assert not (tmp_path / "own").exists()
