"""All the deeds that are killed, and refused, at every call."""

from __future__ import annotations

from tests.faults.strace_credentials import CREDENTIALS
from tests.faults.strace_settings import EXPORTS, SETTINGS
from tests.faults.strace_stores import JOURNALS, KEYRINGS, STATES, WINDOWS

ALL = (*CREDENTIALS, *SETTINGS, *EXPORTS, *STATES, *KEYRINGS, *JOURNALS, *WINDOWS)
BY_NAME = {each.name: each for each in ALL}
