"""Styling helpers: the tone and the tooltip of a widget."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def set_tone(widget: QWidget, tone: str) -> None:
    """Set the property `tone`, by which the style sheet colors the widget."""
    if widget.property("tone") != tone:
        widget.setProperty("tone", tone)
        if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
            return  # Qt styles it before the first paint
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def tooltip_html(text: str) -> str:
    """Return plain text as HTML for a tooltip, so that Qt wraps it and reads no markup in it."""
    return f"<qt>{escape(text)}</qt>" if text else ""


def set_tooltip(widget: QWidget, text: str) -> None:
    """Set plain text as tooltip and accessible description; an empty text removes both."""
    widget.setToolTip(tooltip_html(text))
    widget.setAccessibleDescription(text)
