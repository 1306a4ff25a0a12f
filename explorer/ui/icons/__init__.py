"""Selection of the icon source."""
