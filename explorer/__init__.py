"""Berth: from questions to a drawn, explained architecture."""

__version__ = "0.1.0"
