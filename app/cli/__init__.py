"""Arguments, exit codes, text for people and JSON for programs; the same core as the window's.

Nothing here imports Qt, and heavy modules are imported by the command that needs them: `list` and `credentials` have
to be quick.
"""
