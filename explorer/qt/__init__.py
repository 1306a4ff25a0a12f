"""Painting with Qt: fonts, text metrics, the painter of pictures, and the import of PySide6."""
