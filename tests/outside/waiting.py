# SPDX-License-Identifier: GPL-3.0-or-later
"""Waits for what must come about, and takes in what the program announces meanwhile."""

import time

from gi.repository import GLib


class NotSeen(AssertionError):
    """Something that a person must be able to perceive did not come about."""


def take_in_events():
    context = GLib.MainContext.default()
    while context.iteration(False):
        pass


def until(what, condition, seconds=20):
    """What `condition` gives as soon as that is true; an accessible that has just gone is none."""
    end = time.monotonic() + seconds
    while True:
        take_in_events()
        try:
            found = condition()
        except GLib.Error:
            found = None
        if found:
            return found
        if time.monotonic() > end:
            raise NotSeen(f"within {seconds} s not seen: {what}")
        # Events that arrive end the pause at once.
        GLib.timeout_add(20, lambda: GLib.SOURCE_REMOVE)
        GLib.MainContext.default().iteration(True)


def check(what, holds):
    if not holds:
        raise NotSeen(what)
