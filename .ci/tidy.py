#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs clang-tidy over the program and its tests, a dozen files of a folder at a time.

Nearly all the time of clang-tidy goes into Qt's headers: here it reads them once a dozen instead of
once a file. Files that cannot stand together, because two of them give one private name to two
things, are read apart. Precompiled headers are left out: what a file includes has to be enough.

    .ci/tidy.py BUILD [FOLDER]   the sources in BUILD/compile_commands.json, or those of FOLDER
"""
import collections
import concurrent.futures
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
OURS = r"(app|ui|tests)/.*\.(cpp|h)"
TOGETHER = 12
# Every test has the one, by a macro of Qt's, and every file of wording the other.
NAMED_BY_MANY = ("main", "Words")


def reading_options(command):
    """What decides how a file is read, and not what it is compiled to: one tuple an option."""
    words = shlex.split(command)
    for word, next_word in zip(words, words[1:]):
        if word == "-isystem":
            yield word, next_word
        elif word.startswith(("-D", "-I", "-std=", "-f", "-W")) and word != "-Winvalid-pch":
            yield (word,)


def sources(build, folder):
    """By folder: the path from the top, and the options, of each source of ours."""
    folders = collections.defaultdict(dict)
    for entry in json.loads((build / "compile_commands.json").read_text()):
        path = os.path.relpath(entry["file"], ROOT)
        if re.fullmatch(OURS, path) and path.startswith(folder):
            folders[os.path.dirname(path)][path] = list(reading_options(entry["command"]))
    return folders


def dozens(folders):
    """The sources of each folder, so many at a time; the largest lots first."""
    lots = []
    for files in folders.values():
        paths = sorted(files)
        for first in range(0, len(paths), TOGETHER):
            lots.append({path: files[path] for path in paths[first:first + TOGETHER]})
    return sorted(lots, key=len, reverse=True)


def tidy(files):
    """What clang-tidy has against these files, read as one; empty when nothing."""
    # Beside them, where clang-tidy finds the checks that hold for them.
    beside = (ROOT / next(iter(files))).parent
    with tempfile.NamedTemporaryFile("w", prefix=".tidy-", suffix=".cpp", dir=beside) as unit:
        for number, path in enumerate(files):
            # A main() that is written out is looked at under its own name.
            has_main = "int main(" in (ROOT / path).read_text()
            for name in NAMED_BY_MANY:
                print(f"#undef {name}", file=unit)
                if name != "main" or not has_main:
                    print(f"#define {name} {name}{number}", file=unit)
            print(f'#include "{ROOT / path}" // NOLINT(bugprone-suspicious-include)', file=unit)
        unit.flush()
        options = dict.fromkeys(option for those in files.values() for option in those)
        answer = subprocess.run(
            ["clang-tidy", "--quiet", f"--header-filter=^{ROOT}/{OURS}$", unit.name, "--",
             *(word for option in options for word in option),
             # The compilers look for it, and here names meet that never meet there.
             "-Wno-shadow"],
            capture_output=True, text=True, check=False)
    return answer.stdout + answer.stderr if answer.returncode else ""


def findings(files):
    """What clang-tidy has against these files; those that cannot stand together read apart."""
    said = tidy(files)
    if len(files) == 1 or "[clang-diagnostic-error]" not in said:
        return said
    broken = re.findall(r"^(\S+?):\d+:\d+: error: .*\[clang-diagnostic-error\]$", said, re.M)
    apart = {os.path.relpath(path, ROOT) for path in broken} & files.keys()
    if not apart or len(apart) == len(files):
        apart = set(list(files)[1:])
    return "".join(
        findings({path: files[path] for path in files if (path in apart) == is_apart})
        for is_apart in (False, True))


def main(build, folder=""):
    lots = dozens(sources(pathlib.Path(build), folder))
    if not lots:
        sys.exit(f"No source in {build}/compile_commands.json is in {folder!r}.")
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as workers:
        said = list(filter(None, workers.map(findings, lots)))
    print(f"{sum(map(len, lots))} files in {len(lots)} lots; {len(said)} lots with findings")
    sys.exit("\n".join(said) if said else 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
