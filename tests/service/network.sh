#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# network.sh PROGRAM [ARGUMENT...]: runs PROGRAM with a network and mounts of its own, where it may break what it likes.
# Ends with 77, and says why, where that cannot be had.
set -eu

skip() {
    echo "SKIP: $*"
    exit 77
}

if [ "${1-}" = --inside ]; then
    shift
    said=$(ip link set lo up 2>&1) || skip "no network of its own: $said"
    said=$(nft add table inet probe 2>&1 && nft delete table inet probe 2>&1) || skip "no packet filter: $said"
    said=$(tc qdisc add dev lo root tbf rate 1mbit burst 16kb latency 1s 2>&1 && tc qdisc del dev lo root 2>&1) ||
        skip "no slow link: $said"
    exec "$@"
fi

PATH=$PATH:/usr/sbin:/sbin
export PATH
for tool in unshare ip nft tc openssl; do
    command -v "$tool" >/dev/null || skip "$tool is not installed"
done
# In a user namespace of their own users may do all this, too.
said=$(unshare --user --map-root-user --mount --net true 2>&1) || skip "no namespaces: $said"
export JOBSWEEP_PRIVATE_NETWORK=1
exec unshare --user --map-root-user --mount --net -- "$0" --inside "$@"
