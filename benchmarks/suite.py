"""Runs measurements, prints a table and keeps the figures."""

import argparse
import json
import os
import platform
from pathlib import Path

from odoo import release, sql_db

from . import (
    calls,
    contacts,
    mixed,
    orders,
    paying,
    posting,
    previewing,
    reading,
    reference,
    refreshing,
    sending,
    webhooks,
)
from .bench import Bench
from .odoo import copy_database, make_database
from .simulator import simulator

DATABASE = "xero_bench"

#: Where each measurement works, from the same beginning.
RUN = "xero_bench_run"
RESULTS = Path(__file__).parent / "results.json"

MEASUREMENTS = {
    "calls": calls.measure,
    "contacts": contacts.measure,
    "posting": posting.measure,
    "sending": sending.measure,
    "preview": previewing.measure,
    "reference": reference.measure,
    "mixed": mixed.measure,
    "orders": orders.measure,
    "paying": paying.measure,
    "reading": reading.measure,
    "webhooks": webhooks.measure,
    "refreshing": refreshing.measure,
}


def main():
    """Run what is asked for; the exit status tells whether a target was missed."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("only", nargs="*", metavar="NAME", help=", ".join(MEASUREMENTS))
    names = parser.parse_args().only or list(MEASUREMENTS)
    if unknown := set(names) - set(MEASUREMENTS):
        parser.error(f"unknown: {', '.join(unknown)}; there are {list(MEASUREMENTS)}")
    make_database(DATABASE)
    results = _run(names)
    if len(names) == len(MEASUREMENTS):
        _write(results)
    return any(result.missed for group in results.values() for result in group)


def _run(names):
    """Results by measurement, printed as they come."""
    results = {}
    for name in names:
        print(f"\n{name}\n{'-' * len(name)}")
        copy_database(DATABASE, RUN)
        results[name] = []
        with simulator() as xero:
            for result in MEASUREMENTS[name](Bench(RUN, xero)):
                results[name].append(result)
                _print(result)
    sql_db.close_all()
    return results


def _print(result):
    value = f"{result.value:g}"
    print(
        f"{result.name:64}{value:>8}  {result.wanted:12}{result.verdict}".rstrip(),
        flush=True,
    )


def _write(results):
    """Keep the figures, and on what they were measured."""
    machine = {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "odoo": release.version,
    }
    figures = {
        name: [result.as_dict() for result in group] for name, group in results.items()
    }
    RESULTS.write_text(json.dumps({"machine": machine} | figures, indent=2) + "\n")
    print(f"\nWritten to {RESULTS.relative_to(Path.cwd())}")
