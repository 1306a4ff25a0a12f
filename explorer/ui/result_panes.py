"""Result panes: diagram, outcome bar and takeaway panel show the result of the answers or of a previewed answer."""

from __future__ import annotations

from PySide6.QtCore import QObject

from explorer.core.explanation.explanation import Explanation
from explorer.core.model.pack import TakeawayId
from explorer.core.session.workspace import WorkspaceChange
from explorer.engine.open_pack import OpenPack
from explorer.engine.previews import Preview
from explorer.render.picture import Picture
from explorer.ui.diagram.canvas import Canvas
from explorer.ui.diagram.diagram_controller import DiagramController
from explorer.ui.document.session_store import SessionStore
from explorer.ui.explanation.outcome_bar import OutcomeBar
from explorer.ui.explanation.takeaway_panel import TakeawayPanel
from explorer.ui.questions.answer_preview import AnswerPreview
from explorer.ui.questions.preview_strip import PreviewStrip
from explorer.ui.workers.debounce import Debounce

EXPLANATION_DELAY_MS = 150
"""How long the explanation waits for a diagram that is being laid out."""

_EXPLAINED = (
    WorkspaceChange.ANSWERS
    | WorkspaceChange.CURRENT_QUESTION
    | WorkspaceChange.SELECTION
    | WorkspaceChange.STUDY_GUIDE_VIEW
)


class ResultPanes(QObject):
    """Keeps canvas, outcome bar and takeaway panel in step with the session and with the answer preview."""

    def __init__(
        self,
        open_pack: OpenPack,
        session: SessionStore,
        diagram: DiagramController,
        preview: AnswerPreview,
        panes: tuple[Canvas, OutcomeBar, TakeawayPanel],
    ) -> None:
        canvas, outcome_bar, takeaway_panel = panes
        super().__init__(canvas)
        self._open_pack, self._session, self._diagram, self._preview = open_pack, session, diagram, preview
        self._canvas, self._outcome_bar, self._takeaway_panel = canvas, outcome_bar, takeaway_panel
        self.preview_strip = PreviewStrip(canvas)
        self._other_explanation: Explanation | None = None
        # The explanation follows the diagram: laying out its text takes longer than a frame and would delay a layout.
        self._explain = Debounce(EXPLANATION_DELAY_MS, self._show_explanation, self)
        diagram.drawn.connect(self._show_picture)
        preview.shown.connect(self._show_preview)
        preview.ended.connect(self._end_preview)

    def refresh(self, change: WorkspaceChange) -> None:
        """Show the session after a change; its diagram follows when it is drawn."""
        workspace = self._session.workspace
        self._other_explanation = None
        self.preview_strip.hide()
        if change & WorkspaceChange.ANSWERS:
            self._show_outcome()
        if change & _EXPLAINED:
            self._explain.trigger(EXPLANATION_DELAY_MS if self._diagram.is_pending else 0)
        if change & WorkspaceChange.SELECTION:
            self._canvas.show_selection(workspace.selected_item)
            self._outcome_bar.show_selected(workspace.focused_choice)

    def update_explanation(self) -> None:
        """Show the explanation again, as the lookup tables add remedies to it."""
        self._explain.trigger(0)

    def show_other_explanation(self, explanation: Explanation | None) -> None:
        """Show an explanation in place of the session's, until the next change; None ends it."""
        self._other_explanation = explanation
        self._explain.trigger(0)

    def end_other_explanation(self) -> None:
        """Show the explanation of the session again."""
        self.show_other_explanation(None)

    def show_takeaway(self, takeaway_id: str) -> None:
        """Show one takeaway of the pack."""
        found = self._open_pack.pack.takeaway_by_id.get(TakeawayId(takeaway_id))
        if found is not None:
            view = self._session.workspace.study_guide_view
            self.show_other_explanation(Explanation("Found", "", takeaways=(found,), study_guide_view=view))

    def _show_explanation(self) -> None:
        preview = self._preview.current
        explanation = preview.explanation if preview else self._other_explanation
        session_explanation = self._open_pack.engine.explanation
        self._takeaway_panel.show_explanation(explanation or session_explanation(self._session.workspace))

    def _show_picture(self, picture: Picture) -> None:
        if self._preview.current is None:
            self._canvas.show_picture(picture)
            self._canvas.show_selection(self._session.workspace.selected_item)
        if self._explain.is_pending:
            self._explain.trigger(0)

    def _show_preview(self, preview: Preview) -> None:
        self._canvas.show_picture(preview.picture)
        self.preview_strip.show_preview(preview)
        self._outcome_bar.show_outcome(preview.outcome_entries, preview.summary)
        self._explain.trigger(0)

    def _end_preview(self) -> None:
        if self._diagram.picture is not None:
            self._canvas.show_picture(self._diagram.picture)
        self.preview_strip.hide()
        self._show_outcome()
        self._explain.trigger(0)

    def _show_outcome(self) -> None:
        summary = self._open_pack.engine.outcome_summary(self._session.workspace.answers)
        self._outcome_bar.show_outcome(summary.entries, summary.sentence)
