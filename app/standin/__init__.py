"""A strict local AWS for the demo and the tests.

It knows nothing of the program it stands in for, as the real AWS does not. Only `app.bootstrap` imports it, and late:
what it needs is an optional dependency.
"""
