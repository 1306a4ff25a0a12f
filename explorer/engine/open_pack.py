"""Open pack: the one owner of which pack is open, and of the engine that works with it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from explorer.core.model.pack import Pack
from explorer.engine.pack_engine import PackEngine

if TYPE_CHECKING:
    from explorer.engine.comparisons import Comparisons
    from explorer.engine.previews import Previews


@dataclass(frozen=True)
class LoadedPack:
    """A valid pack: its engine, and the folder that it was read from (None for a pack made in memory).

    `shipped` packs were verified before the release, so the window does not verify them again.
    """

    engine: PackEngine
    folder: Path | None = None
    shipped: bool = False

    @property
    def pack(self) -> Pack:
        """The pack itself."""
        return self.engine.pack

    # Imported on first use: the first picture of the window needs neither of them.

    @cached_property
    def previews(self) -> Previews:
        """Previews of answers that the user has not given."""
        from explorer.engine.previews import Previews

        return Previews(self.engine)

    @cached_property
    def comparisons(self) -> Comparisons:
        """Comparisons of two scenarios."""
        from explorer.engine.comparisons import Comparisons

        return Comparisons(self.engine)


class OpenPack:
    """Holds the loaded pack. Opening or reloading a pack replaces it as a whole, in the UI thread.

    A worker that still uses an earlier engine finishes with that engine; the window drops its result.
    """

    def __init__(self, loaded: LoadedPack) -> None:
        self.loaded = loaded

    @property
    def engine(self) -> PackEngine:
        """The engine of the pack that is open."""
        return self.loaded.engine

    @property
    def previews(self) -> Previews:
        """The previews of the pack that is open."""
        return self.loaded.previews

    @property
    def comparisons(self) -> Comparisons:
        """The comparisons of the pack that is open."""
        return self.loaded.comparisons

    @property
    def pack(self) -> Pack:
        """The pack that is open."""
        return self.loaded.pack

    @property
    def folder(self) -> Path | None:
        """The folder of the pack that is open."""
        return self.loaded.folder
