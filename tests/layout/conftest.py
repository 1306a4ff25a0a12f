"""Text is measured with the application's fonts, so there is an application before anything is placed."""

import pytest


@pytest.fixture(scope="session", autouse=True)
def application(qapp):
    return qapp
