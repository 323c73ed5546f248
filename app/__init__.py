"""Rolecall: temporary AWS credentials from a desktop window or the command line."""
