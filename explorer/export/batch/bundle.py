"""One request as every kind of file at once: in a folder, or in a zip."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from explorer.core.errors import ExplorerError, did_you_mean, refusal
from explorer.export.formats import Format, exported, formats_of
from explorer.export.request.request import Kind, Request
from explorer.storage.atomic_write import NotWrittenError, write_whole
from explorer.storage.reproducible_zip import zipped

ALL = "all"
"""What is asked for every format at once."""

_LINKED = ("svg", "png")


class UnknownFormatNameError(ExplorerError):
    """A word that names no format."""

    def __init__(self, word: str, known: Iterable[str]) -> None:
        super().__init__(f"there is no format “{word}”; {did_you_mean(word, known)}")


def formats_named(words: str, kind: Kind) -> tuple[Format, ...]:
    """The formats by their endings, parted by commas; all of them for “all”."""
    known = {ending: format_ for format_ in formats_of(kind) for ending in format_.endings}
    found: dict[str, Format] = {}
    for word in filter(None, (part.strip().lower().lstrip(".") for part in words.split(","))):
        if word == ALL:
            return formats_of(kind)
        if word not in known:
            raise UnknownFormatNameError(word, (*known, ALL))
        found[known[word].ending] = known[word]
    if not found:
        raise UnknownFormatNameError(words, (*known, ALL))
    return tuple(found.values())


def files_of(request: Request, stem: str, formats: Sequence[Format]) -> Iterator[tuple[str, bytes]]:
    """The name and the bytes of each file; a record links the picture that lies beside it."""
    endings = [format_.ending for format_ in formats]
    beside = next((f"{stem}.{ending}" for ending in _LINKED if ending in endings), "")
    linked = replace(request, options=replace(request.options, beside=beside))
    for format_ in formats:
        yield f"{stem}.{format_.ending}", exported(linked, format_)


def write_all(request: Request, target: Path, stem: str) -> tuple[str, ...]:
    """Write every kind of file into a new or empty folder, or into a `.zip`; their names.

    A zip is whole or not written; of a folder each file is.
    """
    files = files_of(request, stem, formats_of(request.kind))
    if target.suffix.lower() == ".zip":
        made = dict(files)
        write_whole(target, zipped(made.items()))
        return tuple(made)
    make_folder(target)
    if any(target.iterdir()):
        raise NotWrittenError(f"“{target}” is not empty: choose the name of a new folder.")
    return tuple(_written(target, name, data) for name, data in files)


def make_folder(folder: Path) -> None:
    """Make a folder where there is none; NotWrittenError where that cannot be."""
    try:
        folder.mkdir(exist_ok=True)
    except FileExistsError as error:
        raise NotWrittenError(f"“{folder}” is a file: choose a folder.") from error
    except FileNotFoundError as error:
        if folder.parent.is_dir():
            raise NotWrittenError(f"The folder “{folder}” cannot be made there.") from error
        raise NotWrittenError(
            f"The folder “{folder.parent}” does not exist, so nothing was written."
        ) from error
    except (OSError, ValueError) as error:
        raise NotWrittenError(f"The folder “{folder}” cannot be made: {refusal(error)}.") from error


def _written(folder: Path, name: str, data: bytes) -> str:
    write_whole(folder / name, data)
    return name
