"""Arguments, exit codes, text and JSON: the same core for scripts and for AWS tools, without Qt.

Exit codes: 0 done, 1 refused or failed, 2 wrong usage, 3 needs a person and there is no terminal. Results go to
standard output, everything else to standard error. Commands that AWS tools call often load as little as they can.
"""
