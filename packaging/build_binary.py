"""Builds the binary: runs PyInstaller, adds documents, checks the contents and creates the archive.

`run.py binary` runs it with the Python of `.venv-binary`, which contains only the pinned packages.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import app_metadata
import archive
import bundle_contents
import debian_package
import linux_desktop
import sbom
import system_libraries
import third_party_notices
from app_metadata import ROOT

from explorer.storage.build_info import BUILD_FILE, build_file_text

HERE = Path(__file__).parent
BUILD = ROOT / "build" / "binary"
DIST = ROOT / "dist"

LINUX, WINDOWS, MACOS = (sys.platform.startswith(name) for name in ("linux", "win32", "darwin"))
EARLIEST_ZIP_TIME = 315_532_800  # 1980-01-01


class BuildError(Exception):
    """Why the binary could not be built, as a message for the user."""


def main(arguments: Sequence[str]) -> int:
    """Build what the arguments select; return 1 and print an error if the build fails."""
    parser = argparse.ArgumentParser(prog="run.py binary", description="Build the binary into dist/.")
    parser.add_argument("--one-file", action="store_true", help="build one program that unpacks itself at every start")
    parser.add_argument("--no-archive", action="store_true", help="build only the folder")
    if LINUX and shutil.which("dpkg-deb"):
        parser.add_argument("--deb", action="store_true", help="also build a Debian package")
    options = parser.parse_args(arguments)
    try:
        outputs = build(one_file=options.one_file, with_archive=not options.no_archive)
        if getattr(options, "deb", False):
            package = debian_package.build(outputs[0], BUILD / "deb", source_date_epoch())
            outputs += [package, archive.write_checksum(package)]
    except (BuildError, OSError, subprocess.SubprocessError) as error:
        print(error, file=sys.stderr)
        return 1
    if not third_party_notices.AWS_ICONS.is_dir():
        print(
            "The binary contains no AWS icons, because the setup could not download them; Berth's own glyphs are used."
        )
    for path in outputs:
        print(f"{path.relative_to(ROOT)}: {total_size(path) / 1e6:.1f} MB")
    return 0


def build(*, one_file: bool = False, with_archive: bool = True) -> list[Path]:
    """Return what was built in dist/: the folder and, if requested, its archive and checksum."""
    if LINUX and not shutil.which("objdump"):
        raise BuildError("The build needs objdump to read library dependencies: install binutils.")
    timestamp = source_date_epoch()
    options = ["--one-file"] if one_file else []
    subprocess.run([sys.executable, "-m", "explorer.storage.packs.compiled_cache"], cwd=ROOT, check=True)
    packed, sources = run_pyinstaller(ROOT / "main.py", app_metadata.PROGRAM, timestamp, options)
    folder = move_to(packed, DIST / app_metadata.release_name("-one-file" if one_file else ""))
    add_documents(folder, sources, timestamp)
    if not one_file:
        verify_contents(folder)
    if not with_archive:
        return [folder]
    product = archive.create_archive(folder, timestamp)
    return [folder, product, archive.write_checksum(product)]


def source_date_epoch() -> int:
    """Return the time of all build outputs, in seconds since 1970: SOURCE_DATE_EPOCH or the last commit."""
    text = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not text and (ROOT / ".git").exists() and shutil.which("git"):
        command = ["git", "log", "-1", "--format=%ct"]
        text = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False).stdout.strip()
    return max(int(text), EARLIEST_ZIP_TIME) if text.isdigit() else EARLIEST_ZIP_TIME


# ------------------------------------------------------------------ PyInstaller


def run_pyinstaller(entry: Path, name: str, timestamp: int, options: Sequence[str] = ()) -> tuple[Path, dict[str, str]]:
    """Pack a script; return the result and the source path of each library in it, by name.

    `options` are options of berth.spec.
    """
    work = BUILD / name
    shutil.rmtree(work, ignore_errors=True)
    record = work / "sources.json"
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN"]
    command += ["--workpath", str(work / "work"), "--distpath", str(work), str(HERE / "berth.spec"), "--"]
    command += ["--entry", str(entry), "--name", name, "--record", str(record)]
    command += ["--resources", str(write_program_resources(work / "resources")), *options]
    unwanted = {"PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "PYTHONOPTIMIZE"}
    environment = {
        **{name: value for name, value in os.environ.items() if name not in unwanted},
        # Reproducible output must not depend on the clock or on the order of sets.
        "SOURCE_DATE_EPOCH": str(timestamp),
        "PYTHONHASHSEED": "0",
        "PYINSTALLER_CONFIG_DIR": str(BUILD / "cache"),
    }
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if line.strip()] or ["no output"]
        raise BuildError(f"PyInstaller could not build {name}: {lines[-1]}")
    if MACOS and not options:
        product = work / f"{app_metadata.NAME}.app"
    else:
        product = work / (f"{name}.exe" if WINDOWS and "--one-file" in options else name)
    return product, json.loads(record.read_text("utf-8"))


def write_program_resources(folder: Path) -> Path:
    """Create a folder with the build file, the program icon and, for Windows, the version resource."""
    folder.mkdir(parents=True)
    day = datetime.fromtimestamp(source_date_epoch(), UTC).date().isoformat()
    (folder / BUILD_FILE).write_text(build_file_text(ROOT, day), encoding="utf-8", newline="\n")
    if WINDOWS or MACOS:
        # In a separate process, because PyInstaller must not run in a process with Qt.
        command = [sys.executable, str(HERE / "app_icon.py"), "ico" if WINDOWS else "icns", str(folder)]
        subprocess.run(command, check=True)
    if WINDOWS:
        (folder / "version.txt").write_text(windows_version_resource(), encoding="utf-8")
    return folder


def windows_version_resource() -> str:
    """Return the version resource (Properties › Details) in the format that PyInstaller reads."""
    numbers = tuple(int(part) for part in (*app_metadata.VERSION.split("."), "0", "0", "0")[:4])
    values = {
        "CompanyName": app_metadata.VENDOR,
        "FileDescription": f"{app_metadata.NAME}: {app_metadata.SUMMARY}",
        "FileVersion": app_metadata.VERSION,
        "InternalName": app_metadata.PROGRAM,
        "LegalCopyright": f"© {app_metadata.VENDOR}, {app_metadata.LICENSE} License",
        "OriginalFilename": f"{app_metadata.PROGRAM}.exe",
        "ProductName": app_metadata.NAME,
        "ProductVersion": app_metadata.VERSION,
    }
    strings = ", ".join(f"StringStruct({name!r}, {value!r})" for name, value in values.items())
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}), kids=["
        f"StringFileInfo([StringTable('040904B0', [{strings}])]), "
        "VarFileInfo([VarStruct('Translation', [1033, 1200])])])\n"
    )


# ------------------------------------------------------------------ release folder


def move_to(packed: Path, folder: Path) -> Path:
    """Move the result of PyInstaller to the release folder, and return the folder."""
    shutil.rmtree(folder, ignore_errors=True)
    is_single = packed.is_file() or packed.suffix == ".app"
    (folder if is_single else folder.parent).mkdir(parents=True, exist_ok=True)
    shutil.move(packed, folder)
    return folder


def add_documents(folder: Path, sources: dict[str, str], timestamp: int) -> None:
    """Add the readme, licenses, bill of materials and, on Linux, desktop files."""
    own = (str(ROOT), sys.base_prefix, sys.prefix)
    system_libraries_used = (
        {name: source for name, source in sources.items() if not source.startswith(own)} if LINUX else {}
    )
    texts = {
        "README.txt": readme_text(),
        "LICENSE.txt": (ROOT / "LICENSE").read_text("utf-8"),
        "NOTICES.txt": third_party_notices.notices_text(system_libraries_used),
        "berth.cdx.json": sbom.sbom_json(system_libraries_used, timestamp),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\r\n" if WINDOWS else "\n")
    if LINUX:
        linux_desktop.write_desktop_files(folder / "share", timestamp)


def readme_text() -> str:
    """Return the README.txt of the release folder."""
    commands = {
        "linux": ("run ./berth in a terminal, or double-click “berth” if the desktop allows it", "./berth"),
        "win32": ("double-click berth.exe", "berth-cli"),
        "darwin": ("double-click Berth", "Berth.app/Contents/MacOS/berth"),
    }
    open_command, command = commands["linux" if LINUX else sys.platform]
    text = (HERE / "README.txt.in").read_text("utf-8").replace("@VERSION@", app_metadata.VERSION)
    return text.replace("@OPEN@", open_command).replace("@COMMAND@", command)


def verify_contents(folder: Path) -> None:
    """Fail if the folder contains unexpected files, lacks required ones, or needs a newer glibc."""
    names = bundle_contents.bundle_files(folder)
    if not MACOS:  # its bundle layout differs and is reviewed by hand (RELEASING.md)
        allowed = bundle_contents.parse_patterns(bundle_contents.ALLOWLIST.read_text("utf-8"))
        program = folder / (f"{app_metadata.PROGRAM}.exe" if WINDOWS else app_metadata.PROGRAM)
        packages = bundle_contents.python_packages(program)
        if unexpected := bundle_contents.unexpected_names([*names, *packages], allowed):
            raise BuildError(
                f"The bundle contains files that bundle_contents.txt does not allow: {', '.join(unexpected)}."
            )
        if missing := bundle_contents.missing_files(names):
            raise BuildError(f"The bundle lacks {', '.join(missing)}.")
    if LINUX:
        code = [folder / name for name in names if ".so" in name or name in ("berth", "_internal/graphviz-pure")]
        required = system_libraries.required_glibc(code)
        if required > system_libraries.MINIMUM_GLIBC:
            needed, minimum = (".".join(map(str, version)) for version in (required, system_libraries.MINIMUM_GLIBC))
            raise BuildError(
                f"The bundle needs glibc {needed}, but {minimum} must be enough: build on an older system."
            )


def total_size(path: Path) -> int:
    """Return the size of a file or folder in bytes, without following links."""
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.lstat().st_size for file in files if file.is_symlink() or file.is_file())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
