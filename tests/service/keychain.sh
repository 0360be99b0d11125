#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# keychain.sh KIND PROGRAM [ARGUMENT...]: runs PROGRAM in private folders that are removed afterwards. KIND says what
# it finds there; a keychain it starts itself (tests/support/keychaindaemon.h).
#   bus        a session bus of its own, which starts no services
#   unlocked   a session bus that starts services, and on it a keychain that is open already; neither where the tools
#              for it are missing, which PROGRAM has to say
#   no-bus     no session bus, and no display to start one with
#   no-library neither that nor libsecret, on a desktop whose own keychain is not there either
set -eu

if [ "$1" = --unlock ]; then
    shift
    # The daemon stays in the foreground, so that its process id is known and it can be ended.
    printf 'private' >"$HOME/password"
    gnome-keyring-daemon --foreground --unlock --components=secrets \
        <"$HOME/password" >"$HOME/daemon.log" 2>&1 &
    daemon=$!
    tries=100
    until dbus-send --session --print-reply --dest=org.freedesktop.DBus / \
            org.freedesktop.DBus.GetNameOwner string:org.freedesktop.secrets >/dev/null 2>&1; do
        tries=$((tries - 1))
        if [ "$tries" -eq 0 ] || ! kill -0 "$daemon" 2>/dev/null; then
            echo "keychain.sh: the keychain did not start:" >&2
            cat "$HOME/daemon.log" >&2
            exit 1
        fi
        sleep 0.1
    done
    status=0
    "$@" || status=$?
    kill "$daemon"
    wait "$daemon" || :
    exit "$status"
fi

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
unlocked)
    begin="dbus-run-session -- $0 --unlock"
    for tool in dbus-run-session dbus-send gnome-keyring-daemon; do
        command -v "$tool" >/dev/null || { begin=; JOBSWEEP_PRIVATE_KEYCHAIN=; }
    done
    $begin "$@" || status=$?
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
