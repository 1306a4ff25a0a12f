"""A view to look around in: wheel, pinch and keys zoom, dragging moves, and until then everything fits."""

from __future__ import annotations

import math
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QNativeGestureEvent, QResizeEvent, QTransform, QWheelEvent
from PySide6.QtWidgets import QApplication, QFrame, QGestureEvent, QGraphicsView, QPinchGesture, QWidget

MARGIN = 24
"""Pixels left free around what is fitted or brought into view."""

_ZOOM_STEP = 1.25
_MAX_SCALE, _MIN_SCALE = 8.0, 0.1
_MAX_FIT_SCALE = 2.0


class ViewPosition(NamedTuple):
    """How the scene is looked at: pixels to the point, and the point in the middle of the view."""

    scale: float
    x: float
    y: float


class ZoomView(QGraphicsView):
    """Looks at an area from the origin to `extent`; a subclass says what a click and a hover mean."""

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
        """How the scene is looked at now."""
        return self._view_position

    def fit(self) -> None:
        """Show everything, and keep doing so as the window changes."""
        self.on_user_navigation()
        self._auto_fit = True
        self.set_view_position(self.fit_position())

    def zoom_in(self) -> None:
        """Come one step nearer to the middle."""
        self.zoom(_ZOOM_STEP)

    def zoom_out(self) -> None:
        """Go one step back from the middle."""
        self.zoom(1 / _ZOOM_STEP)

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Enlarge by a factor; the place `at`, in the view, stays where it is (the middle by default)."""
        if self._extent is None or not math.isfinite(factor) or factor <= 0:
            return
        self.on_user_navigation()
        old = self._view_position
        farthest = min(_MIN_SCALE, self.fit_position().scale)
        scale = min(max(old.scale * factor, farthest), _MAX_SCALE)
        away = (at - QRectF(self.viewport().rect()).center()) if at is not None else QPointF()
        keep = 1 / old.scale - 1 / scale
        self.set_view_position(ViewPosition(scale, old.x + away.x() * keep, old.y + away.y() * keep))

    def pan(self, by: QPointF) -> None:
        """Move what is seen by so many pixels."""
        self.on_user_navigation()
        look = self._view_position
        self.set_view_position(look._replace(x=look.x - by.x() / look.scale, y=look.y - by.y() / look.scale))

    def fit_position(self) -> ViewPosition:
        """The look that shows everything."""
        if self._extent is None:
            return self._view_position
        width, height = (max(1.0, side) for side in self._extent)
        room = self.viewport().size()
        scale = min((room.width() - 2 * MARGIN) / width, (room.height() - 2 * MARGIN) / height, _MAX_FIT_SCALE)
        return ViewPosition(max(scale, 0.01), width / 2, height / 2)

    def set_view_position(self, look: ViewPosition) -> None:
        """Look at the scene in this way; its middle never leaves the extent."""
        if self._extent is not None:
            right, bottom = self._extent
            look = ViewPosition(look.scale, min(max(look.x, 0), right), min(max(look.y, 0), bottom))
        self._view_position = look
        size = self.viewport().size()
        width, height = size.width() / look.scale, size.height() / look.scale
        self.setTransform(QTransform.fromScale(look.scale, look.scale))
        # What is in view and little more, so that there is nothing to scroll to but this very place.
        slack = 2 / look.scale
        seen = QRectF(look.x - width / 2, look.y - height / 2, width, height)
        self.setSceneRect(seen.adjusted(-slack, -slack, slack, slack))
        self.horizontalScrollBar().setValue(round(seen.x() * look.scale))
        self.verticalScrollBar().setValue(round(seen.y() * look.scale))

    # What a subclass adds to

    def on_user_navigation(self) -> None:
        """The person looks around: from now on the view stays as they leave it."""
        self._auto_fit = False

    def on_click(self, where: QPoint) -> None:
        """A click at a place in the view."""

    def on_hover(self, where: QPoint | None) -> None:
        """The mouse is over a place in the view, None for nowhere or while dragging."""

    # Events

    def handle_zoom_key(self, event: QKeyEvent) -> bool:
        """Whether the key was one of `+`, `-` and `0`, which is then done."""
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
        """Begin a click or a drag."""
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._pressed_at, self._dragged_to = event.position().toPoint(), None
            event.accept()
        else:
            event.ignore()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A quick second click is a click."""
        self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move what is seen, or hover."""
        here = event.position().toPoint()
        if self._pressed_at is None:
            self.on_hover(here)
            return
        far = (here - self._pressed_at).manhattanLength() >= QApplication.startDragDistance()
        if self._dragged_to is None and far:
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
        """Zoom at the mouse; two fingers on a touch pad move what is seen, as they do elsewhere."""
        held = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if not held and event.phase() != Qt.ScrollPhase.NoScrollPhase and not event.pixelDelta().isNull():
            self.pan(QPointF(event.pixelDelta()))
        else:
            self.zoom(_ZOOM_STEP ** (event.angleDelta().y() / 120), event.position())
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        """Zoom by pinching, on a touch pad or a touch screen; hover over nothing once the mouse has left."""
        if event.type() == QEvent.Type.Leave:
            self.on_hover(None)
        elif isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.zoom(1 + event.value(), event.position())
                return True
        elif isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                centre = self.viewport().mapFromGlobal(pinch.centerPoint())
                self.zoom(pinch.scaleFactor(), centre)
                return True
        return super().viewportEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again while nobody has looked around, else keep the middle in the middle."""
        super().resizeEvent(event)
        self.set_view_position(self.fit_position() if self._auto_fit else self._view_position)
