"""Export requests: what to export, in which theme, size and caption."""
