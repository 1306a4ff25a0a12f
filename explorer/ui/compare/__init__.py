"""Comparison of two scenarios in the window."""
