"""Light and dark themes: style sheet, icons and theme manager."""
