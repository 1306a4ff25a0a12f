"""Zoomable graphics view: wheel, pinch and keys zoom, dragging pans; until then the content fits the view."""

from __future__ import annotations

import math
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QNativeGestureEvent, QResizeEvent, QTransform, QWheelEvent
from PySide6.QtWidgets import QApplication, QFrame, QGestureEvent, QGraphicsView, QPinchGesture, QWidget

MARGIN = 24
"""Pixels left free around the content."""

_ZOOM_STEP = 1.25
_MAX_SCALE, _MIN_SCALE = 8.0, 0.1
_MAX_FIT_SCALE = 2.0


class ViewPosition(NamedTuple):
    """The zoom (pixels per point of the scene) and the scene point in the center of the view."""

    scale: float
    x: float
    y: float


class ZoomView(QGraphicsView):
    """Shows the area from the origin to `extent`. A subclass handles clicks and hovering."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._extent: tuple[float, float] | None = None
        self._view_position = ViewPosition(1, 0, 0)
        self._auto_fit = True
        self._pressed_at: QPoint | None = None
        self._dragged_to: QPoint | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self.viewport().grabGesture(Qt.GestureType.PinchGesture)

    @property
    def view_position(self) -> ViewPosition:
        """The current zoom and center."""
        return self._view_position

    def fit(self) -> None:
        """Show the whole scene, also after the view is resized."""
        self.on_user_navigation()
        self._auto_fit = True
        self.set_view_position(self.fit_position())

    def zoom_in(self) -> None:
        """Zoom in one step at the center."""
        self.zoom(_ZOOM_STEP)

    def zoom_out(self) -> None:
        """Zoom out one step at the center."""
        self.zoom(1 / _ZOOM_STEP)

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom by a factor. The point `at` of the view stays in place (default: the center)."""
        if self._extent is None or not math.isfinite(factor) or factor <= 0:
            return
        self.on_user_navigation()
        old = self._view_position
        min_scale = min(_MIN_SCALE, self.fit_position().scale)
        scale = min(max(old.scale * factor, min_scale), _MAX_SCALE)
        offset = (at - QRectF(self.viewport().rect()).center()) if at is not None else QPointF()
        keep = 1 / old.scale - 1 / scale
        self.set_view_position(ViewPosition(scale, old.x + offset.x() * keep, old.y + offset.y() * keep))

    def pan(self, by: QPointF) -> None:
        """Move the content by a number of pixels."""
        self.on_user_navigation()
        at = self._view_position
        self.set_view_position(at._replace(x=at.x - by.x() / at.scale, y=at.y - by.y() / at.scale))

    def fit_position(self) -> ViewPosition:
        """Return the position that shows the whole scene."""
        if self._extent is None:
            return self._view_position
        width, height = (max(1.0, side) for side in self._extent)
        available = self.viewport().size()
        scale = min(
            (available.width() - 2 * MARGIN) / width, (available.height() - 2 * MARGIN) / height, _MAX_FIT_SCALE
        )
        return ViewPosition(max(scale, 0.01), width / 2, height / 2)

    def set_view_position(self, position: ViewPosition) -> None:
        """Zoom and scroll to a position, whose center is limited to the extent."""
        if self._extent is not None:
            right, bottom = self._extent
            position = ViewPosition(position.scale, min(max(position.x, 0), right), min(max(position.y, 0), bottom))
        self._view_position = position
        size = self.viewport().size()
        width, height = size.width() / position.scale, size.height() / position.scale
        self.setTransform(QTransform.fromScale(position.scale, position.scale))
        # Limit the scene to the visible area and a little more: otherwise Qt scrolls on its own.
        slack = 2 / position.scale
        visible = QRectF(position.x - width / 2, position.y - height / 2, width, height)
        self.setSceneRect(visible.adjusted(-slack, -slack, slack, slack))
        self.horizontalScrollBar().setValue(round(visible.x() * position.scale))
        self.verticalScrollBar().setValue(round(visible.y() * position.scale))

    # Hooks for subclasses

    def on_user_navigation(self) -> None:
        """The user zooms or pans: stop fitting the content to the view."""
        self._auto_fit = False

    def on_click(self, where: QPoint) -> None:
        """Handle a click at a point of the view."""

    def on_hover(self, where: QPoint | None) -> None:
        """Handle the mouse over a point of the view; None: it has left the view, or the user drags."""

    # Events

    def handle_zoom_key(self, event: QKeyEvent) -> bool:
        """Zoom or fit by `+`, `-` or `0`; return whether it was one of these keys."""
        match event.key():
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom_in()
            case Qt.Key.Key_Minus:
                self.zoom_out()
            case Qt.Key.Key_0:
                self.fit()
            case _:
                return False
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Start a click or a drag."""
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._pressed_at, self._dragged_to = event.position().toPoint(), None
            event.accept()
        else:
            event.ignore()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Handle the second click of a double click as a click."""
        self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pan, or hover."""
        here = event.position().toPoint()
        if self._pressed_at is None:
            self.on_hover(here)
            return
        is_drag = (here - self._pressed_at).manhattanLength() >= QApplication.startDragDistance()
        if self._dragged_to is None and is_drag:
            self._dragged_to = self._pressed_at
            self.on_hover(None)
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        if self._dragged_to is not None:
            self.pan(QPointF(here - self._dragged_to))
            self._dragged_to = here

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a drag, or click."""
        pressed, dragged = self._pressed_at, self._dragged_to
        self._pressed_at = self._dragged_to = None
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor)
        self.on_hover(None)
        if pressed is not None and dragged is None and event.button() == Qt.MouseButton.LeftButton:
            self.on_click(pressed)
        self.on_hover(event.position().toPoint())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the mouse; pan by two fingers on a touch pad."""
        has_control_key = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if not has_control_key and event.phase() != Qt.ScrollPhase.NoScrollPhase and not event.pixelDelta().isNull():
            self.pan(QPointF(event.pixelDelta()))
        else:
            self.zoom(_ZOOM_STEP ** (event.angleDelta().y() / 120), event.position())
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        """Zoom by pinch gestures, and end hovering when the mouse leaves."""
        if event.type() == QEvent.Type.Leave:
            self.on_hover(None)
        elif isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.zoom(1 + event.value(), event.position())
                return True
        elif isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                center = self.viewport().mapFromGlobal(pinch.centerPoint())
                self.zoom(pinch.scaleFactor(), center)
                return True
        return super().viewportEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the content again if the user has not zoomed or panned; else keep the center."""
        super().resizeEvent(event)
        self.set_view_position(self.fit_position() if self._auto_fit else self._view_position)
