"""Rolecall: temporary AWS credentials from a desktop window or the command line."""

__version__ = "0.1.0"
