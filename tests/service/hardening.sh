#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# hardening.sh PROGRAM: fails unless PROGRAM was linked to run at any address (PIE), with its tables
# resolved at the start and read-only from then on (RELRO, NOW), and compiled with stack protectors.
set -eu
export LC_ALL=C
program=$1

# must PATTERN WHAT OPTION...: what readelf says about the program with OPTION has a line with PATTERN.
must() {
    pattern=$1 what=$2
    shift 2
    if ! readelf --wide "$@" "$program" | grep -q -E -e "$pattern"; then
        echo "hardening.sh: $program: $what" >&2
        exit 1
    fi
}

must 'Type:.*DYN' 'is no position-independent executable' --file-header
must 'FLAGS_1.*PIE' 'is no position-independent executable' --dynamic
must 'FLAGS_1.*NOW' 'resolves its symbols late' --dynamic
must 'GNU_RELRO' 'has tables that stay writable' --program-headers
must '__stack_chk_fail' 'has no stack protectors' --dyn-syms
