"""Map view: the user folds nodes, and goes to branches and nodes, with the pointer or the keyboard."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QColor, QFocusEvent, QHelpEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from explorer.core.decision_map.map import MapNodeKind
from explorer.core.decision_map.paths import answers_for_branch, shortest_answers_to
from explorer.layout.decision_map.cards import FOLD_TOGGLE_RADIUS, PlacedAnswerRow, PlacedCard
from explorer.qt.painter import IconPainter
from explorer.render.decision_map import DrawnMap
from explorer.ui.map.map_canvas import MapCanvas
from explorer.ui.map.map_navigation import NAVIGATION_KEYS, NavigationStep, fold_keys, next_node
from explorer.ui.map.map_painter import PreparedPicture

_TOGGLE_HIT_RADIUS = FOLD_TOGGLE_RADIUS + 4


class MapView(MapCanvas):
    """Shows a map and reports what the user does.

    `change_requested` sends pairs of a question and its answer that lead to the target. Other signals send
    ids: `question_opened` of the question to ask, `fold_requested` of the node to fold or unfold,
    `focus_moved` of the focused node, `node_hovered` of the node under the pointer or with the focus ("" for none).
    """

    change_requested = Signal(tuple)
    question_opened = Signal(str)
    fold_requested = Signal(str)
    focus_moved = Signal(str)
    node_hovered = Signal(str)

    def __init__(self, icons: IconPainter | None = None, parent: QWidget | None = None) -> None:
        super().__init__(icons, parent)
        self._focused: str | None = None
        self._hovered: str | None = None
        self._matches: frozenset[str] = frozenset()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Decision map")
        self.viewport().setAccessibleName("Decision map")

    def show_map(self, drawn_map: DrawnMap, picture: PreparedPicture | None = None) -> None:
        """Show a map. The focus is cleared if the focused node is not on it."""
        if self._focused not in drawn_map.decision_map.node_by_id:
            self._focused = None
        super().show_map(drawn_map, picture)

    def show_matches(self, nodes: frozenset[str], focused: str | None) -> None:
        """Draw rings around the search results, and focus one of them."""
        self._matches = nodes
        if focused is not None:
            self.focus_node(focused)
        self.viewport().update()

    @property
    def focused_node(self) -> str | None:
        """The id of the node that has the keyboard focus."""
        return self._focused

    def focus_node(self, node_id: str) -> None:
        """Move the keyboard focus to a node, and the node into view."""
        if self._drawn_map is None:
            return
        self._focused = node_id
        self.reveal(node_id)
        item = self._drawn_map.picture.item_by_id[node_id]
        self.setAccessibleDescription(f"{item.name}, {item.description}")
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        self.focus_moved.emit(node_id)
        self.node_hovered.emit(node_id)
        self.viewport().update()

    def go_to_node(self, node_id: str) -> None:
        """Request the answers that lead to a node, and open its question."""
        if self._drawn_map is None:
            return
        decision_map = self._drawn_map.decision_map
        node = decision_map.node_by_id[node_id]
        answers = shortest_answers_to(decision_map, node_id, self._drawn_map.highlight.answers)
        self._emit_change(answers)
        if node.question is not None and (node.kind is MapNodeKind.QUESTION or not answers):
            self.question_opened.emit(node.question)

    def toggle_fold(self, node_id: str) -> None:
        """Request that the nodes after a node are shown or hidden. An outcome has none."""
        if self._drawn_map is None or self._drawn_map.decision_map.node_by_id[node_id].question is None:
            return
        self.keep_in_place(node_id)
        self.fold_requested.emit(node_id)

    # Pointer

    def on_click(self, position: QPoint) -> None:
        """Fold a node at its toggle, request the answer of a row, or go to the node of a card."""
        card = self._card_at(position)
        if card is None or self._drawn_map is None:
            return
        point = self.mapToScene(position)
        self._focused = card.node.id
        if card.fold_toggle and (point - QPointF(*card.fold_toggle)).manhattanLength() <= _TOGGLE_HIT_RADIUS:
            self.toggle_fold(card.node.id)
        elif row := self._answer_row_at(card, point):
            answers = self._drawn_map.highlight.answers
            self._emit_change(answers_for_branch(self._drawn_map.decision_map, row.branch, answers))
        else:
            self.go_to_node(card.node.id)
        self.viewport().update()

    def on_hover(self, position: QPoint | None) -> None:
        """Draw a ring around the node under the pointer."""
        card = self._card_at(position) if position is not None else None
        hovered = card.node.id if card else None
        if hovered != self._hovered:
            self._hovered = hovered
            cursor = Qt.CursorShape.PointingHandCursor if hovered else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(cursor)
            self.viewport().update()
            self.node_hovered.emit(hovered or self._focused or "")

    def viewportEvent(self, event: QEvent) -> bool:
        """Show the full texts of a card as its tooltip."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            lines = "<br>".join(escape(line) for line in self._tooltip_lines(event.pos()) if line)
            area = QRect(event.pos(), event.pos()).adjusted(-4, -4, 4, 4)
            QToolTip.showText(event.globalPos(), f"<p>{lines}</p>" if lines else "", self.viewport(), area)
            return True
        return super().viewportEvent(event)

    def _tooltip_lines(self, position: QPoint) -> tuple[str, ...]:
        card = self._card_at(position)
        if card is None or self._drawn_map is None:
            return ()
        item = self._drawn_map.picture.item_by_id[card.node.id]
        question = self._drawn_map.decision_map.question_of(card.node)
        row = self._answer_row_at(card, self.mapToScene(position))
        question_text = question.text if question and card.node.kind is MapNodeKind.QUESTION else ""
        return item.name, question_text, row.full_text if row else "", item.description

    def _card_at(self, position: QPoint) -> PlacedCard | None:
        if self._drawn_map is None:
            return None
        point = self.mapToScene(position)
        item = self._painter.node_at(point.x(), point.y())
        return self._drawn_map.placement.card_by_id.get(item.id) if item else None

    def _answer_row_at(self, card: PlacedCard, point: QPointF) -> PlacedAnswerRow | None:
        near = (row for row in card.rows if abs(row.port.y - point.y()) <= row.line.box.h * 0.6)
        return next(near, None)

    def _emit_change(self, answers: tuple[tuple[str, str], ...]) -> None:
        if answers:
            self.change_requested.emit(answers)

    # Keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the focus, go to a node, fold or zoom; other keys go to the window."""
        modifiers = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        handled = False
        if modifiers == Qt.KeyboardModifier.NoModifier and self._drawn_map is not None:
            handled = self._navigate(self._drawn_map, event.key())
        if not handled and modifiers in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier):
            handled = self.handle_zoom_key(event)
        event.setAccepted(handled)

    def _navigate(self, drawn_map: DrawnMap, key: int) -> bool:
        start = self._focused or self.current_node() or drawn_map.decision_map.root.id
        step = NAVIGATION_KEYS.get(key)
        if step is NavigationStep.CURRENT:
            self.focus_node(self.current_node() or start)
        elif step is not None:
            self.focus_node(next_node(drawn_map, start, step) if self._focused else start)
        elif self._focused is None:
            return False
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go_to_node(self._focused)
        elif key == Qt.Key.Key_Space or key in fold_keys(drawn_map.decision_map.node_by_id[self._focused].kind):
            self.toggle_fold(self._focused)
        elif key == Qt.Key.Key_Escape:
            self._focused = None
            self.node_hovered.emit("")
            self.viewport().update()
        else:
            return False
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Focus the current node after Tab."""
        super().focusInEvent(event)
        by_keyboard = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if by_keyboard and self._focused is None and (current := self.current_node()):
            self.focus_node(current)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Remove the focus ring."""
        super().focusOutEvent(event)
        self.viewport().update()

    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """Paint rings around the search results, the hovered node and the focused node."""
        super().drawForeground(painter, rect)
        if self._drawn_map is None:
            return
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for node in self._matches:
            self.draw_ring(painter, node, QPen(QColor(self._colors.hover), 2), 6)
        if self._hovered:
            self.draw_ring(painter, self._hovered, QPen(QColor(self._colors.hover), 1.5), 4)
        if self._focused and self.hasFocus():
            dashed = QPen(QColor(self._colors.focus), 2, Qt.PenStyle.CustomDashLine)
            dashed.setDashPattern([3, 2])
            self.draw_ring(painter, self._focused, dashed, 9)
        painter.restore()
