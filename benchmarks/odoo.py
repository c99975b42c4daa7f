"""Odoo inside this process: databases, transactions, and a count of SQL queries."""

import os
import subprocess
from contextlib import contextmanager
from pathlib import Path

from odoo import SUPERUSER_ID, api, sql_db
from odoo.modules.registry import Registry
from odoo.service.server import load_server_wide_modules
from odoo.tools import config

REPOSITORY = Path(__file__).resolve().parent.parent


def make_database(name, *modules):
    """A fresh copy of the template, with this checkout's addons or only ``modules``."""
    command = [REPOSITORY / "scripts" / "database", name, *modules]
    if subprocess.run(command).returncode:
        raise SystemExit(
            f"benchmarks: the database {name} could not be made; see above."
        )


def copy_database(source, name):
    """A database just like ``source``, in place of one of that name."""
    sql_db.close_db(name)
    Registry.delete(name)
    subprocess.run(["dropdb", "--if-exists", "--force", name], check=True)
    subprocess.run(["createdb", "--template", source, name], check=True)


def boot():
    """Read Odoo's configuration as ``scripts/odoo`` does; log only errors."""
    if not os.environ.get("ODOO_RC"):
        raise SystemExit("benchmarks: run make bench, which sets up the environment.")
    config.parse_config(["--log-handler=:ERROR"], setup_logging=True)
    load_server_wide_modules()


class Database:
    """One database and its registry.

    ``user`` is in whose name :meth:`transaction` works, once it is set.
    """

    def __init__(self, name):
        self.name = name
        self.user = SUPERUSER_ID
        self.registry = Registry(name)

    @contextmanager
    def transaction(self, user=None):
        """An environment in a transaction that is committed at the end.

        :param user: id; default ``self.user``
        """
        with self.registry.cursor() as cr:
            yield api.Environment(cr, user or self.user, {})

    def execute(self, query, parameters=None):
        """Run one statement and commit it; its rows if it has any."""
        with self.registry.cursor() as cr:
            cr.execute(query, parameters)
            return cr.fetchall() if cr.description else []


class Queries:
    """Counts the queries of all cursors of this process inside a ``with`` block."""

    def __enter__(self):
        self._before = sql_db.sql_counter
        return self

    def __exit__(self, *exception):
        self.count = sql_db.sql_counter - self._before
