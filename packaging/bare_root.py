"""A Linux without anything in it but the libraries that every desktop has, and a way to run a program there.

There is no Python, no layout program, no font, no shell and no network; the program is nobody in particular,
may write in its home and in /tmp only, and finds nothing on its PATH.
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
"""What a Debian desktop surely has, of what the program does not carry; see libraries.BROUGHT."""

TOOLS = {
    **{"mmdebstrap": "mmdebstrap", "unshare": "util-linux", "chroot": "coreutils", "mount": "mount"},
    # What a window is shown on, driven and photographed with.
    **{"Xvfb": "xvfb", "xdotool": "xdotool", "import": "imagemagick"},
}
"""The programs that the proof needs, and the package of Debian that holds each."""

USER = 1000
_DEVICES = ("null", "zero", "urandom")


@dataclass(frozen=True)
class BareRoot:
    """A root directory, and the folder that is seen as /opt/berth in it, which cannot be written to."""

    place: Path
    product: Path
    hidden: tuple[str, ...] = field(default=())

    def command(self, words: Sequence[str]) -> list[str]:
        """What runs these words in there, for `subprocess`."""
        into, product = str(self.place), str(self.place / "opt" / "berth")
        mount = shutil.which("mount")
        steps = [
            f"{mount} --bind {shlex.quote(str(self.product))} {shlex.quote(product)}",
            f"{mount} -o remount,bind,ro {shlex.quote(product)}",
            f"{mount} -t tmpfs -o mode=1777 none {shlex.quote(into)}/tmp",
            f"{mount} -t proc none {shlex.quote(into)}/proc",
            *(f"{mount} --bind /dev/{name} {shlex.quote(into)}/dev/{name}" for name in _DEVICES),
            *(f"{mount} --bind /dev/null {shlex.quote(f'{product}/{name}')}" for name in self.hidden),
        ]
        if Path("/tmp/.X11-unix").is_dir():
            sockets = f"{shlex.quote(into)}/tmp/.X11-unix"
            steps += [f"{shutil.which('mkdir')} {sockets}", f"{mount} --bind /tmp/.X11-unix {sockets}"]
        enter = shlex.join([str(shutil.which("chroot")), f"--userspec={USER}:{USER}", into, *words])
        script = " && ".join([*steps, f"exec {enter}"])
        apart = ["--mount", "--net", "--ipc", "--uts", "--pid", "--fork", "--kill-child"]
        return [str(shutil.which("unshare")), *apart, "/bin/sh", "-c", script]

    def environment(self, more: Mapping[str, str] | None = None) -> dict[str, str]:
        """All that the program is told of where it is."""
        return {"PATH": "", "HOME": "/home/lead", "LANG": "C.UTF-8", **(more or {})}

    def run(self, words: Sequence[str]) -> subprocess.CompletedProcess[str]:
        """Run the program to its end."""
        return subprocess.run(
            self.command(words),
            env=self.environment(),
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )


def build(place: Path, suite: str) -> None:
    """Make the root of a Debian suite anew; its packages are not even set up, only unpacked."""
    shutil.rmtree(place, ignore_errors=True)
    place.parent.mkdir(parents=True, exist_ok=True)
    packages = f"--include={','.join(PACKAGES)}"
    command = ["mmdebstrap", "--quiet", "--variant=extract", packages, suite, str(place), *_sources(suite)]
    subprocess.run(command, check=True)
    # In newer suites these are links, which a package of their own would make.
    for folder in ("lib", "lib64"):
        if not (place / folder).exists():
            (place / folder).symlink_to(f"usr/{folder}")
    for folder in ("opt/berth", "proc", "tmp", "dev"):
        (place / folder).mkdir(parents=True, exist_ok=True)
    for name in _DEVICES:
        (place / "dev" / name).unlink(missing_ok=True)
        (place / "dev" / name).touch()


def make_home(place: Path) -> None:
    """An empty home for whoever runs the program, whatever an earlier run left there."""
    home = place / "home" / "lead"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    os.chown(home, USER, USER)


def own_suite() -> str:
    """The Debian that this is, as its suite is called."""
    return platform.freedesktop_os_release().get("VERSION_CODENAME", "stable")


def _sources(suite: str) -> list[str]:
    """Where this machine fetches its own suite from; another comes from where it usually does."""
    files = (Path("/etc/apt/sources.list.d/debian.sources"), Path("/etc/apt/sources.list"))
    known = [str(file) for file in files if file.is_file() and file.stat().st_size]
    return known[:1] if suite == own_suite() else []


def strangers(place: Path) -> list[str]:
    """What would make the proof worthless: Pythons, layout programs, fonts, shells."""
    programs = {"dot", "graphviz-pure", "sh", "bash", "python3"}
    return [
        path.relative_to(place).as_posix()
        for path in place.rglob("*")
        if path.name in programs or path.name.startswith("libpython") or path.suffix in {".ttf", ".otf", ".pfb"}
    ]


def lacking() -> list[str]:
    """The packages that hold those tools which this machine lacks."""
    return sorted({package for tool, package in TOOLS.items() if shutil.which(tool) is None})
