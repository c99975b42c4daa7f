"""What the connector costs: HTTP calls, SQL queries, and how safe refreshing is.

``make bench`` or ``python -m benchmarks`` runs every measurement against a database of
its own, with real commits, and a simulated Xero that counts calls. Figures are counts
and ratios; seconds alone say nothing about a connector on another machine.

One file per measurement; each has a function ``measure(bench)`` that yields
:class:`~benchmarks.result.Result`.
"""

import sys
from pathlib import Path

# Odoo 19's package is a namespace; its program imports this first, which gives it
# the names that "from odoo import ..." asks for.
import odoo.init

# The server process that the process tests start.
_PROCESS_TESTS = "xero_connector/tests/process"
sys.path.append(str(Path(__file__).parents[1] / _PROCESS_TESTS))
