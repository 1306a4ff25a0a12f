"""Orthogonal edge routing and edge label placement."""
