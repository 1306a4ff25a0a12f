"""Preview strip: names the previewed answer at the bottom of the diagram and what it would remove."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from explorer.engine.previews import Preview
from explorer.ui.widgets.labels import ElidedLabel
from explorer.ui.widgets.layouts import set_margins
from explorer.ui.widgets.status_icons import StatusIcon, StatusShape
from explorer.ui.widgets.styling import set_tone


class PreviewStrip(QFrame):
    """Lies over its host widget, ignores the mouse, and is hidden while there is no preview."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self.setObjectName("preview")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._host = host
        self._title = ElidedLabel("", "strong")
        self._summary = ElidedLabel("", "note")
        self._removed = ElidedLabel("", "note")
        set_tone(self._removed, "warn")
        lines = QVBoxLayout()
        set_margins(lines, gap=2)
        for label in (self._title, self._summary, self._removed):
            lines.addWidget(label)
        icon = StatusIcon(StatusShape.DOTTED, 20)
        set_tone(icon, "accent")
        row = QHBoxLayout(self)
        set_margins(row, (14, 9, 16, 10), 12)
        row.addWidget(icon)
        row.addLayout(lines, 1)
        host.installEventFilter(self)
        self.hide()

    def show_preview(self, preview: Preview) -> None:
        """Show the title and the changes of a preview."""
        self._title.show_text(preview.title)
        self._summary.show_text(f"In the diagram: {preview.change_summary}")
        self._removed.show_text(f"Removed: {preview.removed}")
        self._removed.setVisible(bool(preview.removed))
        self._update_geometry()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the bottom when the host changes its size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._update_geometry()
        return super().eventFilter(watched, event)

    def _update_geometry(self) -> None:
        self.adjustSize()
        available = self._host.size()
        width = min(max(self.sizeHint().width(), 320), available.width() - 32)
        height = self.sizeHint().height()
        self.setGeometry((available.width() - width) // 2, available.height() - height - 12, width, height)
