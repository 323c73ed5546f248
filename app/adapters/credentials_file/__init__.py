"""The shared credentials file of the AWS tools: of all that stands in it, we own only what we wrote.

Who only reads imports `reader` (and `location`), which is light. `file` writes, `asynchronous` does it in a thread.
`lines`, `marks`, `edit`, `merge` and `diagnose` are pure; files are opened in `settled`, `replace`, `reader` and
`file` alone, and what Windows does differently stands in `platform_seam`.
"""
