#!/bin/sh
# Makes the virtual environment named by the first argument, with Python 3.11 or newer.
# PYTHON in the environment chooses the interpreter.
set -eu
target=$1

fits() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))' >/dev/null 2>&1
}

as_debian_root() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1
}

find_python() {
    for name in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
        if fits "$name"; then
            command -v "$name"
            return
        fi
    done
    return 1
}

if ! python=$(find_python); then
    if [ -z "${PYTHON:-}" ] && as_debian_root; then
        apt-get update -q >&2
        DEBIAN_FRONTEND=noninteractive apt-get install -qy python3 python3-venv >&2
    fi
    python=$(find_python) || {
        echo "Tidings needs Python 3.11 to 3.14: install one, or name it, as in 'make PYTHON=/path/to/python3'." >&2
        exit 1
    }
fi

# Debian splits the venv module off its Python.
if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1 && as_debian_root; then
    apt-get update -q >&2
    DEBIAN_FRONTEND=noninteractive apt-get install -qy "$("$python" -c 'import sys; print("python3.%d-venv" % sys.version_info[1])')" >&2
fi
"$python" -m venv "$target" || {
    echo "$python cannot make a virtual environment: install its venv module (on Debian: apt-get install python3-venv)." >&2
    rm -rf "$target"
    exit 1
}
