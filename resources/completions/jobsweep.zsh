#compdef jobsweep
# SPDX-License-Identifier: GPL-3.0-or-later
# Completes the options of jobsweep in zsh.

_arguments -S \
    '(- *)'{-h,--help}'[print help and end]' \
    '(- *)'{-v,--version}'[print the version and end]' \
    '(--service-address)--demo[try the program with a service of its own]' \
    '(--service-address)--demo-jobs=[try the program with this many jobs]:number of jobs (0 to 1000000): ' \
    '(--demo --demo-jobs)--service-address=[use this service address for this session]:service address: '
