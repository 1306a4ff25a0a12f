"""The version names the commit, from a build or from the checkout."""

import subprocess

import pytest

from explorer import __version__
from explorer.storage import build_info
from explorer.storage.build_info import build_file_text, full_version, read_commit

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """An installation without files, at this place."""
    monkeypatch.setattr(build_info, "install_dir", lambda: tmp_path)
    monkeypatch.setattr(build_info, "resource_path", tmp_path.joinpath)
    return tmp_path


def branch(git, *, packed):
    """A repository whose branch `main` points to COMMIT."""
    (git / "refs" / "heads").mkdir(parents=True)
    (git / "HEAD").write_text("ref: refs/heads/main\n")
    if packed:
        (git / "packed-refs").write_text(f"# pack-refs\n{'f' * 40} refs/heads/other/refs\n{COMMIT} refs/heads/main\n")
    else:
        (git / "refs" / "heads" / "main").write_text(f"{COMMIT}\n")


def test_a_build_names_commit_and_day(installed):
    branch(installed / ".git", packed=False)
    (installed / "build.toml").write_text(build_file_text(installed, "2026-12-01"))
    assert full_version() == f"{__version__} (commit 0123456789, built 2026-12-01)"


@pytest.mark.parametrize("packed", [False, True])
def test_a_checkout_names_its_commit(installed, packed):
    branch(installed / ".git", packed=packed)
    assert full_version() == f"{__version__} (commit 0123456789, from source)"


def test_a_detached_checkout_names_its_commit(tmp_path):
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "HEAD").write_text(COMMIT)
    assert read_commit(tmp_path) == COMMIT


def test_a_second_work_tree_names_its_commit(tmp_path):
    branch(tmp_path / "main" / ".git", packed=False)
    (tree := tmp_path / "tree").mkdir()
    (own := tmp_path / "main" / ".git" / "worktrees" / "tree").mkdir(parents=True)
    (tree / ".git").write_text(f"gitdir: {own}\n")
    (own / "HEAD").write_text("ref: refs/heads/main\n")
    (own / "commondir").write_text("../..\n")
    assert read_commit(tree) == COMMIT


@pytest.mark.parametrize("text", ["no TOML", "\x00"])
def test_without_usable_files_only_the_version_is_known(installed, text):
    (installed / "build.toml").write_text(text)
    (installed / ".git").mkdir()
    assert full_version() == f"{__version__} (from source)"


def test_git_and_berth_name_the_same_commit(tmp_path):
    run = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", "-C", str(tmp_path)]
    subprocess.run([*run, "init", "-q"], check=True)
    subprocess.run([*run, "commit", "-q", "--allow-empty", "-m", "first"], check=True)
    expected = subprocess.run([*run, "rev-parse", "HEAD"], check=True, capture_output=True, encoding="utf-8").stdout
    assert read_commit(tmp_path) == expected.strip()
