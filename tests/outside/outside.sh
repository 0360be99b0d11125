#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# outside.sh BINARIES RESULTS: drives the programs in the folder BINARIES from outside, through the accessibility bus,
# on a display with a window manager, a session bus and a keychain of their own. When that fails, the accessible tree
# and a picture of the screen are left in the folder RESULTS.
set -eu
here=$(cd "$(dirname "$0")" && pwd)

if [ "${1-}" = --inside ]; then
    shift
    display=
    manager=
    trap 'for one in $manager $display; do kill "$one" || :; wait "$one" || :; done' EXIT
    mkdir "$HOME/screen"
    exec 3>"$HOME/display"
    Xvfb -displayfd 3 -screen 0 1280x900x24 -fbdir "$HOME/screen" -nolisten tcp >"$HOME/Xvfb.log" 2>&1 &
    display=$!
    exec 3>&-
    tries=200
    until [ -s "$HOME/display" ]; do
        tries=$((tries - 1))
        if [ "$tries" -eq 0 ] || ! kill -0 "$display" 2>/dev/null; then
            echo "outside.sh: the display did not start:" >&2
            cat "$HOME/Xvfb.log" >&2
            exit 1
        fi
        sleep 0.1
    done
    DISPLAY=:$(cat "$HOME/display")
    export DISPLAY
    # What the bus starts later needs the display too: the service that presses keys.
    dbus-update-activation-environment DISPLAY
    openbox >"$HOME/openbox.log" 2>&1 &
    manager=$!
    # Debian's own Python has the bindings of the accessibility bus.
    /usr/bin/python3 -B "$here/outside.py" "$@"
    exit
fi

for tool in Xvfb openbox gnome-keyring-daemon dbus-run-session /usr/libexec/at-spi-bus-launcher; do
    if ! command -v "$tool" >/dev/null; then
        echo "outside.sh: $tool is not installed; resources/debian-packages.txt names its package" >&2
        exit 1
    fi
done
exec env LC_ALL=C.UTF-8 TZ=UTC "$here/../service/keychain.sh" unlocked "$0" --inside "$@"
