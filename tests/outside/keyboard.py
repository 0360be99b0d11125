# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys pressed on the display as by a person, through the service that screen readers use."""

from gi.repository import Atspi

# Key codes of a PC keyboard as X servers number them: what is engraved on them is the server's.
CODES = {
    "Escape": 9, "Tab": 23, "Return": 36, "Control": 37, "Shift": 50, "Alt": 64, "Space": 65,
    "F5": 71, "Home": 110, "Up": 111, "End": 115, "Down": 116, "Delete": 119, "Comma": 59,
    **{letter: code for first, letters in ((24, "QWERTYUIOP"), (38, "ASDFGHJKL"), (52, "ZXCVBNM"))
       for code, letter in enumerate(letters, first)},
    **{digit: code for code, digit in enumerate("1234567890", 10)},
}


def chord(binding):
    """A chord from what the accessibility bus calls it, such as "<Alt>s" or "Alt+S"."""
    return binding.replace("<", "").replace(">", "+").split(";")[0].title()


def _codes(keys):
    return [CODES[key] for key in keys.split("+")]


def hold(keys):
    for code in _codes(keys):
        Atspi.generate_keyboard_event(code, None, Atspi.KeySynthType.PRESS)


def let_go(keys):
    for code in reversed(_codes(keys)):
        Atspi.generate_keyboard_event(code, None, Atspi.KeySynthType.RELEASE)


def press(keys):
    """`keys` are such as "Tab" or "Control+A"."""
    hold(keys)
    let_go(keys)
