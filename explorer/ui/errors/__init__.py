"""Error handling in the window: exception handler, error dialog and Qt log."""
