# SPDX-License-Identifier: GPL-3.0-or-later
# Completes the options of jobsweep in bash.

_jobsweep() {
    COMPREPLY=()
    # Numbers and addresses are the person's own; "=" is a word of its own here.
    case ${COMP_WORDS[COMP_CWORD - 1]} in
        --demo-jobs | --service-address | =) return ;;
    esac
    mapfile -t COMPREPLY < <(compgen -W \
        '-h --help -v --version --demo --demo-jobs --service-address' -- "${COMP_WORDS[COMP_CWORD]}")
}
complete -F _jobsweep jobsweep
