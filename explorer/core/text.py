r"""Text sanitizer: one line without control characters, safe for a terminal or a file.

>>> strip_control_chars("one\x1b[2J\ntwo")
'one [2J two'
"""

from __future__ import annotations


def strip_control_chars(text: str) -> str:
    """Return the text with a space for each character that is not printable."""
    return text if text.isprintable() else "".join(c if c.isprintable() else " " for c in text)
