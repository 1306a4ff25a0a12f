"""Panels that explain the outcome: outcome bar, takeaways and remedies."""
