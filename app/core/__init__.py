"""Sequences: who is asked, in which order, when to renew.

The core speaks to the world through `app.ports` alone. It knows no HTTP status, XML, path or widget, and none of the
words shown to a person. It catches the errors of `app.domain.errors` by name, never `Exception`.
"""
