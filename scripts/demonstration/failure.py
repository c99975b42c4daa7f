"""What ends a demonstration early, and how to wait without sleeping blindly."""

import time


class Failure(Exception):
    """A sentence for the reader: what is wrong and where to look."""


def wait_until(condition, timeout, what):
    """Ask until ``condition()`` is true.

    :param timeout: seconds
    :param what: names the condition in the failure
    :return: its value
    :raise Failure: not in time
    """
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.2)
    raise Failure(f"Waited {timeout} s in vain for {what}.")
