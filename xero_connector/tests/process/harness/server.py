"""An Odoo server as a process, and people who use it over HTTP."""

import os
import signal
import socket
import subprocess
import tempfile
from pathlib import Path

import requests

from xero_simulator.control import Control

from .databases import REPOSITORY


class RpcError(Exception):
    """What a user sees instead of an answer."""


def free_port():
    """A port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Server:
    """One Odoo server; the same port whenever it is started again.

    :param database: a :class:`databases.Database`
    :param workers: 0 for threads in one process
    :param runner: whether queue_job's job runner works in it
    :param options: more of Odoo's command line
    """

    def __init__(self, database, workers=0, runner=True, options=()):
        self.database, self.workers, self.runner = database, workers, runner
        self._options = options
        self.port, self.gevent_port = free_port(), free_port()
        self.url = f"http://localhost:{self.port}"
        self.log = Path(tempfile.mkdtemp(prefix="xero-server-")) / "odoo.log"
        self.process = None

    # === LIFE === #

    def start(self):
        """Start it and wait until it answers and its job runner works."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self._command(),
                env=os.environ | {"ODOO_QUEUE_JOB_CHANNELS": self._channels()},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        Control.wait_for(self._answers, 60, "server")
        self.wait_runner()
        return self

    def wait_runner(self):
        """Wait until the job runner works, if it is to: it recovers in seconds."""
        if self.runner:
            Control.wait_for(self.database.runner_alive, 60, "job runner")

    def _command(self):
        return [
            str(REPOSITORY / "scripts" / "odoo"),
            f"--database={self.database.name}",
            f"--http-port={self.port}",
            f"--gevent-port={self.gevent_port}",
            f"--workers={self.workers}",
            "--max-cron-threads=1",
            "--log-level=info",
            *self._options,
        ]

    def _channels(self):
        return "root:2" if self.runner else "root:0"

    def _answers(self):
        if self.process.poll() is not None:
            raise RuntimeError(f"the server ended:\n{self.complaints()}")
        try:
            return requests.get(f"{self.url}/web/health", timeout=5).ok
        except requests.RequestException:
            return False

    def kill(self):
        """The machine loses its power: ``kill -9`` of every process at once."""
        self._end(signal.SIGKILL)

    def stop(self):
        """Stop it as an administrator does."""
        self._end(signal.SIGTERM)

    def _end(self, how):
        if not self.process:
            return
        process, self.process = self.process, None
        os.killpg(process.pid, how)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(15)

    @property
    def running(self):
        return self.process is not None and self.process.poll() is None

    def complaints(self, lines=80):
        """The end of what the server logged above the level of information."""
        text = self.log.read_text(errors="replace").splitlines()
        told = [line for line in text if " INFO " not in line]
        return "\n".join(told[-lines:])

    # === PEOPLE === #

    def login(self, login, password=None):
        """A logged-in user; the password is the login unless given."""
        return User(self, login, password or login)


class User:
    """A person at a browser."""

    def __init__(self, server, login, password):
        self.server, self.login, self.password = server, login, password
        self._session = requests.Session()
        self.uid = self._rpc(
            "/web/session/authenticate",
            {"db": server.database.name, "login": login, "password": password},
        )["uid"]

    def call(self, model, method, *args, **kwargs):
        """Call a method as the web client does.

        :raises RpcError: with the words that the user sees
        """
        return self._rpc(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": args, "kwargs": kwargs},
        )

    def _rpc(self, path, params):
        answer = self._session.post(
            self.server.url + path,
            json={"jsonrpc": "2.0", "method": "call", "params": params},
            timeout=120,
        ).json()
        if "error" in answer:
            data = answer["error"].get("data", answer["error"])
            raise RpcError(data.get("message") or data)
        return answer.get("result")  # None is left out

    def get(self, url):
        """Follow a link; the page."""
        answer = self._session.get(url, timeout=60)
        answer.raise_for_status()
        return answer

    def read(self, model, domain, *fields, order="id"):
        """Records as this user may see them, as dicts."""
        return self.call(model, "search_read", domain, list(fields), order=order)
