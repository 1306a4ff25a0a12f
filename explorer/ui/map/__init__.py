"""The decision map view."""
