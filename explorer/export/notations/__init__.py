"""Writers for the text formats of other diagram tools."""
