"""Command line: ``python -m xero_simulator --port 8079 --organisation uk``."""

import argparse

from .seeds import KNOWN
from .server import serve


def main():
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(prog="xero_simulator", description=__doc__)
    parser.add_argument("--port", type=int, default=8079)
    parser.add_argument(
        "--organisation",
        action="append",
        choices=KNOWN,
        help="may be given several times; default uk",
    )
    parser.add_argument("--day-limit", type=int, help="calls a day, default 5000")
    parser.add_argument("--minute-limit", type=int, help="calls a minute, default 60")
    options = parser.parse_args()
    try:
        running = serve(options.port, tuple(options.organisation or ("uk",)))
    except OSError as error:
        parser.exit(1, f"Port {options.port} cannot be used: {error.strerror}\n")
    with running as simulator:
        simulator.control.set_limits(day=options.day_limit, minute=options.minute_limit)
        print(f"Simulated Xero on {simulator.url}", flush=True)
        try:
            simulator.thread.join()
        except KeyboardInterrupt:
            print("Stopped")


if __name__ == "__main__":
    main()
