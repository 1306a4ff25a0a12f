"""What stands for a picture where it is not seen; `explorer.core.explanation.alt_text` finds the words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Description:
    """What stands for a picture: `short` for its alternative text, `long` with everything in it."""

    alt_text: str = ""
    details: str = ""

    @property
    def full_text(self) -> str:
        """Both, one after the other."""
        return "\n\n".join(filter(None, (self.alt_text, self.details)))
