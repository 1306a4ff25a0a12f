"""Berth: from questions to a drawn, explained architecture."""

import logging

__version__ = "0.2.0"

IDENTITY = "org.berth.Berth"
"""How desktops know the application: its menu entry, its icon, its bundle."""

logging.getLogger("explorer").addHandler(logging.NullHandler())  # the log is for those who ask for one
