"""Sends messages of Qt to the log."""

from __future__ import annotations

import logging

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

log = logging.getLogger("explorer.qt")

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def install_qt_log_handler() -> None:
    """Log messages of Qt instead of printing them."""
    qInstallMessageHandler(_log_message)


def _log_message(level: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    log.log(_LEVELS.get(level, logging.WARNING), "%s", message)
