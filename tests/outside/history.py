# SPDX-License-Identifier: GPL-3.0-or-later
"""What became of every job is read in the history."""

import tree
from tree import Role
from waiting import check, until


def read_history(stage):
    stage.log.scene("History")
    stage.person.choose("Jobs", "History…")
    window = stage.person.dialog("History")
    items = tree.find("History items", Role.TABLE, below=window)
    until("what was done, in the history", lambda: tree.rows(items) >= 8)
    for row in range(3):
        stage.log.reads(" | ".join(tree.cell(items, row, one)
                                   for one in range(len(tree.columns(items)))))
    outcomes = {tree.cell(items, row, tree.column(items, "Outcome"))
                for row in range(tree.rows(items))}
    check(f"deleted and refused among {outcomes}", {"Deleted", "Refused"} <= outcomes)
    stage.person.look_over(window)
    stage.person.leave("History")
