r"""Replaces characters that are illegal in XML 1.0 (section 2.2), even as references.

>>> xml_safe_text("one\x1btwo\nthree")
'one two\nthree'
"""

from __future__ import annotations

import re

_ILLEGAL_CHARACTERS = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_safe_text(text: str) -> str:
    """Return the text with a space for each character that is illegal in XML."""
    return _ILLEGAL_CHARACTERS.sub(" ", text)
