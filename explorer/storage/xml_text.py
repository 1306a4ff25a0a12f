r"""Words without what XML has no place for, not even escaped (XML 1.0, section 2.2).

>>> xml_text("one\x1btwo\nthree")
'one two\nthree'
"""

from __future__ import annotations

import re

_ILLEGAL_CHARACTERS = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_safe_text(text: str) -> str:
    """The words; each character that XML does not know is a space."""
    return _ILLEGAL_CHARACTERS.sub(" ", text)
