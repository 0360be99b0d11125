# SPDX-License-Identifier: GPL-3.0-or-later
"""Remembers what the program announces by itself, as a screen reader would hear it."""

from gi.repository import Atspi, GLib

import keyboard
import tree
from waiting import take_in_events, until

KINDS = (
    "object:property-change:accessible-name",
    "object:property-change:accessible-description",
    "object:property-change:accessible-value",
    "object:text-changed:insert",
    "object:state-changed:showing",
    "object:state-changed:focused",
    "window:activate",
)


class Heard:
    """One announcement: its kind, and of what it was."""

    def __init__(self, kind, role, name, words):
        self.kind = kind
        self.role = role
        self.name = name
        self.words = words

    def __str__(self):
        return f"[{self.kind}] {tree.role_name(self.role)} “{self.name}”: {self.words}"


class Hearing:
    def __init__(self, log):
        self.everything = []
        self.focus = None
        self.focus_changes = 0
        self._log = log
        self._listener = Atspi.EventListener.new(self._take)
        for kind in KINDS:
            self._listener.register(kind)

    def now(self):
        """A mark: what is heard after it is news."""
        take_in_events()
        return len(self.everything)

    def since(self, mark):
        take_in_events()
        return self.everything[mark:]

    def wait(self, what, mark, matches, seconds=20):
        return until(f"heard {what}",
                     lambda: next((one for one in self.since(mark) if matches(one)), None), seconds)

    def announced(self, name, words, mark, seconds=20):
        """That `words` were announced of what is called `name`."""
        return self.wait(f"“{name}” saying “{words}”", mark,
                         lambda one: one.name == name and words in one.words, seconds)

    def alerted(self, words, mark, seconds=20):
        """That `words` were announced so that they are read out at once, wherever the focus is."""
        urgent = (tree.Role.ALERT, tree.Role.NOTIFICATION)
        return self.wait(f"an alert saying “{words}”", mark,
                         lambda one: one.kind == "object:state-changed:showing"
                         and one.role in urgent and words in one.words, seconds)

    def settle(self):
        """Hears all that was announced until now: an answer comes after what was said before it."""
        window = tree.main_window()
        if window is not None:
            window.get_name()
        take_in_events()

    def move(self, key):
        """Presses a key that moves the focus, and hears where to."""
        self.settle()
        before = self.focus_changes
        keyboard.press(key)
        until(f"the focus leaving {tree.place(self.focus)} by {key}",
              lambda: self.focus_changes > before, 5)
        self.settle()

    def _take(self, event):
        try:
            source = event.source
            if event.type.startswith("object:state-changed") and event.detail1 != 1:
                return
            if event.type == "object:state-changed:focused":
                self.focus = source
                self.focus_changes += 1
            role = source.get_role()
            heard = Heard(event.type.removesuffix(":system"), role, source.get_name(),
                          tree.spoken(source))
        except GLib.Error:
            return  # gone before it could be asked
        if role == tree.Role.TABLE_CELL and heard.kind == "object:state-changed:showing":
            return
        self.everything.append(heard)
        self._log.heard(heard)
