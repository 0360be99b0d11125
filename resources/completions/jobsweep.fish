# SPDX-License-Identifier: GPL-3.0-or-later
# Completes the options of jobsweep in fish.

complete -c jobsweep -f
complete -c jobsweep -s h -l help -d 'Print help and end'
complete -c jobsweep -s v -l version -d 'Print the version and end'
complete -c jobsweep -l demo -d 'Try the program with a service of its own'
complete -c jobsweep -x -l demo-jobs -d 'Try the program with this many jobs'
complete -c jobsweep -x -l service-address -d 'Use this service address for this session'
