"""Picture view: draws the items of a picture and animates the change from one picture to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from PySide6.QtCore import QEasingCurve, QPoint, QRect, QRectF, QVariantAnimation
from PySide6.QtGui import QColor, QGuiApplication, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QGraphicsScene, QWidget

from explorer.qt.painter import IconLookup, IconPainter
from explorer.render.picture import Item, ItemKind, Picture
from explorer.ui.diagram.canvas_message import CanvasMessage
from explorer.ui.diagram.items import PictureItem
from explorer.ui.theme.canvas_colors import CanvasColors
from explorer.ui.widgets.animation import interpolate
from explorer.ui.widgets.zoom_view import ViewPosition, ZoomView

_ANIMATION_MS = 220


def system_allows_animation() -> bool:
    """Whether animation is enabled in the system settings; True if Qt cannot tell."""
    hints = QGuiApplication.styleHints().accessibility()
    preference = getattr(hints, "motionPreference", None)  # Since Qt 6.12.
    return preference is None or "Reduc" not in preference().name


class PictureView(ZoomView):
    """Shows a picture, one `PictureItem` for each item. A subclass adds the interaction."""

    def __init__(self, icons: IconPainter | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons = icons or IconPainter()
        self._colors = CanvasColors()
        self._picture: Picture | None = None
        self._items: dict[str, PictureItem] = {}
        self._transitions: list[tuple[Item, Item]] = []
        self._start_position = self._end_position = self.view_position
        self._animation_enabled = system_allows_animation()
        scene = QGraphicsScene(self)
        scene.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.setScene(scene)
        self.setViewportUpdateMode(ZoomView.ViewportUpdateMode.SmartViewportUpdate)
        self._animation = QVariantAnimation(self)
        self._animation.setDuration(_ANIMATION_MS)
        self._animation.setStartValue(0.0)
        self._animation.setEndValue(1.0)
        self._animation.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._animation.valueChanged.connect(self._animate)
        self._animation.finished.connect(self._finish_transitions)
        self._message = CanvasMessage(self)
        self.show_message("The diagram appears here.")

    def show_picture(self, picture: Picture) -> None:
        """Show a picture. Items that both pictures have move to their new places."""
        first = self._picture is None
        self._animation.stop()  # Items continue from where they are now.
        self._picture, self._extent = picture, picture.size
        self._replace_items(picture)
        self.show_message("")
        self._start_position = self.view_position
        self._end_position = self.fit_position() if self._auto_fit else self.view_position
        if first or not self._animation_enabled or not self.isVisible():
            self._finish_transitions()
        else:
            self._animate(0.0)
            self._animation.start()
        self.viewport().update()

    def set_icons(self, lookup: IconLookup) -> None:
        """Draw the icons that this lookup finds."""
        self._icons.set_lookup(lookup)
        for drawn in self._items.values():
            drawn.update()

    def show_colors(self, colors: CanvasColors) -> None:
        """Use the colors of a theme."""
        self._colors = colors
        self.setBackgroundBrush(QColor(colors.canvas))
        self._message.show_colors(colors)

    def show_message(self, text: str) -> None:
        """Show a message over the picture, which stays visible; "" hides the message."""
        self._message.show_text(text, over_picture=self._picture is not None)

    def set_animation_enabled(self, enabled: bool) -> None:
        """Enable animation, or disable it for users who ask for reduced motion."""
        self._animation_enabled = enabled
        if not enabled:
            self.finish_animation()

    @property
    def animation_enabled(self) -> bool:
        """Whether changes are animated; by default as in the system settings."""
        return self._animation_enabled

    def finish_animation(self) -> None:
        """Move all items to their final places without animation."""
        if self._animation.state() == QVariantAnimation.State.Running:
            self._animation.stop()
            self._finish_transitions()

    def drawn_items(self) -> Mapping[str, PictureItem]:
        """The graphics items by the ids of their items."""
        return MappingProxyType(self._items)

    def drawn_item(self, item_id: str) -> PictureItem:
        """The graphics item that draws an item."""
        return self._items[item_id]

    def item_at(self, position: QPoint) -> str | None:
        """The id of the item at a position in the view: a node before an edge, an edge before a group."""
        hits = [found.item for found in self.items(position) if isinstance(found, PictureItem)]
        for kind in (ItemKind.NODE, ItemKind.EDGE, ItemKind.GROUP):
            for item in hits:
                if item.kind is kind:
                    return item.id
        return None

    # What a subclass overrides

    def items_moved(self) -> None:
        """Called when items have new places or looks, at each step of the animation."""

    def view_moved(self) -> None:
        """Called when items have new places on the screen, once after an animation."""

    # Animation

    def on_user_navigation(self) -> None:
        """Finish the animation when the user zooms or pans."""
        super().on_user_navigation()
        self.finish_animation()

    def set_view_position(self, position: ViewPosition) -> None:
        """Show the picture at this scale and center."""
        super().set_view_position(position)
        if self._animation.state() != QVariantAnimation.State.Running:
            self.view_moved()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Finish the animation, so that the user does not click on moving items."""
        self.finish_animation()
        super().mousePressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Finish the animation and place the message again."""
        self.finish_animation()
        super().resizeEvent(event)
        self._message.update_geometry()

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """Draw the canvas, and on it the background of the picture."""
        super().drawBackground(painter, rect)
        if self._picture is not None and self._picture.background is not None:
            painter.fillRect(QRectF(0, 0, *self._picture.size), QColor(self._picture.background))

    def _replace_items(self, picture: Picture) -> None:
        for removed in [key for key in self._items if key not in picture.item_by_id]:
            self.scene().removeItem(self._items.pop(removed))
        self._transitions = []
        for depth, item in enumerate(picture.items):
            drawn = self._items.get(item.id)
            if drawn is None:
                drawn = self._items[item.id] = PictureItem(item, self._icons)
                self.scene().addItem(drawn)
                self._transitions.append((replace(item, opacity=0.0), item))
            elif drawn.item != item:
                self._transitions.append((drawn.item, item))
            drawn.setZValue(depth + 1)

    def _animate(self, progress: float) -> None:
        for before, after in self._transitions:
            self._items[after.id].show_item(interpolate(before, after, progress))
        if self._start_position != self._end_position:
            pairs = zip(self._start_position, self._end_position, strict=True)
            self.set_view_position(ViewPosition(*(start + (end - start) * progress for start, end in pairs)))
        self.items_moved()

    def _finish_transitions(self) -> None:
        self._animate(1.0)
        self._transitions = []
        self._start_position = self._end_position = self.view_position
        self.view_moved()
