"""Orthogonal edge routing and edge labels."""
