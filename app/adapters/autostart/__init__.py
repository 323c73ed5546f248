"""Starting with the person's session, as each desktop does it: one small entry in a place of its own.

`xdg` is for Linux and its like, `launch_agent` for macOS, `run_key` for Windows.
"""

from app.adapters.autostart.program import this_program
from app.adapters.autostart.switch import AutostartSwitch

__all__ = ["AutostartSwitch", "this_program"]
