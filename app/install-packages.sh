# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by app/run.sh, tests/run.sh and .ci/run from the top folder of the repository.

say() {
    printf '\n== %s\n' "$*"
}

# packages_of SECTION...: the packages of these sections of resources/debian-packages.txt.
packages_of() {
    awk -v wanted=" $* " '
        /^# section:/ { isWanted = index(wanted, " " $3 " ") > 0; next }
        isWanted && NF && !/^#/ { print $1 }
    ' resources/debian-packages.txt
}

# install_packages SECTION...: installs with apt what is missing, and only that.
install_packages() {
    local package missing=() root=()
    if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
        echo "This script installs packages with apt. Here there is none: install the counterparts" \
             "of resources/debian-packages.txt yourself, then build as README.md says." >&2
        return 1
    fi
    for package in $(packages_of "$@"); do
        if [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" != installed ]; then
            missing+=("$package")
        fi
    done
    if [ ${#missing[@]} -eq 0 ]; then
        say "All packages needed are installed ($*)"
        return
    fi
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null; then
            echo "These packages are missing: ${missing[*]}" >&2
            echo "Installing them needs root, and there is no sudo here. As root, run:" >&2
            echo "  apt-get install --no-install-recommends ${missing[*]}" >&2
            return 1
        fi
        root=(sudo)
    fi
    say "Installing ${#missing[@]} packages: ${missing[*]}"
    "${root[@]}" apt-get update -q
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -q -y --no-install-recommends "${missing[@]}"
}
