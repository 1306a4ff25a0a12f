"""Imports Qt, and leaves Python's import as it was: the window opens some 30 ms sooner.

PySide6 puts an import of its own in its place, which reads the source of every module imported from
then on to see whether it asks for `__feature__`. Berth's modules do not, and there are many.
"""

import builtins

_PLAIN_IMPORT = builtins.__import__


def import_qt() -> None:
    """Import PySide6 before anything else does."""
    import PySide6.QtCore  # noqa: F401, PLC0415

    builtins.__import__ = _PLAIN_IMPORT
