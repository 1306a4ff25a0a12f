"""What fits text into shapes with Pillow's fonts, which Berth does by itself."""
