"""JSON for the widget and for other programs."""
