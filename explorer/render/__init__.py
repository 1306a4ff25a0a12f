"""Rendering: composes a placement and a theme to a picture, which the canvas and all exporters share."""
