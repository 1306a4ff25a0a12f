"""Export dialog, clipboard and export of all scenarios."""
