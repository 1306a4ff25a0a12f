"""Which of a person's wishes a kind of file takes no notice of, so that none is dropped in silence."""

from __future__ import annotations

from collections.abc import Iterable

from explorer.core.errors import ExplorerError
from explorer.export.formats import Format, Heeds


class UnheededError(ExplorerError):
    """A wish that the kind of file cannot show."""


_ASKS = {
    "--theme": Heeds.COLOURS,
    "--size": Heeds.SIZE,
    "--scale": Heeds.SIZE,
    "--shape": Heeds.SIZE,
    "--dpi": Heeds.RESOLUTION,
    "--transparent": Heeds.BACKGROUND,
    "--around": Heeds.WORDS,
    "--outlines": Heeds.OUTLINES,
    "--icons": Heeds.ICONS,
    "--template": Heeds.TEMPLATE,
}
"""What each option of the command line needs of a kind of file; the others concern every kind."""

OPTIONS = tuple(_ASKS)


def refuse_unheeded(format_: Format, given: Iterable[str]) -> None:
    """UnheededError, one sentence, where the format takes no notice of an option that was given."""
    if idle := [option for option in given if not _ASKS[option] & format_.heeds]:
        changes, it = ("changes", "it") if len(idle) == 1 else ("change", "them")
        kind = f".{format_.ending} ({format_.name})"
        raise UnheededError(f"{' and '.join(idle)} {changes} nothing in a {kind}: leave {it} out")
