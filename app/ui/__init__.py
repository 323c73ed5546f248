"""How it looks, and what was asked for: the window sends intents and shows what the core tells it.

It knows no secret, token, file, retry or URL with a token. What a person types goes from the widget straight to a
port and is never read back. No nested event loop: dialogs are opened, never executed.
"""
