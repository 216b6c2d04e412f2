#!/bin/sh
# Prints the Python to build the virtual environment with: the one named in $1, or the first that suits. A version
# manager's stand-in may be on the path without the version behind it, so each candidate is run and not only found.
set -u

suits() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null
}

makes_environments() {
    "$1" -c 'import ensurepip, venv' 2>/dev/null
}

refuse() {
    echo "$1" >&2
    exit 1
}

wanted=${1:-}
if [ -n "$wanted" ] && ! suits "$wanted"; then
    refuse "PYTHON=$wanted is not a Python 3.11, 3.12 or 3.13 that runs here. Name another, or leave PYTHON out."
fi

without_venv=""
for candidate in ${wanted:-python3.13 python3.12 python3.11 python3}; do
    if suits "$candidate"; then
        if makes_environments "$candidate"; then
            command -v "$candidate"
            exit 0
        fi
        without_venv=${without_venv:-$candidate}
    fi
done

if [ -n "$without_venv" ]; then
    version=$("$without_venv" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    refuse "Python $version is here without its venv module. On Debian or Ubuntu type: sudo apt-get install python$version-venv"
fi
refuse "No Python 3.11, 3.12 or 3.13 was found. On Debian or Ubuntu type: sudo apt-get install python3 python3-venv (or name one: make PYTHON=/path/to/python3.12 ...)"
