# SPDX-License-Identifier: GPL-3.0-or-later
"""Deleting jobs, and taking it back."""

import audit
import keyboard
import tree
from tree import Role
from waiting import check, until


def confirm(stage, count):
    """Presses Del in the list and goes through the question; gives a mark from before the answer."""
    stage.person.press("Delete")
    dialog = stage.person.dialog("Delete jobs?")
    stage.person.focused("Cancel", Role.PUSH_BUTTON, below=dialog)
    named = tree.whole(tree.find("Jobs to delete", *tree.TABLES, below=dialog))
    stage.log.reads("; ".join(row[0] for row in named))
    stage.person.look_over(dialog)
    mark = stage.hearing.now()
    stage.person.push(f"Delete {count} Jobs", dialog)
    stage.person.back_from("Delete jobs?")
    return mark, [row[0] for row in named]


def undo(stage):
    """During the hold, the notice says what will happen and offers Undo."""
    stage.log.scene("Delete, and undo")
    jobs = tree.rows(stage.jobs())
    names = stage.select(3)
    mark, named = confirm(stage, 3)
    check(f"the jobs named that will go: {names}, {named}", sorted(named) == sorted(names))
    stage.hearing.alerted("3 jobs will be deleted.", mark)
    mark = stage.hearing.now()
    notice = tree.find("Notice", Role.NOTIFICATION)
    stage.person.push("Undo", notice)
    stage.hearing.alerted("Undone: 3 jobs stay.", mark)
    stage.person.focused("Jobs", Role.TABLE)
    check("every job still there", tree.rows(stage.jobs()) == jobs)
    dismiss(stage)


def dismiss(stage):
    """The notice goes, and the focus goes on in the list."""
    stage.person.push("Dismiss", tree.find("Notice", Role.NOTIFICATION))
    until("the notice gone", lambda: not tree.search("Notice", (Role.NOTIFICATION,)))
    stage.person.focused("Jobs", Role.TABLE)


def delete(stage):
    """To the end, while another program deletes and the list is read anew."""
    stage.log.scene("Delete, while rows come and go")
    table = stage.jobs()
    jobs = tree.rows(table)
    id_column = tree.column(table, "Id")
    gone_elsewhere = tree.cell(table, 20, id_column)
    kept = tree.cell(table, 3, tree.column(table, "Name"))
    stage.select(3)
    mark, _ = confirm(stage, 3)
    stage.hearing.alerted("3 jobs will be deleted.", mark)
    stage.person.look_over(tree.main_window())
    stage.log.does("let another program delete a job, and refresh")
    stage.service.delete(gone_elsewhere)
    stage.person.go_to_table(table)
    stage.person.press("F5")
    stage.hearing.announced("Job counts", f"{jobs - 1} jobs", mark)
    check("the focus in the list while it is read anew", tree.has(table, tree.State.FOCUSED))
    check("the selection kept", len(tree.selected_rows(table)) == 3)
    progress = tree.find("Deletion progress", Role.PROGRESS_BAR)
    stage.hearing.wait("the progress", mark, lambda one: one.name == "Deletion progress" and
                       one.kind == "object:property-change:accessible-value")
    stage.hearing.announced("Deletion summary", "3 deleted", mark)
    stage.hearing.alerted("3 jobs deleted.", mark)
    check("the progress at its end", tree.is_full(progress))
    stage.person.read_value("Deletion summary")
    until("the rows gone", lambda: tree.rows(table) == jobs - 4)
    focused = audit.whole_of(stage.person.has_focus(), None)
    check("the focus still in the list", focused == table)
    name = tree.cell(table, 0, tree.column(table, "Name"))
    check(f"the focus on the row after those: “{name}”, not “{kept}”", name == kept)
    keyboard.press("Down")
    stage.person.has_focus()
    dismiss(stage)
