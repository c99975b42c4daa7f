"""A simulated Xero in a process of its own, so that it shares no time with Odoo."""

import subprocess
import sys
from contextlib import contextmanager

from xero_simulator.control import Control

_PLENTY = 10**9


@contextmanager
def simulator():
    """Run one with limits that no measurement reaches.

    :return: its ``Control``
    """
    command = [sys.executable, "-u", "-m", "xero_simulator", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            control = Control(process.stdout.readline().split()[-1])
            control.set_limits(day=_PLENTY, minute=_PLENTY, app_minute=_PLENTY)
            yield control
        finally:
            process.terminate()
