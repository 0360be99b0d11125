#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# keychain.sh PROGRAM [ARGUMENT...]: runs PROGRAM with an unlocked keychain and a session bus of its own, in private
# folders that are removed afterwards. Where that cannot be had, PROGRAM runs without and says so itself.
set -eu

if [ "${1-}" = --inside ]; then
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
    JOBSWEEP_PRIVATE_KEYCHAIN=$daemon "$@" || status=$?
    kill "$daemon"
    wait "$daemon" || :
    exit "$status"
fi

for tool in dbus-run-session dbus-send gnome-keyring-daemon; do
    command -v "$tool" >/dev/null || exec "$@"
done

home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
mkdir -m 700 "$home/run" "$home/data" "$home/config" "$home/cache"
status=0
env -u DISPLAY -u WAYLAND_DISPLAY -u DBUS_SESSION_BUS_ADDRESS HOME="$home" \
    XDG_RUNTIME_DIR="$home/run" XDG_DATA_HOME="$home/data" XDG_CONFIG_HOME="$home/config" \
    XDG_CACHE_HOME="$home/cache" dbus-run-session -- "$0" --inside "$@" || status=$?
exit "$status"
