"""The desk of the pack that is open: whoever holds it asks the next pack's as soon as that is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from explorer.core.explanation.explanation import Briefing
from explorer.core.model.pack import Pack
from explorer.core.session.session import SavedSession
from explorer.core.session.walk import Walk
from explorer.core.session.workspace import Workspace
from explorer.engine.protocols import Desk
from explorer.render.picture import Picture
from explorer.ui.explanation.outcome_bar import BarEntry

if TYPE_CHECKING:
    from explorer.engine.maps import Mapper
    from explorer.engine.preview_protocol import Scout
    from explorer.export.request.request import Options, Request


class OpenDesk:
    """Passes every question on to `now`; what other threads still ask of an earlier one, nobody waits for."""

    def __init__(self, now: Desk) -> None:
        self.now = now

    @property
    def pack(self) -> Pack:
        """The pack that is explored."""
        return self.now.pack

    @property
    def title(self) -> str:
        """What the decision is called."""
        return self.now.title

    @property
    def about(self) -> str:
        """Versions, sources and notices, as plain text."""
        return self.now.about

    @property
    def mapper(self) -> Mapper:
        """Whom to ask for the decision map."""
        return self.now.mapper

    @property
    def scout(self) -> Scout:
        """Whom to ask about answers that are not given."""
        return self.now.scout

    def walk(self, workspace: Workspace) -> Walk:
        """The questions and how they stand."""
        return self.now.walk(workspace)

    def briefing(self, workspace: Workspace) -> Briefing:
        """What there is to say about what is selected, looked at or asked."""
        return self.now.briefing(workspace)

    def bar(self, workspace: Workspace) -> tuple[tuple[BarEntry, ...], str]:
        """The outcome's choices, and the whole in a few words."""
        return self.now.bar(workspace)

    def picture(self, workspace: Workspace, theme: str) -> Picture:
        """The diagram; may take a while."""
        return self.now.picture(workspace, theme)

    def known_picture(self, workspace: Workspace, theme: str) -> Picture | None:
        """The diagram at once, where its layout is known already."""
        return self.now.known_picture(workspace, theme)

    def request(self, saved: SavedSession, options: Options) -> Request:
        """The diagram on its way to a file."""
        return self.now.request(saved, options)
