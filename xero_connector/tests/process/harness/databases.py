"""Copies of the database under test, and looking into one from outside Odoo."""

import json
import os
import subprocess
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg2
import psycopg2.extras

from xero_simulator.control import Control

REPOSITORY = Path(__file__).parents[4]


def copy(template, name):
    """Make database ``name`` as a copy of ``template``; an older one is dropped.

    Nobody may be connected to the template; another copy that is being made at this
    moment is waited for.
    """
    drop(name)
    Control.wait_for(lambda: _created(template, name), 60, f"copy of {template}")
    return Database(name)


def _created(template, name):
    made = subprocess.run(
        ["createdb", "-T", template, name], capture_output=True, text=True
    )
    if made.returncode and "accessed by other users" not in made.stderr:
        raise RuntimeError(made.stderr)
    return not made.returncode


def drop(name):
    """Drop a database, whoever is connected to it."""
    subprocess.run(
        ["dropdb", "--if-exists", "--force", name],
        check=True,
        capture_output=True,
        env=os.environ | {"PGOPTIONS": "-c client_min_messages=warning"},
    )


class Database:
    """One database, seen from outside Odoo; every statement is committed at once."""

    def __init__(self, name):
        self.name = name
        self._connection = None

    def connect(self):
        """A new session, in autocommit."""
        connection = psycopg2.connect(dbname=self.name)
        connection.autocommit = True
        return connection

    def close(self):
        """End the session that statements use, so that the database can be copied."""
        if self._connection:
            self._connection.close()
            self._connection = None

    def execute(self, query, *args):
        """Run a statement; its rows as dicts, if it has any."""
        if not self._connection:
            self._connection = self.connect()
        with self._connection.cursor(
            cursor_factory=psycopg2.extras.RealDictCursor
        ) as cr:
            cr.execute(query, args)
            return cr.fetchall() if cr.description else []

    def value(self, query, *args):
        """The first column of the first row, None without rows."""
        rows = self.execute(query, *args)
        return next(iter(rows[0].values())) if rows else None

    def values(self, query, *args):
        """The first column of every row."""
        return [next(iter(row.values())) for row in self.execute(query, *args)]

    # === CATCHING A MOMENT === #

    @contextmanager
    def holding(self, query, *args):
        """Keep the locks of one statement in an open transaction.

        :return: the session; its ``rollback`` releases them earlier
        """
        with closing(self.connect()) as session, session.cursor() as cr:
            session.autocommit = False
            cr.execute(query, args)
            yield session

    @contextmanager
    def lane(self, name, connection_id):
        """Occupy the lane ``plan`` or ``send`` of a connection."""
        space = {"plan": 0x78706C6E, "send": 0x7873656E}[name]
        query = "SELECT pg_advisory_xact_lock(%s, %s)"
        with self.holding(query, space, connection_id):
            yield

    def wait_blocked(self, like, timeout=30):
        """Wait until a session waits for a lock in a statement like this one."""
        return Control.wait_for(
            lambda: self.value(
                "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
                " AND wait_event_type = 'Lock' AND query LIKE %s",
                like,
            ),
            timeout,
            f"session blocked in {like}",
        )

    def cut_connections(self):
        """The network between Odoo and PostgreSQL breaks: all its sessions end."""
        return self.value(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )

    def runner_alive(self):
        """Whether a job runner works on this database."""
        return bool(
            self.value(
                "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted"
                " AND database = (SELECT oid FROM pg_database"
                " WHERE datname = current_database())"
                " AND ((classid::bigint << 32) | objid::bigint)"
                " = 2293787760715711918"
            )
        )

    def parameter(self, key, value):
        """Set a system parameter, for a server that is not running yet."""
        self.execute("DELETE FROM ir_config_parameter WHERE key = %s", key)
        self.execute(
            "INSERT INTO ir_config_parameter (key, value) VALUES (%s, %s)",
            key,
            str(value),
        )

    def only_our_cron(self):
        """Switch every other cron off: they would take the machine's time."""
        self.execute(
            "UPDATE ir_cron SET active = false WHERE id NOT IN"
            " (SELECT res_id FROM ir_model_data WHERE model = 'ir.cron'"
            "  AND module = 'xero_connector')"
        )

    def translated(self, value):
        """The English words of a translated column."""
        return value["en_US"] if isinstance(value, dict) else json.loads(value)["en_US"]
