"""The questions: walk panel, question card, answer preview and search."""
