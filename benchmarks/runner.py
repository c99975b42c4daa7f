"""Runs jobs as queue_job's runner and its controller do, one after the other."""

import time
from contextlib import contextmanager

from odoo import SUPERUSER_ID, api

from odoo.addons.queue_job.controllers.main import RunJobController
from odoo.addons.queue_job.job import Job

#: Who holds this advisory lock is the database's job runner (queue_job's runner.py).
_MASTER_LOCK = 2293787760715711918

_NEXT = """
    SELECT uuid FROM queue_job
     WHERE state = 'pending' AND (eta IS NULL OR eta <= now() at time zone 'UTC')
     ORDER BY priority, id LIMIT 1
"""


class Runner:
    """Work through the queue of a database."""

    def __init__(self, database):
        self._database = database

    @contextmanager
    def on_duty(self):
        """Hold the lock by which the connector knows that jobs are run."""
        with self._database.registry.cursor() as cr:
            cr.execute("SELECT pg_advisory_lock(%s)", [_MASTER_LOCK])
            cr.commit()
            try:
                yield self
            finally:
                cr.execute("SELECT pg_advisory_unlock(%s)", [_MASTER_LOCK])

    def work(self):
        """Run jobs until none is left; how many there were."""
        done = 0
        while self._unfinished():
            rows = self._database.execute(_NEXT)
            if rows:
                self._run(rows[0][0])
                done += 1
            else:
                time.sleep(0.05)
        return done

    def _unfinished(self):
        return self._database.execute(
            "SELECT 1 FROM queue_job WHERE state = 'pending' LIMIT 1"
        )

    def _run(self, uuid):
        with self._database.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            job = Job.load(env, uuid)
            job.set_enqueued()
            job.store()
            cr.commit()
            job = RunJobController._acquire_job(env, uuid)
            RunJobController._runjob(env, job)

    def forget(self):
        """Drop what waits: for measurements that only look at one side."""
        self._database.execute("DELETE FROM queue_job")
        self._database.execute("DELETE FROM xero_change")
