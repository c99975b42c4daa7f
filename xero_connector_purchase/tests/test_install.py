"""The addon comes where both apps are, and goes without a trace: on real databases."""

import os
import subprocess
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

#: Printed by Odoo's shell, so that what it logs beside it does not matter.
_MARK = "found:"

_MODULES = """
names = ["xero_connector", "purchase", "xero_connector_purchase"]
found = env["ir.module.module"].search([("name", "in", names)])
states = sorted(m.name for m in found if m.state == "installed")
fields = sorted(f for f in env["xero.connection"]._fields if "order" in f)
print("found:", states, fields, "purchase.order" in env, "xero.order.copy" in env)
"""

#: An order that Xero has, one that waits, and what is written down of them.
_IN_USE = """
connection = env["xero.connection"].create(
    {"company_id": env.company.id, "client_id": "x", "client_secret": "y"}
)
partner = env["res.partner"].create({"name": "Supplier"})
order = env["purchase.order"].create({"partner_id": partner.id})
request = env["xero.request"].create(
    {
        "name": "XJ/1",
        "connection_id": connection.id,
        "resource": "purchase_order",
        "operation": "create_purchase_orders",
        "action": "create",
    }
)
note = env["xero.note"].create(
    {
        "connection_id": connection.id,
        "category": "purchase_order",
        "cause": "order_billed",
        "cause_key": "order_billed:1",
    }
)
shared = env["xero.note"].create(
    {
        "connection_id": connection.id,
        "category": "invoice",
        "cause": "tax_unmapped",
        "cause_key": "tax_unmapped:1",
    }
)
for resource, model, res_id in (
    ("invoice", "account.move", 1),
    ("purchase_order", "purchase.order", 0),
):
    env["xero.link"].create(
        {
            "connection_id": connection.id,
            "resource": resource,
            "res_model": model,
            "res_id": res_id,
            "state": "blocked",
            "note_id": shared.id,
        }
    )
env["xero.link"].create(
    {
        "connection_id": connection.id,
        "resource": "purchase_order",
        "res_model": "purchase.order",
        "res_id": order.id,
        "request_id": request.id,
        "note_id": note.id,
    }
)
env["xero.change"].create(
    {"connection_id": connection.id, "res_model": order._name, "res_id": order.id}
)
env["xero.cursor"]._of(connection, "purchase_order")
"""

_UNINSTALL = """
env["ir.module.module"].search(
    [("name", "=", "xero_connector_purchase")]
).button_immediate_uninstall()
"""

_STILL_WORKS = """
connection = env["xero.connection"].search([])
assert "send_orders" not in connection._fields
kinds = sorted(env["xero.resource"]._get_resources())
env["purchase.order"].get_view(view_type="form")
connection.get_view(view_type="form")
env["xero.note"].search([]).mapped("message")
connection._sweep()
env["xero.connection"]._cron_drive()
notes = env["xero.note"].search([])
assert notes.mapped("cause") == ["tax_unmapped"] and notes.state == "open", notes
assert notes.link_ids.mapped("resource") == ["invoice"]
print("found:", "purchase_order" in kinds, "invoice" in kinds, connection.state)
"""


class TestInstalling(unittest.TestCase):
    """Each database is made from the template, by the same script as any other."""

    name = f"xero_install_{os.getpid()}"

    def run_script(self, *command, code=None):
        done = subprocess.run(
            ["bash", "-c", 'source scripts/env.sh && exec "$@"', "run", *command],
            cwd=ROOT,
            input=code,
            capture_output=True,
            text=True,
            check=False,
        )
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout

    def shell(self, code):
        """What Odoo's shell prints of a piece of code, committed."""
        found = self.run_script(
            "scripts/odoo", "shell", "-d", self.name, code=f"{code}\nenv.cr.commit()\n"
        )
        lines = [line for line in found.splitlines() if _MARK in line]
        return lines[-1].split(_MARK, 1)[1].strip() if lines else ""

    def test_it_comes_with_purchase_and_goes_without_harm(self):
        """N21, S20: the connector alone names no order; installed by itself where both
        are; uninstalled, the connector works on."""
        self.addCleanup(self.run_script, "dropdb", "--if-exists", "--force", self.name)
        self.run_script("scripts/database", self.name, "xero_connector")
        self.assertEqual(self.shell(_MODULES), "['xero_connector'] [] False False")
        self.run_script(
            "scripts/odoo", "-d", self.name, "-i", "purchase", "--stop-after-init"
        )
        states, rest = self.shell(_MODULES + _IN_USE).split("] ", 1)
        self.assertEqual(
            states, "['purchase', 'xero_connector', 'xero_connector_purchase'"
        )
        self.assertIn("'send_orders'", rest)
        self.shell(_UNINSTALL)
        self.assertEqual(self.shell(_MODULES + _STILL_WORKS), "False True draft")
