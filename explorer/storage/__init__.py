"""Packs and settings on disk, read into plain values."""
