"""The table of fields that people read, against what goes over the wire."""

from odoo.tests import tagged

from ..lib import wire
from ..models.xero_field_table import DOCUMENT_FIELDS, LINE_FIELDS
from .common import XeroCase


@tagged("post_install", "-at_install")
class TestFieldTable(XeroCase):
    def test_everything_that_is_sent_is_in_the_table(self):
        """S175: each field of each kind of document, and of its lines."""
        self.connect(send_bills=True, mark_sent=True)
        dollars = self.env.ref("base.USD")
        dollars.active = True
        product = self.product("CHAIR")
        self.invoice({"product_id": product.id, "discount": 10}, ref="PO 1")
        self.invoice(currency_id=dollars.id)
        self.invoice(move_type="out_refund")
        self.work()
        documents = self.sent_documents()
        self.assertTrue(documents)
        known = {name for name, _label, _source in DOCUMENT_FIELDS}
        lines = {name for name, _label, _source in LINE_FIELDS}
        for document in documents:
            self.assertLessEqual(set(document), known)
            for line in document["LineItems"]:
                self.assertLessEqual(set(line), lines)

    def sent_documents(self):
        requests = self.env["xero.request"].search(
            [("resource", "in", ("invoice", "credit_note"))]
        )
        self.assertEqual(set(requests.mapped("resource")), {"invoice", "credit_note"})
        bodies = (wire.loads(request.sudo().payload) for request in requests)
        return [each for body in bodies for rows in body.values() for each in rows]
