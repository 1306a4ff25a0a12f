"""A minimal chroot: only the libraries that every desktop provides, and a way to run a program there.

It has no Python, no layout program, no font, no shell and no network. The program runs as an unprivileged user with an
empty PATH, and can write only to its home and /tmp.
"""

from __future__ import annotations

import os
import platform
import shlex
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

PACKAGES = (
    *("libc6", "libstdc++6", "libgcc-s1", "libexpat1", "libdbus-1-3", "libglib2.0-0", "libzstd1"),
    *("libx11-6", "libx11-xcb1", "libxcb1", "libgl1", "libegl1"),
)
"""Packages of every Debian desktop that the bundle relies on; see system_libraries.PROVIDED_BY_SYSTEM."""

TOOLS = {
    **{"mmdebstrap": "mmdebstrap", "unshare": "util-linux", "chroot": "coreutils", "mount": "mount"},
    # Display, keyboard input and screenshots of the window test.
    **{"Xvfb": "xvfb", "xdotool": "xdotool", "import": "imagemagick"},
}
"""The programs that the tests need, and the Debian package of each."""

USER = 1000
_DEVICES = ("null", "zero", "urandom")


@dataclass(frozen=True)
class MinimalChroot:
    """A root directory, and the release folder that is mounted read-only as /opt/berth."""

    path: Path
    release_folder: Path
    hidden_files: tuple[str, ...] = field(default=())

    def command(self, arguments: Sequence[str]) -> list[str]:
        """Return the command that runs these arguments inside the chroot, for `subprocess`."""
        root, mount_point = str(self.path), str(self.path / "opt" / "berth")
        mount = shutil.which("mount")
        steps = [
            f"{mount} --bind {shlex.quote(str(self.release_folder))} {shlex.quote(mount_point)}",
            f"{mount} -o remount,bind,ro {shlex.quote(mount_point)}",
            f"{mount} -t tmpfs -o mode=1777 none {shlex.quote(root)}/tmp",
            f"{mount} -t proc none {shlex.quote(root)}/proc",
            *(f"{mount} --bind /dev/{name} {shlex.quote(root)}/dev/{name}" for name in _DEVICES),
            *(f"{mount} --bind /dev/null {shlex.quote(f'{mount_point}/{name}')}" for name in self.hidden_files),
        ]
        if Path("/tmp/.X11-unix").is_dir():
            sockets = f"{shlex.quote(root)}/tmp/.X11-unix"
            steps += [f"{shutil.which('mkdir')} {sockets}", f"{mount} --bind /tmp/.X11-unix {sockets}"]
        enter = shlex.join([str(shutil.which("chroot")), f"--userspec={USER}:{USER}", root, *arguments])
        script = " && ".join([*steps, f"exec {enter}"])
        namespaces = ["--mount", "--net", "--ipc", "--uts", "--pid", "--fork", "--kill-child"]
        return [str(shutil.which("unshare")), *namespaces, "/bin/sh", "-c", script]

    def environment(self, more: Mapping[str, str] | None = None) -> dict[str, str]:
        """Return the environment variables of the program."""
        return {"PATH": "", "HOME": "/home/user", "LANG": "C.UTF-8", **(more or {})}

    def run(self, arguments: Sequence[str]) -> subprocess.CompletedProcess[str]:
        """Run the program and wait for its end."""
        return subprocess.run(
            self.command(arguments),
            env=self.environment(),
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )


def create_chroot(path: Path, suite: str) -> None:
    """Create the root of a Debian suite; its packages are unpacked but not configured."""
    shutil.rmtree(path, ignore_errors=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    packages = f"--include={','.join(PACKAGES)}"
    command = ["mmdebstrap", "--quiet", "--variant=extract", packages, suite, str(path), *_sources(suite)]
    subprocess.run(command, check=True)
    # In newer suites these are links that the package base-files creates.
    for folder in ("lib", "lib64"):
        if not (path / folder).exists():
            (path / folder).symlink_to(f"usr/{folder}")
    for folder in ("opt/berth", "proc", "tmp", "dev"):
        (path / folder).mkdir(parents=True, exist_ok=True)
    for name in _DEVICES:
        (path / "dev" / name).unlink(missing_ok=True)
        (path / "dev" / name).touch()


def create_home(root: Path) -> None:
    """Create an empty home for the user of the program; remove the one of an earlier run."""
    home = root / "home" / "user"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    os.chown(home, USER, USER)


def host_suite() -> str:
    """Return the name of the Debian suite of this machine."""
    return platform.freedesktop_os_release().get("VERSION_CODENAME", "stable")


def _sources(suite: str) -> list[str]:
    """Return the package sources of this machine for its own suite; other suites use the default."""
    files = (Path("/etc/apt/sources.list.d/debian.sources"), Path("/etc/apt/sources.list"))
    known = [str(file) for file in files if file.is_file() and file.stat().st_size]
    return known[:1] if suite == host_suite() else []


def forbidden_files(root: Path) -> list[str]:
    """Return files that would invalidate the test: Python, layout programs, fonts, shells."""
    programs = {"dot", "graphviz-pure", "sh", "bash", "python3"}
    return [
        path.relative_to(root).as_posix()
        for path in root.rglob("*")
        if path.name in programs or path.name.startswith("libpython") or path.suffix in {".ttf", ".otf", ".pfb"}
    ]


def missing_packages() -> list[str]:
    """Return the packages of those tools that this machine lacks."""
    return sorted({package for tool, package in TOOLS.items() if shutil.which(tool) is None})
