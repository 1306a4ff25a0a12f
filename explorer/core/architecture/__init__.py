"""Architectures: built from an outcome, and compared with each other."""
