"""What goes over the wire, as files that ``make contract`` holds against Xero's
OpenAPI documents.

After a wanted change of a payload, write them anew with WRITE_SAMPLES=1 and look at the
difference.
"""

import json
import os
import re
from pathlib import Path

from .common import XeroCase

FOLDER = Path(__file__).parent / "samples"
_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class TestSamples(XeroCase):
    maxDiff = None

    def test_payloads_are_those_of_the_samples(self):
        """S132, S154, N21: contact, item and every kind of document with everything
        they carry."""
        self.env["ir.config_parameter"].set_param("web.base.url", "https://erp.example")
        self.connect(send_bills=True)
        self.customer.write(
            {
                "street": "1 High St",
                "city": "Leeds",
                "zip": "LS1 4AP",
                "country_id": self.env.ref("base.uk").id,
                "phone": "+44 113 496 0000",
                "vat": "GB123456782",
                "ref": "AZU0001",
            }
        )
        chair = self.product("CHAIR", description_sale="A chair")
        self.invoice(
            {"name": "Furniture", "display_type": "line_section", "tax_ids": False},
            {"name": "Chair", "product_id": chair.id, "quantity": 3, "discount": 10},
            {"name": "Screws", "quantity": 12500, "price_unit": 0.00345},
            {"name": "Deposit", "tax_ids": False, "price_unit": -20},
            name="INV/2026/90001",
            ref="PO 4711",
        )
        values = {"invoice_date": "2026-07-04", "date": "2026-07-04"}
        self.document("in_invoice", {"discount": 5}, ref="SUP-0042", **values)
        self.document("in_refund", name="RBILL/2026/90001", **values)
        self.document("out_refund", {"discount": 5}, name="RINV/2026/90001", **values)
        self.work()
        requests = self.env["xero.request"].search([("direction", "=", "out")])
        names = {
            "contact": "Contacts",
            "item": "Items",
            "invoice": "Invoices",
            "bill": "Invoices.bills",
            "credit_note": "CreditNotes",
            "supplier_credit": "CreditNotes.suppliers",
        }
        self.assertEqual(set(requests.mapped("resource")), set(names))
        for request in requests:
            self.compare(names[request.resource], json.loads(request.payload))

    def compare(self, name, payload):
        """Against the file, with what differs from run to run made equal."""
        text = json.dumps(payload, indent=2, ensure_ascii=False, sort_keys=True)
        text = _GUID.sub("6f0a9f60-0000-4000-8000-000000000000", text)
        text = re.sub(r"odoo-[0-9a-f]{8}-\d+", "odoo-0123abcd-1", text)
        text = re.sub(r"(customer-invoices|vendor-bills)/\d+", r"\1/1", text) + "\n"
        path = FOLDER / f"{name}.json"
        if os.environ.get("WRITE_SAMPLES"):
            path.write_text(text)
        self.assertEqual(path.read_text(), text)
