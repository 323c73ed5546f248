"""The AWS Security Token Service: its query protocol, its answers, its errors.

Requests and answers are values of `app.domain`. Every error code of the service leaves here as its own typed error.
"""
