#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what is missing, builds the program in release mode and starts it with the demo service.
# Without a display it runs the walkthrough instead: the real window, driven through its tasks.
# Further arguments go to the program, for example: app/run.sh --demo-jobs 50000
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. app/install-packages.sh

install_packages build run

targets=(jobsweep jobsweep-demo-service)
if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    targets+=(walkthrough)
fi

say "Configuring the release build in build/release"
cmake --preset release --log-level=WARNING
say "Building ${targets[*]}"
cmake --build --preset release --target "${targets[@]}"

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    say "Starting the demo: build/release/bin/jobsweep --demo $*"
    exec build/release/bin/jobsweep --demo "$@"
fi

say "There is no display here: running the walkthrough, screenshots in build/walkthrough"
QT_QPA_PLATFORM=offscreen build/release/bin/walkthrough build/walkthrough
say "The walkthrough passed; its screenshots are in build/walkthrough"
