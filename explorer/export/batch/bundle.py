"""Exports a request to several formats at once, into a folder or a ZIP archive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from explorer.core.errors import ExplorerError, did_you_mean, os_error_text
from explorer.export.formats import Format, export_bytes, formats_of
from explorer.export.request.request import Request, SubjectKind
from explorer.storage.atomic_write import FileWriteError, write_atomically
from explorer.storage.reproducible_zip import build_zip

ALL_FORMATS = "all"
"""The name for all formats."""

_LINKABLE_IMAGES = ("svg", "png")


class UnknownFormatNameError(ExplorerError):
    """A name that belongs to no format."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__(f"Unknown format “{name}”: {did_you_mean(name, known)}")


def parse_formats(names: str, kind: SubjectKind) -> tuple[Format, ...]:
    """Return the formats for file extensions separated by commas, or all formats for “all”."""
    known = {extension: format_ for format_ in formats_of(kind) for extension in format_.extensions}
    found: dict[str, Format] = {}
    for name in filter(None, (part.strip().lower().lstrip(".") for part in names.split(","))):
        if name == ALL_FORMATS:
            return formats_of(kind)
        if name not in known:
            raise UnknownFormatNameError(name, (*known, ALL_FORMATS))
        found[known[name].extension] = known[name]
    if not found:
        raise UnknownFormatNameError(names, (*known, ALL_FORMATS))
    return tuple(found.values())


def render_files(request: Request, stem: str, formats: Sequence[Format]) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of each file; a Markdown record links to the image file, if there is one."""
    extensions = [format_.extension for format_ in formats]
    image = next((f"{stem}.{extension}" for extension in _LINKABLE_IMAGES if extension in extensions), "")
    linked = replace(request, options=replace(request.options, linked_image=image))
    for format_ in formats:
        yield f"{stem}.{format_.extension}", export_bytes(linked, format_)


def write_all_formats(request: Request, target: Path, stem: str) -> tuple[str, ...]:
    """Write all formats into a new or empty folder, or into a `.zip` file; return the file names.

    A ZIP archive is written completely or not at all. In a folder this holds for each file.
    """
    files = render_files(request, stem, formats_of(request.kind))
    if target.suffix.lower() == ".zip":
        data_by_name = dict(files)
        write_atomically(target, build_zip(data_by_name.items()))
        return tuple(data_by_name)
    create_folder(target)
    if any(target.iterdir()):
        raise FileWriteError(f"The folder “{target}” is not empty. Choose a new folder.")
    return tuple(_write_file(target, name, data) for name, data in files)


def create_folder(folder: Path) -> None:
    """Create a folder unless it exists; raise FileWriteError if that fails."""
    try:
        folder.mkdir(exist_ok=True)
    except FileExistsError as error:
        raise FileWriteError(f"“{folder}” is a file. Choose a folder.") from error
    except FileNotFoundError as error:
        if folder.parent.is_dir():
            raise FileWriteError(f"Cannot create the folder “{folder}” there. Choose another folder.") from error
        raise FileWriteError(
            f"The folder “{folder.parent}” does not exist. Create it or choose another folder."
        ) from error
    except (OSError, ValueError) as error:
        raise FileWriteError(f"Cannot create the folder “{folder}”: {os_error_text(error)}.") from error


def _write_file(folder: Path, name: str, data: bytes) -> str:
    write_atomically(folder / name, data)
    return name
