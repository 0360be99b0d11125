#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what is missing, builds the fuzz targets with clang and runs each of them for so many
# seconds, two at a time: tests/fuzz/run.sh [SECONDS [SEED]]. The same seed makes up the same
# inputs, so that a change is not refused for what it has nothing to do with. What breaks a target
# is left in build/fuzz/findings; give that file to build/fuzz/bin/fuzz_NAME to see it again. The
# inputs that reached something new stay in build/fuzz/corpus, from where the next run goes on.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
. app/install-packages.sh

seconds=${1:-60}
seed=${2:-0}
targets=(accesstoken continuation demofilter errorbody idlist jobdetails jobpage jobreply
    retryafter)
findings=build/fuzz/findings
failed=()

# fuzz TARGET: its own seeds first, then the recorded answers of the service.
fuzz() {
    local corpus=build/fuzz/corpus/$1
    mkdir -p "$corpus"
    "build/fuzz/bin/fuzz_$1" -max_total_time="$seconds" -seed="$seed" -max_len=8192 -timeout=10 \
        -rss_limit_mb=2048 -print_final_stats=1 -dict=tests/fuzz/words.dict \
        -artifact_prefix="$findings/$1-" \
        "$corpus" "tests/fuzz/corpus/$1" tests/fixtures >"$findings/$1.log" 2>&1
}

# row TARGET: executions, covered edges and inputs kept, as libFuzzer's last words have them.
row() {
    awk -v name="$1" '
        { for (i = 1; i < NF; ++i) if ($i == "cov:") edges = $(i + 1)
                                   else if ($i == "corp:") inputs = $(i + 1) }
        /^stat::number_of_executed_units:/ { runs = $2 }
        END { printf "%-14s %12s %10s %14s\n", name, runs + 0, edges + 0, inputs }
    ' "$findings/$1.log"
}

install_packages build run tests checks
say "Building the fuzz targets"
cmake --preset fuzz --log-level=WARNING
cmake --build --preset fuzz

rm -rf "$findings"
mkdir -p "$findings"
say "Running ${#targets[@]} targets for $seconds s each"
for ((first = 0; first < ${#targets[@]}; first += 2)); do
    pair=("${targets[@]:first:2}")
    running=()
    for target in "${pair[@]}"; do
        TZ=UTC LC_ALL=C.UTF-8 fuzz "$target" &
        running+=($!)
    done
    for i in "${!pair[@]}"; do
        wait "${running[i]}" || failed+=("${pair[i]}")
    done
done

printf '%-14s %12s %10s %14s\n' target executions coverage corpus
for target in "${targets[@]}"; do
    row "$target"
done
for target in ${failed[@]+"${failed[@]}"}; do
    say "$target failed; its input and the whole of $target.log are in $findings"
    grep -m 1 -A 12 -E 'Broken promise|ERROR|runtime error' "$findings/$target.log" || true
done
[ ${#failed[@]} -eq 0 ]
