"""Command line: ``python -m demonstration``; see scripts/demo and scripts/serve."""

import argparse
import signal
import sys
import time
from contextlib import ExitStack

from . import processes
from .connecting import ACCOUNTANT, Connector
from .failure import Failure
from .keeping import Bookkeeper
from .report import print_report
from .verdict import Verdict

DATABASE = "xero_demo"


def say(text):
    """One step, for the reader who waits."""
    print(f"demo: {text}", flush=True)


class Demonstration:
    """The steps in their order.

    :param stack: what it starts is stopped with this
    :param port: of Odoo, None for a free one
    :param xero_port: of the simulator, 0 for a free one
    """

    def __init__(self, stack, port, xero_port):
        self._stack = stack
        self._port, self._xero_port = port, xero_port
        self.processes = []

    def run(self):
        """Everything from nothing to the report.

        :return: whether both ledgers agree
        """
        self._start()
        connector = Connector(self.odoo_url, self.xero_url, DATABASE)
        say("writing the books: customers, products and documents")
        bookkeeper = Bookkeeper(connector.admin, connector.accountant)
        bookkeeper.set_up()
        documents = bookkeeper.write_documents()
        self._connect(connector, bookkeeper)
        since = connector.xero.calls()[-1]["number"]
        say(f"posting {sum(each.post for each in documents.values())} documents")
        bookkeeper.post(documents)
        say("waiting until jobs have settled everything")
        connector.wait_until_quiet()
        verdict = Verdict(connector, documents)
        print_report(connector, verdict, since)
        self._mention_errors()
        return not verdict.complaints

    def _start(self):
        self._check_ports()
        processes.make_database(DATABASE)
        say("starting the simulated Xero and Odoo")
        xero, self.xero_url = self._enter(processes.simulator(self._xero_port))
        port = self._port or processes.free_port()
        odoo, self.odoo_url = self._enter(processes.odoo(DATABASE, port))
        self.processes = [xero, odoo]

    def _enter(self, context):
        return self._stack.enter_context(context)

    def _check_ports(self):
        for port, variable in ((self._port, "PORT"), (self._xero_port, "XERO_PORT")):
            if port:
                processes.check_free(port, variable)

    def _connect(self, connector, bookkeeper):
        say("connecting: the accountant allows access on Xero's page")
        connector.connect()
        say("choosing mappings and going live")
        connector.choose_mappings(bookkeeper)
        connector.go_live()
        connector.wait_for_runner()
        connector.wait_until_quiet()

    def _mention_errors(self):
        errors = processes.errors_in_log(self.processes[-1])
        if errors:
            print("\nOdoo logged errors meanwhile:", *errors[:10], sep="\n  ")

    def keep(self):
        """Serve until Ctrl-C."""
        print(
            f"\nOdoo:            {self.odoo_url}  log in as admin/admin or"
            f" {ACCOUNTANT['login']}/{ACCOUNTANT['password']}\n"
            f"Simulated Xero:  {self.xero_url}\n"
            "Ctrl-C stops both.",
            flush=True,
        )
        while all(processes.check_alive(each) for each in self.processes):
            time.sleep(1)


def main():
    """Run; the exit status tells whether both ledgers agree."""
    parser = argparse.ArgumentParser(prog="scripts/demo", description=__doc__)
    parser.add_argument("--keep", action="store_true", help="go on serving")
    parser.add_argument("--port", type=int, help="of Odoo; default a free one")
    parser.add_argument("--xero-port", type=int, default=0, help="of the simulator")
    options = parser.parse_args()
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda signum, _: sys.exit(128 + signum))
    return _run(options)


def _run(options):
    with ExitStack() as stack:
        try:
            stack.enter_context(processes.only_one())
            demonstration = Demonstration(stack, options.port, options.xero_port)
            agree = demonstration.run()
            if agree and options.keep:
                demonstration.keep()
        except Failure as failure:
            print(f"demo: {failure}", file=sys.stderr)
            return 1
        except KeyboardInterrupt:
            say("stopping")
            return 130
        if not agree:
            sys.stdout.flush()
            print("demo: the ledgers do not agree; see above.", file=sys.stderr)
        return 0 if agree else 1


if __name__ == "__main__":
    sys.exit(main())
