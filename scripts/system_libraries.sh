#!/bin/sh
# Sees to it that the system's own libraries are there: what Qt, OpenGL and pip need and no Python package brings.
#
#   scripts/system_libraries.sh run|test PYTHON
#
# On Debian and Ubuntu, what is missing is installed where this may be done without a question (root, or sudo without a
# password); otherwise the one line to run is printed and the script ends with 1. Elsewhere on Linux it names
# what is missing. It does nothing where everything is there, and nothing on other systems.
set -eu

purpose=${1:-run}
python=${2:-python3}
[ "$(uname -s)" = Linux ] || exit 0
PATH=$PATH:/usr/sbin:/sbin

missing=""
needs() { # needs PACKAGE: remembers it once
    case " $missing " in *" $1 "*) ;; *) missing="$missing $1" ;; esac
}

# Shared libraries, and the package that brings each.
known=$(ldconfig -p 2>/dev/null || true)
while read -r library package; do
    case "$known" in *"$library "*) ;; *) needs "$package" ;; esac
done <<'LIBRARIES'
libEGL.so.1 libegl1
libEGL_mesa.so.0 libegl-mesa0
libGL.so.1 libgl1
libGLX_mesa.so.0 libglx-mesa0
libOpenGL.so.0 libopengl0
libX11.so.6 libx11-6
libX11-xcb.so.1 libx11-xcb1
libxkbcommon.so.0 libxkbcommon0
libxkbcommon-x11.so.0 libxkbcommon-x11-0
libxcb-cursor.so.0 libxcb-cursor0
libxcb-icccm.so.4 libxcb-icccm4
libxcb-image.so.0 libxcb-image0
libxcb-keysyms.so.1 libxcb-keysyms1
libxcb-randr.so.0 libxcb-randr0
libxcb-render-util.so.0 libxcb-render-util0
libxcb-shape.so.0 libxcb-shape0
libxcb-shm.so.0 libxcb-shm0
libxcb-sync.so.1 libxcb-sync1
libxcb-util.so.1 libxcb-util1
libxcb-xfixes.so.0 libxcb-xfixes0
libxcb-xkb.so.1 libxcb-xkb1
libwayland-client.so.0 libwayland-client0
libwayland-cursor.so.0 libwayland-cursor0
libwayland-egl.so.1 libwayland-egl1
libdbus-1.so.3 libdbus-1-3
libfontconfig.so.1 libfontconfig1
libfreetype.so.6 libfreetype6
libglib-2.0.so.0 libglib2.0-0
libstdc++.so.6 libstdc++6
LIBRARIES

# The software renderer, for machines without a graphics card.
ls /usr/lib*/dri/swrast_dri.so /usr/lib/*/dri/swrast_dri.so /usr/lib*/libgallium-*.so /usr/lib/*/libgallium-*.so \
    2>/dev/null | grep -q . || needs libgl1-mesa-dri
# At least one font.
find /usr/share/fonts /usr/local/share/fonts "$HOME/.fonts" "$HOME/.local/share/fonts" \
    \( -name '*.ttf' -o -name '*.otf' -o -name '*.ttc' \) 2>/dev/null | grep -q . || needs fonts-dejavu-core

if [ "$purpose" = test ]; then
    command -v Xvfb >/dev/null 2>&1 || needs xvfb
fi

# What it takes to make the environment: pip, and a compiler for the one package that comes as source.
if ! .venv/bin/python -c 'import pip, skfmm' 2>/dev/null; then
    version=$("$python" -c 'import sys; print("python%d.%d" % sys.version_info[:2])')
    [ "$(readlink -f "$python")" = "$(readlink -f /usr/bin/python3 2>/dev/null)" ] && version=python3
    "$python" -c 'import ensurepip, venv' 2>/dev/null || needs "$version-venv"
    command -v c++ >/dev/null 2>&1 || needs g++
    command -v cc >/dev/null 2>&1 || needs gcc
    "$python" -c 'import os, sys, sysconfig; sys.exit(not os.path.exists(sysconfig.get_path("include") + "/Python.h"))' \
        || needs "$version-dev"
fi

[ -n "$missing" ] || exit 0
missing=${missing# }

if ! command -v apt-get >/dev/null 2>&1; then
    echo "These are missing on this system (Debian's names; install what brings them here): $missing" >&2
    exit 1
fi
if [ "$(id -u)" = 0 ]; then
    root=""
elif sudo -n true 2>/dev/null; then
    root="sudo -n"
else
    echo "Some system libraries are missing. Run this line, then make again:" >&2
    echo "  sudo apt-get update && sudo apt-get install -y --no-install-recommends $missing" >&2
    exit 1
fi
echo "Installing missing system libraries: $missing"
$root apt-get update -q || echo "The list of packages could not be renewed; going on with the old one." >&2
# shellcheck disable=SC2086
$root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing
