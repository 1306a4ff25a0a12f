"""About dialog: version, sources and notices."""

from __future__ import annotations

import platform

import PySide6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from explorer.core.model.pack import Pack
from explorer.storage.build_info import full_version
from explorer.ui.widgets.labels import make_label
from explorer.ui.widgets.layouts import ScrollColumn, set_margins


class AboutDialog(QDialog):
    """Shows a text about Berth and a text about the icons; the user can select and copy both."""

    def __init__(self, text: str, icon_notice: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("About Berth")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(560, 440)
        page = QWidget()
        content = QVBoxLayout(page)
        set_margins(content, (24, 8, 24, 16), 8)
        content.addWidget(make_label(text, selectable=True))
        content.addSpacing(8)
        content.addWidget(make_label("Icons", "strong"))
        content.addWidget(make_label(icon_notice, selectable=True))
        content.addStretch(1)
        scroll = ScrollColumn("About Berth")
        scroll.set_content(page)
        close = QPushButton("Close")
        close.clicked.connect(self.accept)
        footer = QHBoxLayout()
        set_margins(footer, (24, 8, 24, 0))
        footer.addStretch(1)
        footer.addWidget(close)
        heading = make_label("Berth", "head")
        heading.setContentsMargins(24, 0, 24, 0)
        column = QVBoxLayout(self)
        set_margins(column, (0, 24, 0, 20), 4)
        column.addWidget(heading)
        column.addWidget(scroll, 1)
        column.addLayout(footer)


def about_text(pack: Pack) -> str:
    """Return versions, sources and notices as plain text."""
    return (
        f"Berth {full_version()}\n"
        "From questions to an architecture, drawn and explained.\n\n"
        f"Pack: {pack.title} {pack.version}, as of {pack.as_of}\n{pack.credit}\n\n"
        f"Python {platform.python_version()}, PySide6 {PySide6.__version__}\n"
        "Font: Liberation Sans, SIL Open Font License 1.1.\n"
        "Layout: Graphviz as graphviz-pure, Eclipse Public License 2.0.\n"
        "AWS and the names of its services are trademarks of Amazon.com, Inc. or its affiliates; "
        "Berth is neither affiliated with nor endorsed by them."
    )
