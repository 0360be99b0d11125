# SPDX-License-Identifier: GPL-3.0-or-later
"""What the service refuses, read whole."""

import re

import tree
from tree import Role
from deleting import confirm, dismiss
from waiting import check, until

FACTS_OF_429 = ("Limited tier", "Limited API", "Limited operation", "Limited application",
                "Continues in")


def another_service(stage):
    """One where some drafts turn out to be submitted, and that takes few requests at a time."""
    stage.log.scene("A stricter service")
    stage.start_service("--jobs", "60", "--submitted-one-in", "3", "--limit", "14/10",
                        "--latency-ms", "50")
    mark = stage.connect(stage.open_settings())
    stage.hearing.wait("the other list", mark, lambda one: one.name == "Job counts" and
                       "more to come" not in one.words and "0 jobs" not in one.words)


def refused(stage):
    """422: status, code, message and every cause."""
    stage.log.scene("422, refused")
    stage.select(5)
    mark, _ = confirm(stage, 5)
    stage.hearing.alerted("The deletion ended.", mark, 40)
    panel = tree.find("Error details", Role.PANEL)
    for line in tree.labels(panel):
        stage.log.reads(line)
    check("422 read", stage.person.read_value("HTTP status", panel).startswith("422"))
    for fact in ("Code", "Message", "Target"):
        stage.person.read_value(fact, panel)
    causes = tree.find("Error causes", Role.TABLE, below=panel)
    check("columns of the causes", tree.columns(causes) == ["Code", "Message", "Target"])
    for row in tree.whole(causes):
        stage.log.reads(" | ".join(row))
        check("a cause with a code and a message", row[0] and row[1])
    check("causes", tree.rows(causes) >= 1)
    stage.person.look_over(tree.main_window())
    stage.person.push("Copy Report", panel)
    dismiss(stage)


def throttled(stage):
    """429: which limit it was, and a countdown at whose end it goes on by itself."""
    stage.log.scene("429, too many requests")
    stage.person.go_to_table(stage.jobs())
    stage.person.press("Control+A")
    count = tree.rows(stage.jobs())
    until("all rows selected", lambda: len(tree.selected_rows(stage.jobs())) == count)
    drafts = until("how many of them are drafts", lambda: re.search(
        r"(\d+) drafts", tree.text_of(tree.search("Job counts", (Role.LABEL,)))))
    mark, _ = confirm(stage, int(drafts[1]))
    stage.hearing.alerted("The deletion goes on by itself in", mark, 40)
    panel = tree.find("Error details", Role.PANEL)
    until("429 read", lambda: tree.text_of(
        tree.find("HTTP status", Role.LABEL, below=panel)).startswith("429"))
    for fact in FACTS_OF_429:
        check(f"{fact} read", stage.person.read_value(fact, panel))
    mark = stage.hearing.now()
    stage.hearing.wait("the countdown", mark, lambda one: one.name == "Continues in")
    stage.hearing.alerted("The deletion ended.", mark, 90)
    stage.person.read_value("Deletion summary")
    stage.person.has_focus()
