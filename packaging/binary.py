"""Builds the workshop binary: packs it, adds what is to be read, checks what is in it, and makes the archive.

`run.py binary` runs it with the Python of `.venv-binary`, which holds the pinned packages and nothing else.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import contents
import debian_package
import handout
import identity
import libraries
import linux_desktop
import materials
import notices
from identity import ROOT

HERE = Path(__file__).parent
BUILD = ROOT / "build" / "binary"
DIST = ROOT / "dist"

LINUX, WINDOWS, MACOS = (sys.platform.startswith(name) for name in ("linux", "win32", "darwin"))
BEFORE_ZIP = 315_532_800  # 1980, the first year that every archive can tell


class Stop(Exception):  # noqa: N818 - not an error of ours, a reason
    """Why there is no binary, in one sentence fit to show."""


def main(arguments: Sequence[str]) -> int:
    """Build what is asked for; 1 with one sentence when it cannot be."""
    parser = argparse.ArgumentParser(prog="run.py binary", description="Build the workshop binary into dist/.")
    parser.add_argument("--one-file", action="store_true", help="one program that unpacks itself at every start")
    parser.add_argument("--no-archive", action="store_true", help="only the folder")
    if LINUX and shutil.which("dpkg-deb"):
        parser.add_argument("--deb", action="store_true", help="a package of Debian and its relatives too")
    wished = parser.parse_args(arguments)
    try:
        made = build(one_file=wished.one_file, archived=not wished.no_archive)
        if getattr(wished, "deb", False):
            package = debian_package.build(made[0], BUILD / "deb", epoch())
            made += [package, handout.checksum(package)]
    except (Stop, OSError, subprocess.SubprocessError) as reason:
        print(reason, file=sys.stderr)
        return 1
    if not notices.ICONS.is_dir():
        print("The AWS icons are not in it, since they could not be taken; it draws Berth's own glyphs.")
    for path in made:
        print(f"{path.relative_to(ROOT)}: {size(path) / 1e6:.1f} MB")
    return 0


def build(*, one_file: bool = False, archived: bool = True) -> list[Path]:
    """What is now in dist/: the folder, and where wished its archive with the checksum."""
    if LINUX and not shutil.which("objdump"):
        raise Stop("To see what libraries ask for takes objdump: install binutils.")
    moment = epoch()
    how = ["--one-file"] if one_file else []
    packed, sources = pack(ROOT / "main.py", identity.PROGRAM, moment, how)
    folder = put_together(packed, DIST / identity.release("-one-file" if one_file else ""))
    add_texts(folder, sources, moment)
    if not one_file:
        verify(folder)
    if not archived:
        return [folder]
    product = handout.archive(folder, moment)
    return [folder, product, handout.checksum(product)]


def epoch() -> int:
    """The moment that everything made is dated to, in seconds since 1970: that of the last commit."""
    told = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not told and (ROOT / ".git").exists() and shutil.which("git"):
        command = ["git", "log", "-1", "--format=%ct"]
        told = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False).stdout.strip()
    return max(int(told), BEFORE_ZIP) if told.isdigit() else BEFORE_ZIP


# ------------------------------------------------------------------ packing


def pack(entry: Path, name: str, moment: int, how: Sequence[str] = ()) -> tuple[Path, dict[str, str]]:
    """What PyInstaller makes of a script, and where each library in it came from, by its name in there.

    `how` are options of berth.spec.
    """
    work = BUILD / name
    shutil.rmtree(work, ignore_errors=True)
    record = work / "sources.json"
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN"]
    command += ["--workpath", str(work / "work"), "--distpath", str(work), str(HERE / "berth.spec"), "--"]
    command += ["--entry", str(entry), "--name", name, "--record", str(record)]
    command += ["--drawn", str(looks(work / "looks")), *how]
    unwanted = {"PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "PYTHONOPTIMIZE"}
    environment = {
        **{name: value for name, value in os.environ.items() if name not in unwanted},
        # The same input gives the same bytes only if nothing hangs on the clock or on the order of sets.
        "SOURCE_DATE_EPOCH": str(moment),
        "PYTHONHASHSEED": "0",
        "PYINSTALLER_CONFIG_DIR": str(BUILD / "cache"),
    }
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.strip()] or ["nothing"]
        raise Stop(f"PyInstaller made no {name}; it says: {said[-1]}")
    if MACOS and not how:
        product = work / f"{identity.NAME}.app"
    else:
        product = work / (f"{name}.exe" if WINDOWS and "--one-file" in how else name)
    return product, json.loads(record.read_text("utf-8"))


def looks(folder: Path) -> Path:
    """A folder with the icon and, for Windows, the version as its programs state it."""
    folder.mkdir(parents=True)
    if WINDOWS or MACOS:
        # In a process of its own, so that PyInstaller never meets a running Qt.
        command = [sys.executable, str(HERE / "program_icon.py"), "ico" if WINDOWS else "icns", str(folder)]
        subprocess.run(command, check=True)
    if WINDOWS:
        (folder / "version.txt").write_text(windows_version(), encoding="utf-8")
    return folder


def windows_version() -> str:
    """What Properties › Details shows of the programs, as PyInstaller reads it."""
    numbers = tuple(int(part) for part in (*identity.VERSION.split("."), "0", "0", "0")[:4])
    told = {
        "CompanyName": identity.MAKER,
        "FileDescription": f"{identity.NAME}: {identity.SUMMARY}",
        "FileVersion": identity.VERSION,
        "InternalName": identity.PROGRAM,
        "LegalCopyright": f"© {identity.MAKER}, {identity.LICENCE} licence",
        "OriginalFilename": f"{identity.PROGRAM}.exe",
        "ProductName": identity.NAME,
        "ProductVersion": identity.VERSION,
    }
    words = ", ".join(f"StringStruct({name!r}, {value!r})" for name, value in told.items())
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}), kids=["
        f"StringFileInfo([StringTable('040904B0', [{words}])]), "
        "VarFileInfo([VarStruct('Translation', [1033, 1200])])])\n"
    )


# ------------------------------------------------------------------ putting together


def put_together(packed: Path, folder: Path) -> Path:
    """The folder that is handed out, with what was packed in it."""
    shutil.rmtree(folder, ignore_errors=True)
    alone = packed.is_file() or packed.suffix == ".app"
    (folder if alone else folder.parent).mkdir(parents=True, exist_ok=True)
    shutil.move(packed, folder)
    return folder


def add_texts(folder: Path, sources: dict[str, str], moment: int) -> None:
    """Add what is to be read, by people, software centres and those who keep bills of materials."""
    own = (str(ROOT), sys.base_prefix, sys.prefix)
    of_system = {name: source for name, source in sources.items() if not source.startswith(own)} if LINUX else {}
    texts = {
        "README.txt": readme(),
        "LICENSE.txt": (ROOT / "LICENSE").read_text("utf-8"),
        "NOTICES.txt": notices.text(of_system),
        "berth.cdx.json": materials.text(of_system, moment),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\r\n" if WINDOWS else "\n")
    if LINUX:
        linux_desktop.write(folder / "share", moment)


def readme() -> str:
    """What someone who has unpacked the archive reads first."""
    how = {
        "linux": ("./berth in a terminal; a double click on “berth” where the desktop allows it", "./berth"),
        "win32": ("a double click on berth.exe", "berth-cli"),
        "darwin": ("a double click on Berth", "Berth.app/Contents/MacOS/berth"),
    }
    opens, command = how["linux" if LINUX else sys.platform]
    text = (HERE / "README.txt.in").read_text("utf-8").replace("@VERSION@", identity.VERSION)
    return text.replace("@OPEN@", opens).replace("@COMMAND@", command)


def verify(folder: Path) -> None:
    """Stop when the folder holds what it must not, or lacks what it must have."""
    held = contents.files(folder)
    if not MACOS:  # whose bundle has an order of its own, and is looked through by hand (RELEASING.md)
        allowed = contents.patterns(contents.LIST.read_text("utf-8"))
        program = folder / (f"{identity.PROGRAM}.exe" if WINDOWS else identity.PROGRAM)
        if strange := contents.unexpected([*held, *contents.packages(program)], allowed):
            raise Stop(f"The bundle holds what contents.txt does not allow: {', '.join(strange)}.")
        if lost := contents.absent(held):
            raise Stop(f"The bundle lacks {', '.join(lost)}.")
    if LINUX:
        code = [folder / name for name in held if ".so" in name or name in ("berth", "_internal/graphviz-pure")]
        floor = libraries.glibc_floor(code)
        if floor > libraries.OLDEST_GLIBC:
            needed, promised = (".".join(map(str, version)) for version in (floor, libraries.OLDEST_GLIBC))
            raise Stop(f"The bundle needs glibc {needed}, and {promised} is promised: build on an older system.")


def size(path: Path) -> int:
    """The bytes of a file, or of all files in a folder, links not followed."""
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.lstat().st_size for file in files if file.is_symlink() or file.is_file())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
