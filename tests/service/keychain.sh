#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# keychain.sh KIND PROGRAM [ARGUMENT...]: runs PROGRAM in private folders that are removed afterwards. KIND says what
# it finds there; a keychain it starts itself (tests/support/keychaindaemon.h).
#   bus        a session bus of its own, which starts no services
#   no-bus     no session bus, and no display to start one with
#   no-library neither that nor libsecret, on a desktop whose own keychain is not there either
set -eu

kind=$1
shift
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
mkdir -m 700 "$home/run" "$home/data" "$home/config" "$home/cache" "$home/state" "$home/tmp"
unset DISPLAY WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS
export HOME="$home" XDG_RUNTIME_DIR="$home/run" XDG_DATA_HOME="$home/data" XDG_CONFIG_HOME="$home/config" \
    XDG_CACHE_HOME="$home/cache" XDG_STATE_HOME="$home/state" TMPDIR="$home/tmp" JOBSWEEP_PRIVATE_KEYCHAIN="$kind"
status=0
case $kind in
bus)
    "$(dirname "$0")/../support/privatebus.sh" "$@" || status=$?
    ;;
no-bus)
    "$@" || status=$?
    ;;
no-library)
    mkdir "$home/lib"
    : >"$home/lib/libsecret-1.so.0"
    LD_LIBRARY_PATH="$home/lib" XDG_CURRENT_DESKTOP=KDE KDE_SESSION_VERSION=5 "$@" || status=$?
    ;;
*)
    echo "keychain.sh: unknown kind: $kind" >&2
    status=2
    ;;
esac
exit "$status"
