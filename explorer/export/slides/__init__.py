"""PowerPoint writer: pictures as native shapes that the user can move, recolor and edit."""
