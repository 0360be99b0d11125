# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts and ends the real programs: Jobsweep, and the demo service in place of the real one."""

import os
import subprocess
import urllib.request


class Program:
    """A program that runs until it is ended."""

    def __init__(self, command, log, **options):
        self._log = log.open("w")
        self.process = subprocess.Popen(command, stderr=self._log, text=True, **options)

    def end(self):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._log.close()


class DemoService(Program):
    def __init__(self, binaries, folder, *options):
        self.ledger = folder / "ledger.jsonl"
        super().__init__([binaries / "jobsweep-demo-service", "--ledger", self.ledger, *options],
                         folder / "service.log", stdout=subprocess.PIPE)
        self.address = self._said("address: ")
        self.token = self._said("token: ")

    def _said(self, prefix):
        line = self.process.stdout.readline().rstrip("\n")
        if not line.startswith(prefix):
            raise RuntimeError(f"the demo service said “{line}”")
        return line.removeprefix(prefix)

    def delete(self, job):
        """What another program does meanwhile."""
        request = urllib.request.Request(f"{self.address}/contextcapture/jobs/{job}",
                                         method="DELETE", headers={
                                             "Authorization": f"Bearer {self.token}",
                                             "Accept": "application/vnd.bentley.itwin-platform.v1+json"})
        urllib.request.urlopen(request, timeout=10).close()


class Jobsweep(Program):
    def __init__(self, binaries, folder, *options):
        environment = dict(os.environ, QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1", QT_QPA_PLATFORM="xcb")
        super().__init__([binaries / "jobsweep", *options], folder / "jobsweep.log",
                         env=environment)
