"""Command line: ``make bench``, or ``python -m benchmarks [calls posting ...]``."""

import sys

from .odoo import boot

if __name__ == "__main__":
    # Addons can only be imported once the configuration says where they are.
    boot()
    from .suite import main

    sys.exit(main())
