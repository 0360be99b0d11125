# SPDX-License-Identifier: GPL-3.0-or-later
"""What somebody does who hears the screen and has no mouse: goes somewhere by keys, reads, presses."""

from gi.repository import Atspi

import audit
import keyboard
import tree
from tree import Role
from waiting import NotSeen, check, until

MOST_STEPS = 120


class Person:
    def __init__(self, hearing, log):
        self.hearing = hearing
        self.log = log

    def press(self, chord):
        self.log.does(f"press {chord}")
        keyboard.press(chord)

    def focused(self, name, *roles, below=None):
        """Waits until the focus is on that control, and gives it."""
        def there():
            node = self.hearing.focus
            if node is None or not tree.has(node, tree.State.FOCUSED):
                return None
            whole = audit.whole_of(node, below)
            fits = whole.get_name() == name and (not roles or whole.get_role() in roles)
            return whole if fits else None
        return until(f"the focus on “{name}”", there)

    def has_focus(self):
        """The control that has the focus, which is never nowhere."""
        def somewhere():
            node = self.hearing.focus
            return node if node and tree.has(node, tree.State.FOCUSED) else None
        node = until("the focus somewhere", somewhere)
        check(f"a name for what has the focus: {tree.place(node)}", node.get_name())
        return node

    def go_to(self, name, window, *roles, key="Tab"):
        """Presses Tab until the focus is on the control of that name."""
        for _ in range(MOST_STEPS):
            node = self.has_focus()
            if node.get_name() == name and (not roles or node.get_role() in roles):
                self.log.does(f"go to “{name}” by {key}")
                return node
            self.hearing.move(key)
        raise NotSeen(f"{key} reaching “{name}” in {tree.place(window)}")

    def go_to_table(self, table):
        """Presses Tab until the focus is in the table."""
        for _ in range(MOST_STEPS):
            if audit.whole_of(self.has_focus(), None) == table:
                return
            self.hearing.move("Tab")
        raise NotSeen(f"Tab reaching {tree.place(table)}")

    def push(self, name, window):
        """Goes to a button and presses it, by keys."""
        node = self.go_to(name, window, *tree.BUTTONS)
        self.press("Space")
        return node

    def write(self, name, text, window):
        """Puts `text` in place of what the field holds, as dictation does."""
        field = self.go_to(name, window, *audit.FIELDS)
        self.log.does(f"write into “{name}”")
        check(f"“{name}” taking a text", Atspi.EditableText.set_text_contents(field, text))
        until(f"the text in “{name}”", lambda: tree.text_of(field) == text)
        return field

    def choose(self, menu, *items):
        """Chooses from the menu bar, by the keys that the program itself names for each entry."""
        self.log.does(f"choose {' > '.join((menu, *items))}")
        bar = until("the menu bar", lambda: next((one for one in tree.shown(tree.main_window())
                                                  if one.get_role() == Role.MENU_BAR), None))
        entry = tree.find(menu, Role.MENU_ITEM, Role.MENU, below=bar)
        chord = keyboard.chord(Atspi.Action.get_key_binding(entry, 0))
        for item in items:
            self._open(entry, chord)
            self._step_to(item)
            entry, chord = self.hearing.focus, "Return"
        keyboard.press("Return")

    def _open(self, entry, chord):
        """Opens the menu of an entry; again if a window manager that is late closes it."""
        def is_open():
            return any(tree.has(one, tree.State.SHOWING) for one in tree.children(entry))
        for _ in range(5):
            # The menu takes the keyboard while they are down, as with a person's fingers.
            keyboard.hold(chord)
            try:
                until(f"the menu of “{entry.get_name()}”", is_open, 2)
            except NotSeen:
                pass
            keyboard.let_go(chord)
            self.hearing.settle()
            if is_open():
                return
        raise NotSeen(f"the menu of “{entry.get_name()}” by {chord}")

    def _step_to(self, name):
        for _ in range(MOST_STEPS):
            if self.hearing.focus and self.hearing.focus.get_name() == name:
                return
            self.hearing.move("Down")
        raise NotSeen(f"Down reaching “{name}”")

    def dialog(self, name):
        """The dialog that opened, with what is read of it."""
        window = until(f"the dialog “{name}”", lambda: tree.dialog(name))
        for line in tree.labels(window):
            self.log.reads(line)
        return window

    def look_over(self, window):
        """Every control has a name and is reached by Tab."""
        count = audit.names_and_roles(window)
        stops = audit.tab_order(self.hearing, window)
        self.log.reads(f"{count} controls with names; Tab goes: {', '.join(stops)}")

    def leave(self, name):
        """Closes a dialog by Escape; the focus comes back to the window it came from."""
        self.press("Escape")
        self.back_from(name)

    def back_from(self, name):
        """Waits until the dialog is gone and the keys are the main window's again."""
        until(f"“{name}” gone", lambda: not tree.dialog(name))
        until("the main window active", lambda: tree.has(tree.main_window(), tree.State.ACTIVE))
        self.hearing.settle()
        self.has_focus()

    def read_value(self, name, below=None):
        """What a labelled value says."""
        value = tree.text_of(tree.find(name, Role.LABEL, below=below))
        self.log.reads(f"{name}: {value}")
        return value
