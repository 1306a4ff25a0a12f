"""Export dialog, clipboard and bundle export."""
