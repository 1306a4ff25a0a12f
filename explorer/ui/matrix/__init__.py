"""The what-if matrix view."""
