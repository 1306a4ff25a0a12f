"""Architecture layout: placement, quality rules, side-by-side layouts and the layout cache."""
