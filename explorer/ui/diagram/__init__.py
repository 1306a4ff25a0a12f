"""The diagram canvas."""
