"""The decision map: the graph of questions and outcomes, and paths through it."""
