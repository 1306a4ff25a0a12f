"""A file is written completely, or is unchanged and the error names it and the reason."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from explorer.storage.atomic_write import FileWriteError, write_atomically

_NOBODY = 65534


def test_a_file_is_replaced(tmp_path):
    path = tmp_path / "picture.png"
    path.write_text("old")
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(FileWriteError, match=r"“x\.png”.*gone” does not exist"):
        write_atomically(tmp_path / "gone" / "x.png", b"new")


def test_a_folder_is_not_replaced(tmp_path):
    with pytest.raises(FileWriteError, match="it is a folder"):
        write_atomically(tmp_path, b"new")


def test_a_pipe_is_not_replaced(tmp_path):
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no such files")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(FileWriteError, match="not a regular file"):
        write_atomically(pipe, b"new")
    assert pipe.is_fifo()


def test_a_name_that_is_too_long_is_an_error(tmp_path):
    with pytest.raises(FileWriteError, match="Cannot write"):
        write_atomically(tmp_path / ("x" * 300), b"new")


@pytest.fixture
def read_only_folder():
    """A folder without write permission; root, who has every permission, becomes another user."""
    folder = Path(tempfile.mkdtemp())
    (folder / "x.png").write_bytes(b"old")
    folder.chmod(0o555)
    (folder / "x.png").chmod(0o444)
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(_NOBODY)
    yield folder
    if is_root:
        os.seteuid(0)
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="Windows has no such folders")
@pytest.mark.parametrize("name", ["x.png", "new.png"])
def test_a_file_without_write_permission_is_unchanged(read_only_folder, name):
    with pytest.raises(FileWriteError, match=r"(?i)permission denied"):
        write_atomically(read_only_folder / name, b"new")
    assert [(file.name, file.read_bytes()) for file in read_only_folder.iterdir()] == [("x.png", b"old")]


def test_a_file_that_is_too_large_for_the_disk_leaves_the_old_one(tmp_path):
    resource = pytest.importorskip("resource")
    path: Path = tmp_path / "picture.png"
    path.write_bytes(b"old")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        with pytest.raises(FileWriteError, match="Cannot write"):
            write_atomically(path, bytes(1_000_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
