"""Exhaustive verification of a pack and of every drawing that it can produce."""
