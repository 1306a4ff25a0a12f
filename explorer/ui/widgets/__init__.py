"""Reusable widgets without domain knowledge."""
