#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# privatebus.sh PROGRAM [ARGUMENT...]: runs PROGRAM with a message bus of its own, which ends with it. The bus starts
# no services, so that nothing of the desktop answers. JOBSWEEP_PRIVATE_BUS is the bus's process id.
set -eu

home=$(mktemp -d)
bus=
trap 'if [ -n "$bus" ]; then kill -CONT "$bus"; kill "$bus"; fi; rm -rf "$home"' EXIT
cat >"$home/bus.conf" <<CONFIGURATION
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <listen>unix:path=$home/bus</listen>
  <policy context="default">
    <allow send_destination="*"/>
    <allow receive_sender="*"/>
    <allow own="*"/>
  </policy>
</busconfig>
CONFIGURATION
dbus-daemon --config-file="$home/bus.conf" --nofork --nopidfile &
bus=$!
tries=100
until [ -S "$home/bus" ]; do
    tries=$((tries - 1))
    if [ "$tries" -eq 0 ] || ! kill -0 "$bus"; then
        echo "privatebus.sh: the bus did not start" >&2
        exit 1
    fi
    sleep 0.1
done
status=0
XDG_RUNTIME_DIR="$home" DBUS_SESSION_BUS_ADDRESS="unix:path=$home/bus" JOBSWEEP_PRIVATE_BUS=$bus "$@" || status=$?
exit "$status"
