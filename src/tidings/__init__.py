"""Tidings: an instant-messaging back end that any team can run itself."""

__version__ = "0.1.0"
