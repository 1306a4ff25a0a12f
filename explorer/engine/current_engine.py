"""The desk of the pack that is open: whoever holds it asks the next pack's as soon as that is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from explorer.core.explanation.explanation import Explanation
from explorer.core.model.pack import Pack
from explorer.core.session.session_state import SessionState
from explorer.core.session.walk import Walk
from explorer.core.session.workspace import Workspace
from explorer.engine.protocols import Engine
from explorer.render.picture import Picture
from explorer.ui.explanation.outcome_bar import OutcomeEntry

if TYPE_CHECKING:
    from explorer.engine.maps import DecisionMaps
    from explorer.engine.preview_protocol import Previews
    from explorer.export.request.request import Options, Request


class CurrentEngine:
    """Passes every question on to `now`; what other threads still ask of an earlier one, nobody waits for."""

    def __init__(self, now: Engine) -> None:
        self.current = now

    @property
    def pack(self) -> Pack:
        """The pack that is explored."""
        return self.current.pack

    @property
    def title(self) -> str:
        """What the decision is called."""
        return self.current.title

    @property
    def about(self) -> str:
        """Versions, sources and notices, as plain text."""
        return self.current.about

    @property
    def maps(self) -> DecisionMaps:
        """Whom to ask for the decision map."""
        return self.current.maps

    @property
    def previews(self) -> Previews:
        """Whom to ask about answers that are not given."""
        return self.current.previews

    def walk(self, workspace: Workspace) -> Walk:
        """The questions and how they stand."""
        return self.current.walk(workspace)

    def explanation(self, workspace: Workspace) -> Explanation:
        """What there is to say about what is selected, looked at or asked."""
        return self.current.explanation(workspace)

    def outcome_summary(self, workspace: Workspace) -> tuple[tuple[OutcomeEntry, ...], str]:
        """The outcome's choices, and the whole in a few words."""
        return self.current.outcome_summary(workspace)

    def picture(self, workspace: Workspace, theme: str) -> Picture:
        """The diagram; may take a while."""
        return self.current.picture(workspace, theme)

    def cached_picture(self, workspace: Workspace, theme: str) -> Picture | None:
        """The diagram at once, where its layout is known already."""
        return self.current.cached_picture(workspace, theme)

    def export_request(self, saved: SessionState, options: Options) -> Request:
        """The diagram on its way to a file."""
        return self.current.export_request(saved, options)
