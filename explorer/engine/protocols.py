"""What the window asks of everything behind it; every answer depends on what is asked alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from explorer.core.explanation.explanation import Explanation
from explorer.core.model.pack import Pack
from explorer.core.session.session_state import SessionState
from explorer.core.session.walk import Walk
from explorer.core.session.workspace import Workspace
from explorer.render.picture import Picture
from explorer.ui.explanation.outcome_bar import OutcomeEntry

if TYPE_CHECKING:
    from explorer.engine.maps import DecisionMaps
    from explorer.engine.preview_protocol import Previews
    from explorer.export.request.request import Options, Request


class PackRef(Protocol):
    """What is being decided."""

    @property
    def pack(self) -> Pack:
        """The pack that is explored."""

    @property
    def title(self) -> str:
        """What the decision is called."""


class Engine(PackRef, Protocol):
    """Answers the window's questions about a workspace; knows no window.

    `picture` and `request` are asked in other threads, and in two at once when one hangs.
    """

    @property
    def about(self) -> str:
        """Versions, sources and notices, as plain text."""

    @property
    def maps(self) -> DecisionMaps:
        """Whom to ask for the decision map."""

    @property
    def previews(self) -> Previews:
        """Whom to ask about answers that are not given."""

    def walk(self, workspace: Workspace) -> Walk:
        """The questions and how they stand."""

    def explanation(self, workspace: Workspace) -> Explanation:
        """What there is to say about what is selected, looked at or asked."""

    def outcome_summary(self, workspace: Workspace) -> tuple[tuple[OutcomeEntry, ...], str]:
        """The outcome's choices, and the whole in a few words."""

    def picture(self, workspace: Workspace, theme: str) -> Picture:
        """The diagram; may take a while, and raises ExplorerError where it cannot be laid out."""

    def cached_picture(self, workspace: Workspace, theme: str) -> Picture | None:
        """The diagram at once, where its layout is known already."""

    def export_request(self, saved: SessionState, options: Options) -> Request:
        """The diagram on its way to a file; as `picture`."""
