"""The settings file: read by the standard library, changed line by line so that everything a person wrote survives.

`scan` finds where statements stand, `edit` changes a text, `store` is the file with its lock. What the content means is
told by `app.domain.settings_schema`. tomlkit only writes values, and is imported when something is written.
"""

from app.adapters.settings_file.store import SettingsFile

__all__ = ["SettingsFile"]
