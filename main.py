"""Start Rolecall from a checkout: the same program as the installed command `rolecall`."""

from __future__ import annotations

from app.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main())
