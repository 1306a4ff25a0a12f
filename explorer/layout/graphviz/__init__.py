"""Graphviz: DOT input, JSON output and the process that runs the layout program."""
