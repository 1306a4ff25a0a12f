"""Text alternative of a picture; `explorer.core.explanation.alt_text` writes it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Description:
    """The text alternative of a picture: a short `alt_text`, and all its content in `details`."""

    alt_text: str = ""
    details: str = ""

    @property
    def full_text(self) -> str:
        """The alternative text followed by the details."""
        return "\n\n".join(filter(None, (self.alt_text, self.details)))
