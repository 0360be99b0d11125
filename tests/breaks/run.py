#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shows that the tests can fail: breaks one rule of the program after the other, as breaks.txt has
it, and runs the tests that are to notice. Builds in build/dev, in the working tree itself, which
must have no changes and has none afterwards.

    tests/breaks/run.py [WORD...]   all breaks, or those whose rule has one of the words
"""
import dataclasses
import os
import pathlib
import re
import signal
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = ROOT / "build" / "dev"
# Tests whose program is not named after them.
PROGRAMS = {"keychain_window": "tst_keychainwindow", "outside": "jobsweep jobsweep-demo-service"}


@dataclasses.dataclass
class Break:
    rule: str
    file: pathlib.Path
    # What is there and what takes its place.
    changes: list
    tests: list

    def apply(self, text):
        for old, new in self.changes:
            if text.count(old) != 1:
                sys.exit(f"{self.rule}: {self.file} has these lines {text.count(old)} times:\n{old}")
            text = text.replace(old, new)
        return text


def read_break(entry):
    rule, file, *lines = entry.splitlines()
    tests = lines.pop().removeprefix("tests: ").split()
    changes = []
    for removed, added in re.findall(r"((?:^-.*\n)+)((?:^\+.*\n)+)", "\n".join(lines) + "\n", re.M):
        changes.append(tuple("\n".join(line[1:] for line in part.splitlines())
                             for part in (removed, added)))
    return Break(rule, ROOT / file, changes, tests)


def read_breaks():
    text = (pathlib.Path(__file__).parent / "breaks.txt").read_text()
    entries = re.sub(r"^#.*\n", "", text, flags=re.M).split("\n\n")
    return [read_break(entry.strip("\n")) for entry in entries if entry.strip()]


def run(*command):
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def build(tests):
    targets = " ".join(PROGRAMS.get(test, f"tst_{test}") for test in tests).split()
    return run("cmake", "--build", BUILD, "--target", *targets)


def failed(test):
    """Whether the test fails. Its first word of that is enough: in a broken program many wait for
    what never comes, row after row. One that is skipped has not noticed anything."""
    running = subprocess.Popen(
        ["ctest", "--preset", "dev", "--timeout", "300", "-V", "-R", f"^{test}$"],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
        start_new_session=True)
    for line in running.stdout:
        if "FAIL!  : " in line:
            os.killpg(running.pid, signal.SIGKILL)
            running.wait()
            return True
    return running.wait() != 0


def carry_out(broken):
    """The tests that did not notice."""
    original = broken.file.read_text()
    broken.file.write_text(broken.apply(original))
    try:
        built = build(broken.tests)
        if built.returncode != 0:
            sys.exit(f"{broken.rule}: this break does not build\n{built.stdout[-3000:]}")
        return [test for test in broken.tests if not failed(test)]
    finally:
        broken.file.write_text(original)


def main(words):
    # Whoever ends this gets the working tree back as it was.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended"))
    if run("git", "status", "--porcelain", "app", "ui").stdout:
        sys.exit("There are changes in app or ui; commit them first.")
    breaks = [b for b in read_breaks() if not words or any(word in b.rule for word in words)]
    slipped = 0
    noticed = 0
    for broken in breaks:
        begun = time.monotonic()
        blind = carry_out(broken)
        slipped += bool(blind)
        noticed += len(broken.tests) - len(blind)
        print(f"{'NOT BY ' + ' '.join(blind) if blind else 'noticed':40} {broken.rule}"
              f" ({', '.join(broken.tests)}; {time.monotonic() - begun:.0f} s)", flush=True)
    build([test for broken in breaks for test in broken.tests])
    print(f"{len(breaks)} breaks, noticed {noticed} times; {slipped} with a test that did not notice")
    sys.exit(1 if slipped else 0)


if __name__ == "__main__":
    main(sys.argv[1:])
