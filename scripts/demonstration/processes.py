"""Starts the simulator and Odoo as processes of their own, and stops them surely."""

import ctypes
import fcntl
import os
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import requests

from .failure import Failure, wait_until

REPOSITORY = Path(os.environ["REPOSITORY"])
RUN = Path(os.environ["RUN_DIR"]) / "demo"

#: ``prctl`` option: get this signal when the parent dies (Linux).
_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)


@contextmanager
def only_one():
    """Two demonstrations would drop each other's database."""
    RUN.mkdir(parents=True, exist_ok=True)
    with open(RUN / "lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Failure(
                "Another demonstration runs in this checkout (make demo or make"
                " serve). Stop it first."
            ) from None
        yield


def free_port():
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def check_free(port, variable):
    """Say which variable chooses another port where this one is taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise Failure(
                f"Port {port} is taken. Choose another one: {variable}=..."
            ) from None


def make_database(name):
    """A fresh copy of the template, with today's addon."""
    if subprocess.run([REPOSITORY / "scripts" / "database", name]).returncode:
        raise Failure(f"The database {name} could not be made; see above.")


@contextmanager
def _process(name, command, environment=None):
    """Run a command until the block ends; its output is in ``RUN/name.log``.

    It is in a session of its own, so that Ctrl-C reaches us alone and we stop things
    in order, and it is told to end should we be killed.

    :return: the process, with ``log``
    """
    log = RUN / f"{name}.log"
    with open(log, "w") as output:
        process = subprocess.Popen(
            command,
            cwd=REPOSITORY,
            env=os.environ | (environment or {}),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_end_with_parent,
        )
    process.log = log
    try:
        yield process
    finally:
        _stop(process)


def _end_with_parent():
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _stop(process):
    """End the process and all that it started."""
    for number, patience in ((signal.SIGTERM, 15), (signal.SIGKILL, 5)):
        try:
            os.killpg(process.pid, number)
            process.wait(patience)
        except ProcessLookupError:
            break
        except subprocess.TimeoutExpired:
            continue


def check_alive(process):
    """Whether a process still runs.

    :raise Failure: it ended, with the last lines that it said
    """
    if process.poll() is not None:
        last = "\n".join(process.log.read_text().splitlines()[-15:])
        raise Failure(f"{last}\nA process ended too early; its log is {process.log}.")
    return True


@contextmanager
def simulator(port=0):
    """A simulated Xero with a British organisation.

    :return: pair of process and address
    """
    command = [sys.executable, "-u", "-m", "xero_simulator"]
    command += ["--port", str(port), "--organisation", "uk"]
    with _process("simulator", command) as process:

        def address():
            check_alive(process)
            return process.log.read_text().partition("http")[2].strip()

        yield process, "http" + wait_until(address, 30, "the simulated Xero")


@contextmanager
def odoo(database, port):
    """An Odoo server with one cron thread and the real job runner inside.

    The job runner takes up databases when it starts, so the database must exist.

    :return: pair of process and address
    """
    command = [REPOSITORY / "scripts" / "odoo", "-d", database]
    command += ["--http-port", str(port), "--workers=0", "--max-cron-threads=1"]
    runner = {
        "ODOO_QUEUE_JOB_CHANNELS": "root:1",
        "ODOO_QUEUE_JOB_PORT": str(port),
        "ODOO_QUEUE_JOB_HOST": "localhost",
    }
    url = f"http://localhost:{port}"
    with _process("odoo", command, runner) as process:
        wait_until(lambda: check_alive(process) and _answers(url), 90, "Odoo to start")
        yield process, url


def _answers(url):
    try:
        return requests.get(f"{url}/web/health", timeout=5).ok
    except requests.RequestException:
        return False


def errors_in_log(process):
    """Lines that Odoo logged as errors."""
    return [
        line
        for line in process.log.read_text().splitlines()
        if " ERROR " in line or " CRITICAL " in line
    ]
