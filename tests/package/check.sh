#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what is missing, builds the Debian package in build/package, and checks it: what desktops,
# software centres, manuals and shells read; what is in it, and nothing else; what it declares to
# need; how the program in it was linked; and what lintian says.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
. app/install-packages.sh

wrong() {
    echo "check.sh: $*" >&2
    exit 1
}

# same WHAT EXPECTED FOUND
same() {
    diff -u --label "expected: $1" --label "found: $1" <(echo "$2") <(echo "$3") \
        || wrong "$1: not as expected"
}

field() {
    dpkg-deb --field "$package" "$1"
}

install_packages build run package checks

say "Desktop entry, metainfo, manual"
desktop-file-validate resources/jobsweep.desktop
appstreamcli validate --no-net resources/*.metainfo.xml
mandoc -T lint resources/jobsweep.1

say "Building the package in build/package"
rm -f build/package/*.deb
cmake --workflow --preset package
[ "$(find build/package -maxdepth 1 -name '*.deb' | wc -l)" -eq 1 ] || wrong "not one package"
package=$(echo build/package/*.deb)
# Only from here on, because ccache finds nothing that was compiled in another language.
export LC_ALL=C.UTF-8
version=$(awk -F= '$1 == "CMAKE_PROJECT_VERSION:STATIC" { print $2 }' build/package/CMakeCache.txt)
content=$(mktemp -d)
trap 'rm -rf "$content"' EXIT
dpkg-deb --extract "$package" "$content"
program=$content/usr/bin/jobsweep

say "One version everywhere: $version"
same "version of the package" "$version" "$(field Version)"
same "version in the changelog" "$version" \
    "$(dpkg-parsechangelog --file resources/changelog --show-field Version)"
same "version in the metainfo" "$version" \
    "$(sed -n 's/.*<release version="\([^"]*\)".*/\1/p' resources/*.metainfo.xml | sed -n 1p)"
same "version of the program" "jobsweep $version" "$("$program" --version)"

say "Options in manual and completions"
bash -n resources/completions/jobsweep.bash
zsh -n resources/completions/jobsweep.zsh
fish --no-config --no-execute resources/completions/jobsweep.fish
options=$("$program" --help | sed -n -E 's/^ +(-.*)/\1/p' | sed -E 's/ ( |<).*//; s/, /\n/' | sort)
same "options in the manual" "$options" \
    "$(sed -n 's/^\.It Fl //p' resources/jobsweep.1 | sed 's/ Ar .*//; s/ , /\n/' | sed 's/^/-/' \
        | sort)"
same "options in bash" "$options" \
    "$(bash -c '. resources/completions/jobsweep.bash
        COMP_WORDS=(jobsweep "") COMP_CWORD=1
        _jobsweep
        printf "%s\n" "${COMPREPLY[@]}"' | sort)"
same "options in zsh" "$options" \
    "$(grep -o -E -e '-[a-z-]+(=?\[|,|\})' resources/completions/jobsweep.zsh | tr -d '=[,}' | sort)"
same "options in fish" "$options" \
    "$(grep -o -E -e '-(s [a-z]|l [a-z-]+)' resources/completions/jobsweep.fish \
        | sed 's/-s /-/; s/-l /--/' | sort)"

say "What is in the package"
same "files" "$(sort <<'END'
usr/bin/jobsweep
usr/share/applications/jobsweep.desktop
usr/share/bash-completion/completions/jobsweep
usr/share/doc/jobsweep/changelog.gz
usr/share/doc/jobsweep/copyright
usr/share/fish/vendor_completions.d/jobsweep.fish
usr/share/icons/hicolor/128x128/apps/jobsweep.png
usr/share/icons/hicolor/16x16/apps/jobsweep.png
usr/share/icons/hicolor/256x256/apps/jobsweep.png
usr/share/icons/hicolor/32x32/apps/jobsweep.png
usr/share/icons/hicolor/48x48/apps/jobsweep.png
usr/share/icons/hicolor/64x64/apps/jobsweep.png
usr/share/icons/hicolor/scalable/apps/jobsweep.svg
usr/share/man/man1/jobsweep.1.gz
usr/share/metainfo/localhost.jobsweep.jobsweep.metainfo.xml
usr/share/zsh/vendor-completions/_jobsweep
END
)" "$(cd "$content" && find . ! -type d -printf '%P\n' | sort)"

say "What the package needs"
needed=$(field Depends)
echo "$needed"
for name in $(packages_of run); do
    grep -q -w -F -e "$name" <<<"$needed, $(field Recommends)" \
        || wrong "the package neither depends on $name nor recommends it"
done
for library in libqt6widgets6 libqt6keychain1 libqt6httpserver6 libsimdjson; do
    grep -q -F -e "$library" <<<"$needed" || wrong "the package does not depend on $library"
done

say "The program in the package"
tests/service/hardening.sh "$program"
sections=$(readelf --wide --section-headers "$program")
dynamic=$(readelf --wide --dynamic "$program")
functions=$(readelf --wide --dyn-syms "$program")
! grep -q -E -e '\.(symtab|debug_)' <<<"$sections" || wrong "the program has debug symbols"
! grep -q -E -e 'R(UN)?PATH' <<<"$dynamic" || wrong "the program looks for libraries of its own"
grep -q -E -e ' __[a-z]+_chk\b' <<<"$functions" || wrong "the program is not fortified"

say "Lintian"
lintian --allow-root --fail-on error,warning --tag-display-limit 0 "$package"

say "The package is in $package ($(du -h --apparent-size "$package" | cut -f 1))"
