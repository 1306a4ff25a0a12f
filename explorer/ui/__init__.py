"""The window: shows values and emits user intent."""
