# SPDX-License-Identifier: GPL-3.0-or-later
"""What the scenes have in common: the programs, the person at them, and how they connect them."""

import keyboard
import tree
from person import Person
from programs import DemoService, Jobsweep
from tree import Role
from waiting import check, until


class Stage:
    def __init__(self, binaries, folder, log, hearing):
        self.log = log
        self.hearing = hearing
        self.person = Person(hearing, log)
        self.service = None
        self._binaries = binaries
        self._folder = folder
        self._programs = []

    def start_program(self):
        self._programs.append(Jobsweep(self._binaries, self._folder))

    def start_service(self, *options):
        self.service = DemoService(self._binaries, self._folder, *options)
        self._programs.append(self.service)

    def end(self):
        for program in reversed(self._programs):
            program.end()

    def jobs(self):
        return tree.find("Jobs", Role.TABLE)

    def open_settings(self):
        self.person.press("Control+Comma")
        return self.person.dialog("Settings")

    def connect(self, settings):
        """Gives the open settings the service's address and a token from the clipboard; saves."""
        person = self.person
        # The clipboard gets the token as it would from a browser: by Cut somewhere else.
        person.write("Service address", self.service.token, settings)
        person.press("Control+A")
        person.press("Control+X")
        until("the field empty", lambda: tree.text_of(
            tree.find("Service address", below=settings)) == "")
        person.write("Service address", self.service.address, settings)
        person.go_to("Access token", settings)
        mark = self.hearing.now()
        person.press("Control+V")
        field = tree.find("Access token", below=settings)
        until("what the token says of itself", lambda: "Alex Demo" in field.get_description())
        self.log.reads(tree.spoken(field))
        check("the token not read aloud", self.service.token not in tree.spoken(field))
        check("the token in no announcement",
              not any(self.service.token in one.words for one in self.hearing.since(mark)))
        person.push("Test Connection", settings)
        self.hearing.alerted("The connection works.", mark)
        mark = self.hearing.now()
        person.push("Save", settings)
        person.back_from("Settings")
        return mark

    def select(self, count):
        """Selects the first so many jobs of the list and gives their names."""
        table = self.jobs()
        self.person.go_to_table(table)
        keyboard.press("Control+Home")
        keyboard.press("Home")
        for _ in range(count - 1):
            keyboard.press("Shift+Down")
        until(f"{count} rows selected", lambda: len(tree.selected_rows(table)) == count)
        self.log.does(f"select {count} rows")
        name = tree.column(table, "Name")
        return [tree.cell(table, row, name) for row in tree.selected_rows(table)]
