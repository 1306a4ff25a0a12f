"""Hands to work the dialogs of the window with."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget


def go_on_to_a_file(window: QWidget, path: Path) -> None:
    """Take the export dialog as it is, and give a file's name."""
    press_button(window, "Export…")
    choose_file(window, path)


def choose_file(window: QWidget, path: Path) -> None:
    """Give a file's name to the dialog that asks for one."""
    dialog = next(dialog for dialog in window.findChildren(QFileDialog) if dialog.isVisible())
    dialog.selectFile(str(path))
    dialog.accept()


def press_button(window: QWidget, words: str) -> None:
    """Press the button with these words, wherever it is in the window."""
    buttons = window.findChildren(QPushButton)
    shown = [button for button in buttons if button.isVisible()]
    next(button for button in shown if button.text().replace("&", "") == words).click()
