"""Messages of Qt are logged."""

import logging

import pytest
from PySide6.QtCore import qInstallMessageHandler, qWarning

from explorer.ui.errors.qt_log import install_qt_log_handler


@pytest.fixture
def restore_handler():
    before = qInstallMessageHandler(None)
    yield
    qInstallMessageHandler(before)


def test_a_warning_of_qt_is_logged_as_a_warning(restore_handler, caplog):
    install_qt_log_handler()
    with caplog.at_level(logging.WARNING, "explorer.qt"):
        qWarning("the screen has gone")
    assert caplog.record_tuples == [("explorer.qt", logging.WARNING, "the screen has gone")]
