"""What Berth is, which version, and whose work it carries."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from explorer.ui.widgets.basic import Column, spaced, text


class AboutDialog(QDialog):
    """Plain texts of any length, to read and to copy: of Berth, and of the icons in use."""

    def __init__(self, words: str, icons: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("About Berth")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(560, 440)
        page = QWidget()
        inner = QVBoxLayout(page)
        spaced(inner, (24, 8, 24, 16), 8)
        inner.addWidget(text(words, selectable=True))
        inner.addSpacing(8)
        inner.addWidget(text("Icons", "strong"))
        inner.addWidget(text(icons, selectable=True))
        inner.addStretch(1)
        scroll = Column("About Berth")
        scroll.fill(page)
        close = QPushButton("Close")
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        spaced(foot, (24, 8, 24, 0))
        foot.addStretch(1)
        foot.addWidget(close)
        heading = text("Berth", "head")
        heading.setContentsMargins(24, 0, 24, 0)
        column = QVBoxLayout(self)
        spaced(column, (0, 24, 0, 20), 4)
        column.addWidget(heading)
        column.addWidget(scroll, 1)
        column.addLayout(foot)
