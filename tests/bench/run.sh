#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what is missing, builds in release mode and runs every benchmark. The tables go to the
# terminal and the same figures as JSON to build/release/bench. Takes about fifteen minutes; let
# nothing else run meanwhile. Arguments name the benchmarks to run: startup, listing, model, deletion,
# deletion_unlimited, history, historywindow.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
. app/install-packages.sh

benchmarks=("$@")
if [ ${#benchmarks[@]} -eq 0 ]; then
    benchmarks=(startup listing model deletion deletion_unlimited history historywindow)
fi

install_packages build run tests bench

say "Building the release"
cmake --preset release --log-level=WARNING
cmake --build --preset release --target "${benchmarks[@]/#/bench_}"

results=build/release/bench
mkdir -p "$results"
for benchmark in "${benchmarks[@]}"; do
    say "Measuring: $benchmark"
    QT_QPA_PLATFORM=offscreen TZ=UTC LC_ALL=C.UTF-8 \
        "build/release/bin/bench_$benchmark" --json "$results/$benchmark.json"
done
say "The figures are also in $results"
