r"""Words on one line, without anything that a terminal or a file takes for more than words.

>>> plain("one\x1b[2J\ntwo")
'one [2J two'
"""

from __future__ import annotations


def strip_control_chars(text: str) -> str:
    """The words; each character that is not printed is a space."""
    return text if text.isprintable() else "".join(c if c.isprintable() else " " for c in text)
