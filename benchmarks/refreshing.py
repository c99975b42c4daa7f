"""Token refresh: single-flight across processes, and no race loses the grant."""

import multiprocessing
from dataclasses import dataclass

from odoo import sql_db

from odoo.addons.xero_connector.lib import errors

from .result import Result

PROCESSES = 4
RACES = 1000

#: In one race of so many, Xero's answer to the refresh is lost on its way.
LOST_EVERY = 10


@dataclass
class Tally:
    """What the races came to."""

    refreshes: int = 0
    """In races without a fault."""
    most: int = 0
    """In one race without a fault."""
    disagreements: int = 0
    """Races without a fault after which the processes held different tokens."""
    lost: int = 0
    """Races after which the stored grant did not work any more."""


def measure(bench):
    """Processes that all find the token expired, at once, again and again."""
    token_id = _token_id(bench)
    # Children must not share our connections to PostgreSQL.
    sql_db.close_all()
    with Crew(bench.database, token_id) as crew:
        first = _race(bench, crew)
        tally = _races(bench, crew)
    yield Result(f"{PROCESSES} processes at once: refreshes", first, 1)
    plain = RACES - RACES // LOST_EVERY
    yield Result(f"{plain} races: refreshes", tally.refreshes, plain)
    yield Result(f"{plain} races: most refreshes in one", tally.most, 1, most=True)
    yield Result(f"{plain} races: tokens differed", tally.disagreements, 0)
    what = f"{RACES} races, {RACES // LOST_EVERY} with the answer lost"
    yield Result(f"{what}: grants lost", tally.lost, 0)


def _token_id(bench):
    with bench.connection() as connection:
        return connection.token_id.id


def _races(bench, crew):
    tally = Tally()
    for number in range(RACES):
        if number % LOST_EVERY == 0:
            bench.xero.fault("refresh_lost")
            crew.race()
        else:
            tally.refreshes += (refreshes := _race(bench, crew))
            tally.most = max(tally.most, refreshes)
            tally.disagreements += len(set(crew.tokens)) != 1
        tally.lost += not _grant_works(bench, crew)
        bench.xero.clear_calls()
    return tally


def _race(bench, crew):
    before = bench.xero.refreshes()
    crew.race()
    return bench.xero.refreshes() - before


def _grant_works(bench, crew):
    """Whether a token can be had after the race, and Xero accepts it."""
    try:
        with bench.connection() as connection:
            token = connection.sudo().token_id._access_token()
            answer = connection.sudo()._client(token).call("get_organisations")
    except errors.XeroError:
        return False
    return answer.status == 200


class Crew:
    """Processes that ask for the access token all at the same moment.

    They are copies of this process and wait at a barrier. ``tokens`` are the answers
    of the last race, None where there was an error.
    """

    def __init__(self, database, token_id):
        self._database, self._token_id = database, token_id
        context = multiprocessing.get_context("fork")
        self._barrier = context.Barrier(PROCESSES + 1)
        self._answers = context.Queue()
        self._members = [
            context.Process(target=self._work, daemon=True) for _ in range(PROCESSES)
        ]
        self.tokens = []

    def __enter__(self):
        for member in self._members:
            member.start()
        return self

    def __exit__(self, *exception):
        for member in self._members:
            member.terminate()
            member.join()

    def race(self):
        """Let the stored token be expired and start everyone."""
        self._database.execute(
            "UPDATE xero_token SET expires_at = '2020-01-01' WHERE id = %s",
            [self._token_id],
        )
        self._barrier.wait(60)
        self.tokens = [self._answers.get(timeout=60) for _ in self._members]

    def _work(self):
        while True:
            self._barrier.wait()
            self._answers.put(self._ask())

    def _ask(self):
        try:
            with self._database.transaction() as env:
                token = env["xero.token"].sudo().browse(self._token_id)
                return token._access_token()
        except errors.XeroError:
            return None
