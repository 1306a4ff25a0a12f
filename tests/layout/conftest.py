"""Fixtures of the layout tests: measuring text with Qt fonts needs an application."""

import pytest


@pytest.fixture(scope="session", autouse=True)
def application(qapp):
    return qapp
