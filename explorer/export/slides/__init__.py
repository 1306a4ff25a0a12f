"""Slides with real shapes: what is drawn can be moved, recoloured and retyped in a presentation program."""
