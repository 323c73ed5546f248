#!/bin/sh
# Set up what a make target needs: packaging/setup.sh run|demo|test|check|prove|bench
#
# Finds a Python 3.11 or later that really works (PYTHON=... overrides) and leaves the rest to prepare.py.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)

works() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' </dev/null >/dev/null 2>&1
}

if [ -n "${PYTHON:-}" ]; then
    works "$PYTHON" || {
        echo "rolecall: PYTHON=$PYTHON is not a working Python 3.11 or later." >&2
        exit 1
    }
    exec "$PYTHON" "$here/prepare.py" "$@"
fi

# Version managers put names into PATH that do not work, so each is tried. The existing environment's own comes first.
for python in "$here/../.venv/bin/python" python3.13 python3.12 python3.11 python3; do
    if works "$python"; then
        exec "$python" "$here/prepare.py" "$@"
    fi
done

echo "rolecall: no working Python 3.11 or later found. Install one (Debian, Ubuntu: apt-get install python3) or name" \
    "it: make PYTHON=/path/to/python3.11" >&2
exit 1
