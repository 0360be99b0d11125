# SPDX-License-Identifier: GPL-3.0-or-later
"""What holds in every window: controls have names and roles, and the keyboard reaches all of them."""

import tree
from tree import Role, State
from waiting import NotSeen, check

# Not a bar of tabs: Qt keeps one without tabs outside the window, which Tab passes over.
ROLES = {
    Role.PUSH_BUTTON, Role.TOGGLE_BUTTON, Role.CHECK_BOX, Role.RADIO_BUTTON, Role.COMBO_BOX,
    Role.SPIN_BUTTON, Role.SLIDER, Role.LINK,
}
FIELDS = {Role.TEXT, Role.PASSWORD_TEXT, Role.ENTRY}
# Parts of a control: the keyboard works on the whole.
WHOLE = {Role.COMBO_BOX, Role.SPIN_BUTTON, Role.TABLE, Role.TREE, Role.TREE_TABLE, Role.LIST,
         Role.PAGE_TAB_LIST, Role.MENU_BAR, *FIELDS}
NO_ROLE = {Role.UNKNOWN, Role.INVALID, Role.FILLER, Role.REDUNDANT_OBJECT}
# More presses of Tab than any window has controls.
MOST_STEPS = 120


def _parts(node):
    """What shows below `node`, where a control is one thing whatever it is made of."""
    yield node
    if node.get_role() in WHOLE:
        return
    for child in tree.children(node):
        if tree.has(child, State.SHOWING):
            yield from _parts(child)


def is_control(node):
    role = node.get_role()
    return role in ROLES or role in FIELDS or role in tree.TABLES


def controls(window):
    """Every control that shows and works; of radio buttons the chosen one, from which arrows go on."""
    return [one for one in _parts(window) if is_control(one) and tree.is_enabled(one)
            and (one.get_role() != Role.RADIO_BUTTON or tree.has(one, State.CHECKED))]


def names_and_roles(window):
    """Gives how many controls were looked at."""
    nodes = list(tree.shown(window))
    found = [one for one in nodes if is_control(one)]
    nameless = [tree.place(one) for one in found if not one.get_name().strip()]
    if nameless:
        raise NotSeen("names for:\n    " + "\n    ".join(nameless))
    check(f"controls in {tree.place(window)}", found)
    return len(found)


def whole_of(node, window):
    """The control of which `node` is a part."""
    found = node
    while node is not None and node != window:
        if node.get_role() in WHOLE or is_control(node):
            found = node
        node = node.get_parent()
    return found


def _walk(hearing, window, key, first):
    """Presses `key` until the focus is where it began; gives what had it on the way."""
    stops = [first]
    while len(stops) < MOST_STEPS:
        hearing.move(key)
        stop = whole_of(hearing.focus, window)
        if stop == first:
            return stops
        if stop != stops[-1]:
            stops.append(stop)
    raise NotSeen(f"{key} came back to {tree.place(first)} after {MOST_STEPS} steps")


def tab_order(hearing, window):
    """Tab and Shift+Tab go through every control of `window` and back to where they began."""
    first = whole_of(hearing.focus, window)
    wanted = controls(window)
    if wanted == [first]:
        return [first.get_name()]
    there = _walk(hearing, window, "Tab", first)
    back = _walk(hearing, window, "Shift+Tab", first)
    odd = [tree.place(one) for one in there
           if not one.get_name().strip() or one.get_role() in NO_ROLE]
    if odd:
        raise NotSeen("a name and a role for what has the focus:\n    " + "\n    ".join(odd))
    for key, stops in (("Tab", there), ("Shift+Tab", back)):
        missing = [tree.place(one) for one in wanted if one not in stops]
        if missing:
            raise NotSeen(f"{key} reaching:\n    " + "\n    ".join(missing) + "\n  it came to:\n    "
                          + "\n    ".join(tree.place(one) for one in stops))
    check(f"Shift+Tab going the way of Tab back in {tree.place(window)}",
          back[1:] == there[:0:-1])
    return [f"{one.get_role_name()} “{one.get_name()}”" for one in there]
