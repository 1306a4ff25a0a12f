"""One request as every kind of file at once: in a folder, or in a zip."""

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
"""What is asked for every format at once."""

_LINKABLE_IMAGES = ("svg", "png")


class UnknownFormatNameError(ExplorerError):
    """A word that names no format."""

    def __init__(self, word: str, known: Iterable[str]) -> None:
        super().__init__(f"there is no format “{word}”; {did_you_mean(word, known)}")


def parse_formats(words: str, kind: SubjectKind) -> tuple[Format, ...]:
    """The formats by their endings, parted by commas; all of them for “all”."""
    known = {ending: format_ for format_ in formats_of(kind) for ending in format_.extensions}
    found: dict[str, Format] = {}
    for word in filter(None, (part.strip().lower().lstrip(".") for part in words.split(","))):
        if word == ALL_FORMATS:
            return formats_of(kind)
        if word not in known:
            raise UnknownFormatNameError(word, (*known, ALL_FORMATS))
        found[known[word].extension] = known[word]
    if not found:
        raise UnknownFormatNameError(words, (*known, ALL_FORMATS))
    return tuple(found.values())


def render_files(request: Request, stem: str, formats: Sequence[Format]) -> Iterator[tuple[str, bytes]]:
    """The name and the bytes of each file; a record links the picture that lies beside it."""
    endings = [format_.extension for format_ in formats]
    beside = next((f"{stem}.{ending}" for ending in _LINKABLE_IMAGES if ending in endings), "")
    linked = replace(request, options=replace(request.options, linked_image=beside))
    for format_ in formats:
        yield f"{stem}.{format_.extension}", export_bytes(linked, format_)


def write_all_formats(request: Request, target: Path, stem: str) -> tuple[str, ...]:
    """Write every kind of file into a new or empty folder, or into a `.zip`; their names.

    A zip is whole or not written; of a folder each file is.
    """
    files = render_files(request, stem, formats_of(request.kind))
    if target.suffix.lower() == ".zip":
        made = dict(files)
        write_atomically(target, build_zip(made.items()))
        return tuple(made)
    create_folder(target)
    if any(target.iterdir()):
        raise FileWriteError(f"“{target}” is not empty: choose the name of a new folder.")
    return tuple(_write_file(target, name, data) for name, data in files)


def create_folder(folder: Path) -> None:
    """Make a folder where there is none; NotWrittenError where that cannot be."""
    try:
        folder.mkdir(exist_ok=True)
    except FileExistsError as error:
        raise FileWriteError(f"“{folder}” is a file: choose a folder.") from error
    except FileNotFoundError as error:
        if folder.parent.is_dir():
            raise FileWriteError(f"The folder “{folder}” cannot be made there.") from error
        raise FileWriteError(f"The folder “{folder.parent}” does not exist, so nothing was written.") from error
    except (OSError, ValueError) as error:
        raise FileWriteError(f"The folder “{folder}” cannot be made: {os_error_text(error)}.") from error


def _write_file(folder: Path, name: str, data: bytes) -> str:
    write_atomically(folder / name, data)
    return name
