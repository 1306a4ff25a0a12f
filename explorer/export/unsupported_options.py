"""Which of a person's wishes a kind of file takes no notice of, so that none is dropped in silence."""

from __future__ import annotations

from collections.abc import Iterable

from explorer.core.errors import ExplorerError
from explorer.export.formats import Format, Supports


class UnsupportedOptionError(ExplorerError):
    """A wish that the kind of file cannot show."""


_REQUIRED_SUPPORT = {
    "--theme": Supports.THEME,
    "--size": Supports.SIZE,
    "--scale": Supports.SIZE,
    "--shape": Supports.SIZE,
    "--dpi": Supports.RESOLUTION,
    "--transparent": Supports.BACKGROUND,
    "--around": Supports.CAPTION,
    "--outlines": Supports.TEXT_AS_PATHS,
    "--icons": Supports.ICONS,
    "--template": Supports.TEMPLATE,
}
"""What each option of the command line needs of a kind of file; the others concern every kind."""

FORMAT_OPTIONS = tuple(_REQUIRED_SUPPORT)


def check_unsupported_options(format_: Format, given: Iterable[str]) -> None:
    """UnheededError, one sentence, where the format takes no notice of an option that was given."""
    if idle := [option for option in given if not _REQUIRED_SUPPORT[option] & format_.supports]:
        changes, it = ("changes", "it") if len(idle) == 1 else ("change", "them")
        kind = f".{format_.extension} ({format_.name})"
        raise UnsupportedOptionError(f"{' and '.join(idle)} {changes} nothing in a {kind}: leave {it} out")
