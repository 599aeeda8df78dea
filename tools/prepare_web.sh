#!/bin/sh
# Sees to it that the client tests find Node 20+ with npm, and Chromium.
# Node comes from a Python package, locked in requirements/node.txt, where the machine has none;
# Chromium from the distribution, which on Debian (as root) is asked here.
set -eu
venv=$1
PATH="$PWD/$venv/bin:$PATH"

has_node() {
    command -v npm >/dev/null 2>&1 &&
        node -e 'process.exit(process.versions.node.split(".")[0] >= 20 ? 0 : 1)' >/dev/null 2>&1
}

has_chromium() {
    for name in "${CHROMIUM:-chromium}" chromium-browser google-chrome google-chrome-stable; do
        if command -v "$name" >/dev/null 2>&1; then
            return 0
        fi
    done
    return 1
}

if ! has_node; then
    "$venv/bin/python" -m pip install -q --require-hashes --only-binary :all: -r requirements/node.txt
    has_node || {
        echo "The client tests need Node 20 or newer with npm on PATH: get it from your system's packages." >&2
        exit 1
    }
fi

if ! has_chromium && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    apt-get update -q
    DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends chromium
fi
has_chromium || {
    echo "The client tests need Chromium on PATH, or CHROMIUM naming it (on Debian: apt-get install chromium)." >&2
    exit 1
}
