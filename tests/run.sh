#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what is missing, builds with warnings as errors and runs every test but those that break
# the network for minutes: ctest --preset dev -L network
# Arguments go to ctest, for example: tests/run.sh -R restclient
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. app/install-packages.sh

install_packages build run tests

say "Configuring the development build in build/dev"
cmake --preset dev --log-level=WARNING
say "Building everything, with warnings as errors"
cmake --build --preset dev
say "Running the tests"
ctest --preset dev -j2 -LE network "$@"
