"""Version of Berth with the commit and the build day, from a file of the build or from the checkout.

A wheel and a binary contain `resources/build.toml`, which their builds write. A checkout has no such file: the commit
is read from `.git`, without starting a program.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from explorer import __version__
from explorer.storage.resources import install_dir, resource_path

BUILD_FILE = "build.toml"
_COMMIT_LENGTH = 10


def full_version() -> str:
    """Return the version, with the commit and the build day as far as they are known.

    For example `0.2.0 (commit 8c1f2ab90d, built 2026-12-01)`, or `0.2.0 (commit 8c1f2ab90d, from source)`.
    """
    try:
        values = tomllib.loads(resource_path(BUILD_FILE).read_text("utf-8"))
    except (OSError, ValueError):
        commit, origin = read_commit(install_dir()), "from source"
    else:
        commit, origin = str(values.get("commit", "")), f"built {values.get('day', 'on an unknown day')}"
    parts = [*([f"commit {commit[:_COMMIT_LENGTH]}"] if commit else []), origin]
    return f"{__version__} ({', '.join(parts)})"


def build_file_text(root: Path, day: str) -> str:
    """Return the text of the build file: the commit of the checkout at `root`, and the day as YYYY-MM-DD."""
    return f'commit = "{read_commit(root)}"\nday = "{day}"\n'


def read_commit(root: Path) -> str:
    """Return the hash of the commit that is checked out at `root`; empty if there is none."""
    git = root / ".git"
    try:
        if git.is_file():  # another work tree of a repository
            git = root / git.read_text("utf-8").removeprefix("gitdir:").strip()
        head = (git / "HEAD").read_text("utf-8").strip()
        if not head.startswith("ref:"):
            return head
        return _resolve(git, head.removeprefix("ref:").strip())
    except (OSError, UnicodeDecodeError):
        return ""


def _resolve(git: Path, reference: str) -> str:
    """Return the hash that a branch points to; empty if it has no commit. Work trees share their branches."""
    shared = git / "commondir"
    folder = git / shared.read_text("utf-8").strip() if shared.is_file() else git
    if (folder / reference).is_file():
        return (folder / reference).read_text("utf-8").strip()
    packed = (folder / "packed-refs").read_text("utf-8").splitlines()
    return next((line.partition(" ")[0] for line in packed if line.endswith(f" {reference}")), "")
