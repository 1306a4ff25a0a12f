"""A file is complete, or else as it was before, and one sentence says why."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from explorer.storage.atomic_write import FileWriteError, write_atomically

_NOBODY = 65534


def test_a_file_is_replaced_as_a_whole(tmp_path):
    path = tmp_path / "picture.png"
    path.write_text("an older picture")
    write_atomically(path, b"a newer picture")
    assert path.read_bytes() == b"a newer picture"
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(FileWriteError, match=r"gone” does not exist, so “x\.png” was not written"):
        write_atomically(tmp_path / "gone" / "x.png", b"new")


def test_a_folder_is_not_written_over(tmp_path):
    with pytest.raises(FileWriteError, match="is a folder"):
        write_atomically(tmp_path, b"new")


def test_what_is_no_ordinary_file_is_left_alone(tmp_path):
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no such files")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(FileWriteError, match="no ordinary file"):
        write_atomically(pipe, b"new")
    assert pipe.is_fifo()


def test_a_name_that_the_system_refuses_is_named(tmp_path):
    with pytest.raises(FileWriteError, match="cannot be written: "):
        write_atomically(tmp_path / ("x" * 300), b"new")


@pytest.fixture
def closed_folder():
    """A folder in which nothing may be written, for someone to whom things can be forbidden."""
    folder = Path(tempfile.mkdtemp())
    (folder / "x.png").write_bytes(b"older")
    folder.chmod(0o555)
    (folder / "x.png").chmod(0o444)
    powerful = os.geteuid() == 0
    if powerful:
        os.seteuid(_NOBODY)
    yield folder
    if powerful:
        os.seteuid(0)
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="Windows knows no such folders")
@pytest.mark.parametrize("name", ["x.png", "new.png"])
def test_what_must_not_be_written_is_named_and_left_alone(closed_folder, name):
    with pytest.raises(FileWriteError, match=r"cannot be written: (you have no permission|Permission denied)"):
        write_atomically(closed_folder / name, b"new")
    assert [(file.name, file.read_bytes()) for file in closed_folder.iterdir()] == [("x.png", b"older")]


def test_a_write_that_falls_short_leaves_the_older_file_as_it_was(tmp_path):
    resource = pytest.importorskip("resource")
    path: Path = tmp_path / "picture.png"
    path.write_bytes(b"older")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        with pytest.raises(FileWriteError, match="was not written"):
            write_atomically(path, bytes(1_000_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert path.read_bytes() == b"older"
    assert list(tmp_path.iterdir()) == [path]
