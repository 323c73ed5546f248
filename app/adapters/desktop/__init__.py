"""The outside things that are Qt: clipboard, opening a URL, single instance, sleep signals, tray host.

The only Qt below `app.ui`, and still an adapter: it does not know why it was called, nor any window of ours.
"""
