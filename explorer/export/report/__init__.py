"""Reports: the outcome as text, JSON and CSV."""
