#!/bin/sh
# Runs a script with a Python that is new enough, or says in one line what is missing.
for python in "${PYTHON:-python3}" python3.14 python3.13 python3.12 python3.11; do
  if command -v "$python" >/dev/null 2>&1 && "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    exec "$python" "$@"
  fi
done
echo "Python 3.11 or newer is needed. Install it first (Debian, Ubuntu: apt-get install python3 python3-venv)." >&2
exit 1
