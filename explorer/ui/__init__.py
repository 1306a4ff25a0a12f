"""The window: it shows values and reports wishes."""
