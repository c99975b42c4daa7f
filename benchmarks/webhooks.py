"""How fast webhooks are taken in, against a route that inserts one row."""

import json
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import requests
from harness.databases import Database
from harness.server import Server

from odoo.tools import config

from xero_simulator.webhook_delivery import signature

from .bench import Bench
from .odoo import REPOSITORY, make_database
from .result import Result

DATABASE = "xero_bench_webhooks"
KEY = "a key of forty letters that Xero shows us"

#: Together 10,000 events, in posts as large as Xero's, by so many at once.
ROUNDS, POSTS, EVENTS, SENDERS = 5, 20, 100, 8

#: Posts of one event, and posts to the bare route, in each round.
SINGLE_POSTS = BARE_POSTS = 100


def measure(bench):
    """10,000 events of invoices; what they say is read by jobs, which rest here."""
    make_database(DATABASE)
    books = Bench(DATABASE, bench.xero)
    with books.connection() as connection:
        connection.sudo().webhook_key = KEY
        tenant = connection.tenant_id
    with books.runner.on_duty(), _server() as url:
        bench.xero.clear_calls()
        full, single, bare = _post_all(url, tenant)
        calls = len(bench.xero.calls(kind="api"))
    count = ROUNDS * (POSTS * EVENTS + SINGLE_POSTS)
    kept = books.database.execute("SELECT count(DISTINCT xero_id) FROM xero_event")
    yield Result(f"{count:,} events: kept", kept[0][0], count)
    yield Result(f"{count:,} events: calls to Xero meanwhile", calls, 0)
    what = "against a bare route, posts of"
    yield Result(f"{what} one event: rate", round(bare / single, 2))
    yield Result(f"{what} {EVENTS} events: rate", round(bare / full, 2))
    yield Result(f"{what} {EVENTS} events: rows", round(bare / full * EVENTS, 1))


@contextmanager
def _server():
    """The address of a server that runs no jobs, and has the bare route."""
    folders = ",".join((f"{REPOSITORY}/benchmarks/addons", *config["addons_path"]))
    modules = ",".join((*config["server_wide_modules"], "bare_route"))
    options = (f"--addons-path={folders}", f"--load={modules}", "--max-cron-threads=0")
    server = Server(Database(DATABASE), runner=False, options=options)
    try:
        yield server.start().url
    finally:
        server.stop()


def _post_all(url, tenant):
    """Seconds of one post of many events, of one event, and to the bare route."""
    hook, seconds = f"{url}/xero/webhook", [0, 0, 0]
    with ThreadPoolExecutor(SENDERS) as senders:
        for _round in range(ROUNDS):
            full = [_body(tenant, EVENTS) for _post in range(POSTS)]
            single = [_body(tenant, 1) for _post in range(SINGLE_POSTS)]
            bare = [b"{}"] * BARE_POSTS
            kinds = ((hook, full), (hook, single), (f"{url}/bare", bare))
            for kind, (address, posts) in enumerate(kinds):
                seconds[kind] += _timed(senders, address, posts) / len(posts)
    return seconds


def _body(tenant, count):
    """What Xero posts when so many invoices changed at once."""
    event = {
        "tenantId": tenant,
        "eventCategory": "INVOICE",
        "eventType": "UPDATE",
        "eventDateUtc": "2026-11-22T10:00:00.000",
    }
    events = [event | {"resourceId": str(uuid.uuid4())} for _event in range(count)]
    return json.dumps({"events": events}).encode()


def _timed(senders, url, posts):
    """Seconds until all are answered, each with 200."""
    signed = [(post, {"x-xero-signature": signature(post, KEY)}) for post in posts]
    begun = time.monotonic()
    answers = senders.map(
        lambda each: requests.post(url, data=each[0], headers=each[1], timeout=60),
        signed,
    )
    refused = [answer.status_code for answer in answers if answer.status_code != 200]
    assert not refused, refused
    return time.monotonic() - begun
