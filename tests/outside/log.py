# SPDX-License-Identifier: GPL-3.0-or-later
"""Tells on standard output what is done, read and heard, in its order."""

import time


class Log:
    def __init__(self):
        self._begin = time.monotonic()

    def scene(self, what):
        self._say(f"\n== {what}")

    def does(self, what):
        self._say(f"  does  {what}")

    def reads(self, what):
        self._say(f"  reads {what}")

    def heard(self, what):
        self._say(f"  hears {what}")

    def _say(self, line):
        print(f"{time.monotonic() - self._begin:6.1f} {line}" if not line.startswith("\n")
              else line, flush=True)

    def seconds(self):
        return time.monotonic() - self._begin
