"""Generates NOTICES.txt: the licenses of all bundled third-party software."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator, Mapping
from importlib.metadata import Distribution, distribution
from pathlib import Path

import bundled_packages
from app_metadata import NAME, ROOT
from debian_lookup import package_of

LICENSES_FOLDER = Path(__file__).with_name("licenses")
AWS_ICONS = ROOT / "resources" / "icons-aws"
_RULE = "=" * 110


def notices_text(libraries: Mapping[str, str]) -> str:
    """Return the whole text; `libraries` maps the bundled system libraries to their source paths."""
    parts = [
        (
            f"{NAME} contains third-party software",
            f"{NAME} itself is under the MIT License (LICENSE.txt). The following software is included\n"
            "unchanged, each under its own license. Qt and PySide6 are used under the GNU Lesser General\n"
            "Public License 3: their libraries are separate files in _internal/PySide6, and may be replaced\n"
            "with others of the same interface.",
        ),
        ("Liberation fonts", _read(ROOT / "resources" / "fonts" / "LICENSE-Liberation.txt")),
        *((f"AWS icons: {file.stem}", _read(file)) for file in sorted(AWS_ICONS.glob("*.txt"))),
        (f"Python {platform.python_version()}", _python()),
        ("PyInstaller bootloader", _package_terms(distribution("pyinstaller"))),
    ]
    parts += [
        (f"{found.name} {found.version}", _package_terms(found)) for found in bundled_packages.bundled_distributions()
    ]
    parts.append(("Third-party code in Qt", _read(LICENSES_FOLDER / "qt-third-party.txt")))
    parts += [(f"System library {', '.join(names)}", terms) for terms, names in _system_terms(libraries)]
    parts += [(f"Full text of {name}", _read(LICENSES_FOLDER / f"{name}.txt")) for name in ("LGPL-3.0", "GPL-3.0")]
    return "\n\n\n".join(f"{_RULE}\n{title}\n{_RULE}\n\n{body.strip()}" for title, body in parts) + "\n"


def license_of(found: Distribution) -> str:
    """Return the license that a package declares, as a short name."""
    metadata = found.metadata.json
    short = str(metadata.get("license_expression") or metadata.get("license") or "").strip()
    if short and len(short) < 100:  # some packages put the full text there
        return short
    kinds = [str(line) for line in metadata.get("classifier", ()) if str(line).startswith("License")]
    return ", ".join(kind.rpartition(" :: ")[2] for kind in kinds)


def _package_terms(found: Distribution) -> str:
    files = [file for file in found.files or () if _is_license_file(file.name) and ".dist-info" in file.as_posix()]
    files += [file for file in found.files or () if "/licenses/" in file.as_posix() and file not in files]
    texts = [_read(Path(str(file.locate()))) for file in dict.fromkeys(files)]
    metadata = found.metadata.json
    home = metadata.get("home_page") or next(iter(metadata.get("project_url", ())), "")
    return "\n\n".join([f"License: {license_of(found)}\n{home}".strip(), *texts])


def _is_license_file(name: str) -> bool:
    return name.upper().startswith(("LICENSE", "LICENCE", "COPYING", "NOTICE"))


def _python() -> str:
    homes = (
        Path(sys.base_prefix),
        Path(sys.base_prefix) / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}",
    )
    found = next((home / "LICENSE.txt" for home in homes if (home / "LICENSE.txt").exists()), None)
    return _read(found) if found else "Python Software Foundation License 2; docs.python.org/3/license.html"


def _system_terms(libraries: Mapping[str, str]) -> Iterator[tuple[str, list[str]]]:
    """Yield the copyright of each system package, with the names of its libraries."""
    by_text: dict[str, list[str]] = {}
    for name, source in sorted(libraries.items()):
        by_text.setdefault(_library_terms(Path(source)), []).append(name)
    yield from by_text.items()


def _library_terms(library: Path) -> str:
    package = package_of(library)
    if package is None:
        return "Copied from the build system; see its license information there."
    return f"From the Debian package {package.name} {package.version}.\n\n{_read(package.copyright_file)}"


def _read(file: Path) -> str:
    return file.read_text("utf-8", errors="replace")
