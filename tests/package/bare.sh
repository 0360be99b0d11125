#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs the package that tests/package/check.sh left in build/package, or the one it is given, in
# a Debian 12 with nothing else in it, starts the program there on a display, looks whether it found
# what no library names, and removes the package again: tests/package/bare.sh [PACKAGE]
# Needs root. The Debian is made in a temporary folder, from where this machine's apt gets its own.
set -euo pipefail

wrong() {
    echo "bare.sh: $*" >&2
    exit 1
}

# wait_for WHAT COMMAND...: tries it for half a minute.
wait_for() {
    local what=$1 tries=60
    shift
    until "$@" >/dev/null 2>&1; do
        tries=$((tries - 1))
        [ "$tries" -gt 0 ] || wrong "waited in vain: $what"
        sleep 0.5
    done
}

# inside COMMAND...: in the bare Debian, as root.
inside() {
    chroot "$bare" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 HOME=/root \
        DEBIAN_FRONTEND=noninteractive http_proxy="${http_proxy:-}" https_proxy="${https_proxy:-}" \
        "$@"
}

# as_person COMMAND...: in the bare Debian, as people start programs. It takes the shell's place.
as_person() {
    exec chroot --userspec=person:person "$bare" env -i PATH=/usr/bin:/bin LANG=C.UTF-8 \
        HOME=/home/person XDG_RUNTIME_DIR=/run/person DISPLAY="${DISPLAY:-}" \
        XAUTHORITY=/home/person/.Xauthority QT_QPA_PLATFORM=xcb "$@"
}

# The names of all files that have to do with the program, but those of the person, and what dpkg
# and apt write down of all they do.
leftovers() {
    find "$bare" -xdev \( -path "$bare/home" -o -path "$bare/var/log" -o -path "$bare/proc" \
        -o -path "$bare/jobsweep.deb" \) -prune -o -iname '*jobsweep*' -printf '/%P\n'
}

make_bare_debian() {
    local mirror
    mirror=$(apt-get indextargets --format '$(REPO_URI)' \
        'Created-By: Packages' 'Codename: bookworm' 'Component: main' | sed -n 1p)
    [ -n "$mirror" ] || wrong "apt has no source of Debian 12 here"
    say "Making a bare Debian 12"
    debootstrap --variant=minbase bookworm "$bare" "$mirror" >"$folder/debootstrap.log" 2>&1 \
        || { tail -n 20 "$folder/debootstrap.log"; wrong "debootstrap failed"; }
    rm -rf "$bare"/etc/apt/sources.list*
    cp -r /etc/apt/sources.list* /etc/apt/apt.conf.d /etc/apt/trusted.gpg.d "$bare/etc/apt/"
    cp /etc/hosts "$bare/etc/hosts"
    # No program of a package is to start in there.
    printf '#!/bin/sh\nexit 101\n' >"$bare/usr/sbin/policy-rc.d"
    chmod +x "$bare/usr/sbin/policy-rc.d"
    mount -t proc proc "$bare/proc"
    inside useradd --create-home person
    inside install -d -o person -g person -m 700 /run/person
    inside apt-get update -q
}

look_at_the_program() {
    local history=$bare/home/person/.local/share/jobsweep/history.sqlite log=$folder/stderr
    local program window properties
    cp "$XAUTHORITY" "$bare/home/person/.Xauthority"
    chown --reference="$bare/home/person" "$bare/home/person/.Xauthority"
    mkdir -p "$bare/tmp/.X11-unix"
    mount --bind /tmp/.X11-unix "$bare/tmp/.X11-unix"

    as_person jobsweep --demo 2>"$log" &
    program=$!
    wait_for "a window named Jobsweep" xdotool search --onlyvisible --name '^Jobsweep'
    window=$(xdotool search --onlyvisible --name '^Jobsweep' | sed -n 1p)
    echo "The window is there: $(xdotool getwindowname "$window")"
    wait_for "the history" grep -q -a '^SQLite format 3' "$history"
    echo "The history is there: ${history#"$bare"}"
    properties=$(xprop -id "$window" _NET_WM_ICON WM_CLASS)
    grep -q -F 'Icon (' <<<"$properties" || wrong "the window has no icon"
    echo "The window has its icon"
    grep -q -F -e ", \"$(sed -n 's/^StartupWMClass=//p' resources/jobsweep.desktop)\"" \
        <<<"$properties" || wrong "the window has another class than the desktop entry says"
    kill -0 "$program" || wrong "the program ended by itself"
    kill "$program"
    wait "$program" || true
    cat "$log"
    ! grep -v -E -e ' info +jobsweep\.' "$log" || wrong "the program complained of something"
}

try_the_package() {
    local version file
    version=$(dpkg-deb --field "$package" Version)
    make_bare_debian
    cp "$package" "$bare/jobsweep.deb"
    chmod 644 "$bare/jobsweep.deb"
    say "Installing it, without what it only recommends"
    inside apt-get install -q -y --no-install-recommends /jobsweep.deb >"$folder/install.log" 2>&1 \
        || { cat "$folder/install.log"; wrong "it cannot be installed"; }
    grep -E -e 'newly installed|disk space' "$folder/install.log"
    inside dpkg --audit
    [ "$(as_person jobsweep --version)" = "jobsweep $version" ] || wrong "another version"
    mapfile -t files < <(inside dpkg --listfiles jobsweep)

    say "Starting it"
    xvfb-run --auto-servernum --server-args='-screen 0 1280x900x24 -nolisten tcp' \
        tests/package/bare.sh look_at_the_program "$package" "$folder"

    say "Removing it"
    inside apt-get purge -q -y jobsweep >"$folder/purge.log" 2>&1 \
        || { cat "$folder/purge.log"; wrong "it cannot be removed"; }
    for file in "${files[@]}"; do
        [ ! -f "$bare$file" ] || wrong "left behind: $file"
    done
    [ -z "$(leftovers)" ] || wrong "left behind: $(leftovers)"
    [ -s "$bare/home/person/.local/share/jobsweep/history.sqlite" ] \
        || wrong "the person's history is gone, too"
    echo "Nothing is left but the person's own files:"
    find "$bare/home/person" -name '*jobsweep*' -o -path '*jobsweep/*' | sed "s|^$bare||"
}

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
. app/install-packages.sh
# It calls itself for what has to be within something else.
if [ $# -eq 3 ]; then
    package=$2 folder=$3 bare=$3/bare
    "$1"
    exit
fi

[ "$(id -u)" -eq 0 ] || wrong "only root can make a Debian within this one"
package=${1:-$(echo build/package/*.deb)}
[ -f "$package" ] || wrong "there is no package; tests/package/check.sh makes one"
install_packages bare
folder=$(mktemp -d)
trap 'rm -rf --one-file-system "$folder"' EXIT
# With mounts and processes of its own, which are gone when it ends, however it ends.
unshare --mount --propagation private --pid --fork --kill-child --mount-proc \
    tests/package/bare.sh try_the_package "$(realpath "$package")" "$folder"
say "The package works on a bare Debian 12"
