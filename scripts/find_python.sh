#!/bin/sh
# Prints the first Python that the program runs on (3.11 or newer); nothing if there is none.
for name in python3 python3.13 python3.12 python3.11 python; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        command -v "$name"
        exit 0
    fi
done
echo "KyphoViz needs Python 3.11 or newer, and none was found." >&2
exit 1
