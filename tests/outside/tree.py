# SPDX-License-Identifier: GPL-3.0-or-later
"""The accessible tree as a screen reader gets it: names, roles, states and texts, nothing else."""

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

from waiting import until  # noqa: E402

Role = Atspi.Role
State = Atspi.StateType

PROGRAM = "Jobsweep"
BUTTONS = (Role.PUSH_BUTTON, Role.TOGGLE_BUTTON, Role.CHECK_BOX)
TABLES = (Role.TABLE, Role.TREE, Role.TREE_TABLE, Role.LIST)
# Deeper than any window is nested; a circle in the tree must not hold the test up for ever.
DEEPEST = 40


def begin():
    Atspi.init()
    # What was asked once may have changed since: every answer comes from the program itself.
    Atspi.get_desktop(0).set_cache_mask(Atspi.Cache.NONE)


def children(node):
    for index in range(node.get_child_count()):
        child = node.get_child_at_index(index)
        if child is not None:
            yield child


def has(node, state):
    return node.get_state_set().contains(state)


def is_enabled(node):
    return has(node, State.ENABLED) and has(node, State.SENSITIVE)


def text_of(node):
    """The text inside, for what shows or takes one."""
    if "Text" not in node.get_interfaces():
        return ""
    return Atspi.Text.get_text(node, 0, Atspi.Text.get_character_count(node))


def spoken(node):
    """What is read out for it: name, text, description, each once."""
    parts = []
    for part in (node.get_name(), text_of(node), node.get_description()):
        if part and part not in parts:
            parts.append(part)
    return ": ".join(parts)


def shown(node, depth=0):
    """The node and what shows below it; the cells of a table only by the table itself."""
    yield node
    if depth == DEEPEST or node.get_role() in TABLES:
        return
    for child in children(node):
        if has(child, State.SHOWING):
            yield from shown(child, depth + 1)


def application():
    for program in children(Atspi.get_desktop(0)):
        if program.get_name() == PROGRAM:
            return program
    return None


def windows():
    """Those that show, the main window first."""
    program = application()
    return [one for one in children(program) if has(one, State.SHOWING)] if program else []


def main_window():
    return next((one for one in windows() if one.get_name().startswith(PROGRAM)), None)


def dialog(name):
    found = [one for one in windows() if one.get_name() == name]
    return found[0] if found else None


def search(name, roles, below=None):
    """The first one of that name and role that shows, in the main window unless told."""
    root = below or main_window()
    for node in shown(root) if root else ():
        if node.get_name() == name and (not roles or node.get_role() in roles):
            return node
    return None


def find(name, *roles, below=None):
    return until(f"“{name}” ({', '.join(map(role_name, roles)) or 'any role'})",
                 lambda: search(name, roles, below))


def button(name, below=None):
    return find(name, *BUTTONS, below=below)


def labels(root):
    return [spoken(one) for one in shown(root) if one.get_role() == Role.LABEL and spoken(one)]


def rows(table):
    return Atspi.Table.get_n_rows(table)


def cell(table, row, column):
    return Atspi.Table.get_accessible_at(table, row, column).get_name()


def columns(table):
    return [Atspi.Table.get_column_description(table, column)
            for column in range(Atspi.Table.get_n_columns(table))]


def column(table, title):
    return columns(table).index(title)


def whole(table):
    """Every cell of a small table, row by row."""
    return [[cell(table, row, one) for one in range(Atspi.Table.get_n_columns(table))]
            for row in range(rows(table))]


def selected_rows(table):
    return list(Atspi.Table.get_selected_rows(table))


def is_full(bar):
    return Atspi.Value.get_current_value(bar) == Atspi.Value.get_maximum_value(bar)


def role_name(role):
    return Atspi.role_get_name(role)


def place(node):
    """Where a node is, for a person who looks for it."""
    path = []
    while node is not None and node.get_role() != Role.APPLICATION:
        path.append(f"{node.get_role_name()} “{node.get_name()}”")
        node = node.get_parent()
    return " in ".join(path)


def outline(node, depth=0, most=30):
    """The tree as indented lines, for a person to look at when the test failed."""
    try:
        states = [word for word, state in (("focusable", State.FOCUSABLE),
                                           ("focused", State.FOCUSED),
                                           ("disabled", State.SENSITIVE),
                                           ("hidden", State.SHOWING))
                  if has(node, state) != (word in ("disabled", "hidden"))]
        yield f"{'  ' * depth}{node.get_role_name()} “{spoken(node)}” {' '.join(states)}"
        if "hidden" in states and depth > 1:
            return
        for index, child in enumerate(children(node)):
            if index == most:
                yield f"{'  ' * depth}  … and {node.get_child_count() - most} more"
                break
            yield from outline(child, depth + 1, most)
    except GLib.Error as error:
        yield f"{'  ' * depth}({error.message})"
