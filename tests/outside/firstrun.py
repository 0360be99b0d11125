# SPDX-License-Identifier: GPL-3.0-or-later
"""From the first start to the list of jobs."""

import keyboard
import tree
from tree import Role
from waiting import check, until


def first_run(stage):
    """Whoever hears the window learns what it is for and what it needs."""
    stage.log.scene("First run, without a token")
    stage.start_program()
    # Until the keychain has answered, another page offers to enter a token.
    tree.button("Try the Demo")
    enter = stage.person.focused("Enter Access Token…", Role.PUSH_BUTTON)
    stage.log.reads(tree.spoken(enter))
    check("what is needed, said with the button that has the focus",
          "needs an access token" in enter.get_description())
    check("a welcome", "Welcome to Jobsweep" in tree.labels(tree.main_window()))
    stage.person.look_over(tree.main_window())


def settings_by_keyboard(stage):
    """Address and token are entered, tried and saved; nothing reads the token aloud."""
    stage.log.scene("Settings")
    stage.start_service("--jobs", "300", "--latency-ms", "50")
    stage.person.push("Enter Access Token…", tree.main_window())
    settings = stage.person.dialog("Settings")
    stage.person.focused("Access token", below=settings)
    stage.person.look_over(settings)
    mark = stage.connect(settings)
    stage.log.scene("The list arrives")
    stage.hearing.wait("how many jobs there are", mark,
                       lambda one: one.name == "Job counts" and "more to come" not in one.words
                       and "0 jobs" not in one.words.split(": ")[1:])
    table = stage.jobs()
    check("jobs in the list", tree.rows(table) > 20)
    stage.person.read_value("Job counts")
    stage.person.read_value("Connection")
    stage.log.reads(" | ".join(tree.cell(table, 0, one)
                               for one in range(len(tree.columns(table)))))
    until("the focus in the list", lambda: tree.has(table, tree.State.FOCUSED))
    stage.person.look_over(tree.main_window())


def look_at_dialogs(stage):
    """What else the menus open: all of it is named and reached."""
    stage.log.scene("Other dialogs")
    for menu, item, title in (("Select", "Drafts Older Than…", "Select Old Drafts"),
                              ("Edit", "Paste Job Ids…", "Paste Job Ids"),
                              ("Jobs", "Export…", "Export Jobs"),
                              ("Help", "About Jobsweep", "About Jobsweep")):
        stage.person.choose(menu, item)
        dialog = stage.person.dialog(title)
        stage.person.has_focus()
        stage.person.look_over(dialog)
        stage.person.leave(title)
    stage.person.push("Choose iTwins…", tree.main_window())
    dialog = stage.person.dialog("Choose iTwins")
    stage.person.look_over(dialog)
    stage.person.leave("Choose iTwins")


def look_at_panels(stage):
    """What the View menu opens beside the list."""
    stage.log.scene("Panels of the main window")
    for item, name in (("More Filters", "More filters"),):
        stage.person.choose("View", item)
        tree.find(name, Role.PANEL)
        stage.person.look_over(tree.main_window())
        stage.person.choose("View", item)
        until(f"“{name}” closed", lambda: not tree.search(name, (Role.PANEL,)))
        stage.person.go_to_table(stage.jobs())
        keyboard.press("Control+Home")
