"""Whose work comes along, and under which terms: one text, made from what the packages say of themselves."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator, Mapping
from importlib.metadata import Distribution, distribution
from pathlib import Path

import distributions
from debian_origin import origin_of
from identity import NAME, ROOT

LICENCES = Path(__file__).with_name("licences")
ICONS = ROOT / "resources" / "icons-aws"
_RULE = "=" * 110


def text(libraries: Mapping[str, str]) -> str:
    """The whole text; `libraries` are those of the system that come along, by name, with where they were."""
    parts = [
        (
            f"{NAME} comes with the work of others",
            f"{NAME} itself is under the MIT licence (LICENSE.txt). What follows comes along unchanged,\n"
            "each under its own terms. Qt and PySide6 are used under the GNU Lesser General Public\n"
            "License 3: their libraries are separate files in _internal/PySide6, and may be replaced with\n"
            "others of the same interface.",
        ),
        ("Liberation fonts", _read(ROOT / "resources" / "fonts" / "LICENSE-Liberation.txt")),
        *((f"AWS icons: {file.stem}", _read(file)) for file in sorted(ICONS.glob("*.txt"))),
        (f"Python {platform.python_version()}", _python()),
        ("The starting program of PyInstaller", _of(distribution("pyinstaller"))),
    ]
    parts += [(f"{found.name} {found.version}", _of(found)) for found in distributions.carried()]
    parts.append(("Within Qt", _read(LICENCES / "qt-carries.txt")))
    parts += [(f"The library {', '.join(names)}", told) for told, names in _of_system(libraries)]
    parts += [(f"The text of {name}", _read(LICENCES / f"{name}.txt")) for name in ("LGPL-3.0", "GPL-3.0")]
    return "\n\n\n".join(f"{_RULE}\n{title}\n{_RULE}\n\n{told.strip()}" for title, told in parts) + "\n"


def licence(found: Distribution) -> str:
    """What a package says its licence is, in few words."""
    said = found.metadata.json
    short = str(said.get("license_expression") or said.get("license") or "").strip()
    if short and len(short) < 100:  # some put the whole text there
        return short
    kinds = [str(line) for line in said.get("classifier", ()) if str(line).startswith("License")]
    return ", ".join(kind.rpartition(" :: ")[2] for kind in kinds)


def _of(found: Distribution) -> str:
    files = [file for file in found.files or () if _is_licence(file.name) and ".dist-info" in file.as_posix()]
    files += [file for file in found.files or () if "/licenses/" in file.as_posix() and file not in files]
    texts = [_read(Path(str(file.locate()))) for file in dict.fromkeys(files)]
    said = found.metadata.json
    home = said.get("home_page") or next(iter(said.get("project_url", ())), "")
    return "\n\n".join([f"Licence: {licence(found)}\n{home}".strip(), *texts])


def _is_licence(name: str) -> bool:
    return name.upper().startswith(("LICENSE", "LICENCE", "COPYING", "NOTICE"))


def _python() -> str:
    homes = (
        Path(sys.base_prefix),
        Path(sys.base_prefix) / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}",
    )
    found = next((home / "LICENSE.txt" for home in homes if (home / "LICENSE.txt").exists()), None)
    return _read(found) if found else "Python Software Foundation License 2; docs.python.org/3/license.html"


def _of_system(libraries: Mapping[str, str]) -> Iterator[tuple[str, list[str]]]:
    """The copyright of each package of the system that libraries came from, and their names."""
    by_text: dict[str, list[str]] = {}
    for name, source in sorted(libraries.items()):
        by_text.setdefault(_terms(Path(source)), []).append(name)
    yield from by_text.items()


def _terms(library: Path) -> str:
    origin = origin_of(library)
    if origin is None:
        return "Taken from the system this was built on, where its terms are to be found."
    return f"From {origin.package} {origin.version} of Debian.\n\n{_read(origin.terms)}"


def _read(file: Path) -> str:
    return file.read_text("utf-8", errors="replace")
