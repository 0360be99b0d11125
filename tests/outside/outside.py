#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives Jobsweep from outside as somebody does who hears the screen and has no mouse."""

import os
import sys
import traceback
from pathlib import Path

import deleting
import firstrun
import history
import refusals
import screen
import tree
from hearing import Hearing
from log import Log
from stage import Stage

SCENES = (firstrun.first_run, firstrun.settings_by_keyboard, deleting.undo, deleting.delete,
          firstrun.look_at_dialogs, firstrun.look_at_panels, refusals.another_service,
          refusals.refused, refusals.throttled, history.read_history)


def leave_for_a_person(results):
    """The tree and the screen as they are now."""
    results.mkdir(parents=True, exist_ok=True)
    lines = [line for window in tree.windows() for line in tree.outline(window)]
    (results / "tree.txt").write_text("\n".join(lines) + "\n")
    print("\n".join(lines))
    screen.keep(Path(os.environ["HOME"], "screen", "Xvfb_screen0"), results / "screen.png")
    print(f"The screen is in {results / 'screen.png'}")


def main():
    binaries, results = map(Path, sys.argv[1:])
    folder = Path(os.environ["HOME"])
    tree.begin()
    log = Log()
    stage = Stage(binaries, folder, log, Hearing(log))
    try:
        for scene in SCENES:
            scene(stage)
    except Exception:
        traceback.print_exc()
        leave_for_a_person(results)
        return 1
    finally:
        stage.end()
    print(f"\nEverything was heard and reached, in {log.seconds():.0f} s")
    return 0


sys.exit(main())
