"""Explanations of an outcome: reasons, takeaways, remedies and alternative text."""
