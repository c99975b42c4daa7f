"""Answers that were lost, where no number tells what became of the document."""

from .test_changes import ChangesCase


class DoubtCase(ChangesCase):
    def setUp(self):
        super().setUp()
        self.connection.send_bills = True
        self.map_tax(self.connection, self.purchase_tax, "INPUT2")
        self.first_invoice()
        self.settle()
        self.xero.clear_calls()

    def lose(self, kind="answer_lost", path="/Invoices", method="PUT"):
        self.xero.fault(kind, path=path, method=method)

    def puts(self, path):
        return [call for call in self.writes(path) if call["method"] == "PUT"]

    def identical(self, invoice, number=None):
        """Somebody types the same document into Xero."""
        [line] = invoice.invoice_line_ids
        return self.xero.create(
            "invoices",
            {
                "Type": "ACCREC",
                "Status": "AUTHORISED",
                "InvoiceNumber": number,
                "Contact": {"ContactID": self.customer._xero_link().xero_id},
                "Date": "2026-07-03",
                "DueDate": "2026-08-02",
                "LineItems": [
                    {
                        "Description": line.name,
                        "Quantity": 1,
                        "UnitAmount": 100,
                        "AccountCode": "200",
                        "TaxType": "OUTPUT2",
                    }
                ],
            },
        )


class TestBills(DoubtCase):
    def test_a_bill_that_arrived_is_found(self):
        """I4, N1: by supplier, date, number, totals and texts; sent once."""
        bill = self.document("in_invoice")
        self.lose()
        self.settle()
        self.assertEqual(bill.xero_state, "synced")
        self.assertEqual(len(self.puts("/Invoices")), 1)

    def test_a_bill_that_never_arrived_goes_again(self):
        """I4: read, absent, sent anew."""
        bill = self.document("in_invoice")
        self.lose("dropped")
        self.settle()
        self.assertEqual(bill.xero_state, "synced")
        keys = [call["idempotency_key"] for call in self.puts("/Invoices")]
        self.assertEqual(len(set(keys)), 2)

    def test_a_bill_of_the_same_number_but_another_amount_is_not_it(self):
        """I4, T63: everything must be the same."""
        bill = self.document("in_invoice", ref="0042")
        self.work()
        other = self.there(bill)
        bill._xero_link().sudo().unlink()
        [line] = other["LineItems"]
        kept = ("Description", "Quantity", "AccountCode", "TaxType")
        line = {name: line[name] for name in kept} | {"UnitAmount": 7}
        self.xero.update("invoices", other["InvoiceID"], {"LineItems": [line]})
        bill._xero_touch()
        self.lose("dropped")
        self.settle()
        self.assertEqual(bill.xero_state, "synced")
        self.assertNotEqual(bill._xero_link().xero_id, other["InvoiceID"])

    def test_could_not_read_is_not_absent(self):
        """I9: while the list cannot be read nothing is sent."""
        bill = self.document("in_invoice")
        self.lose()
        self.lose("unavailable", method="GET")
        self.settle()
        self.assertEqual(bill.xero_state, "synced")
        self.assertEqual(len(self.puts("/Invoices")), 1)


class TestCredits(DoubtCase):
    def test_two_supplier_credits_that_say_the_same(self):
        """I4, I1: as many there as were sent: each takes one."""
        credits = [self.document("in_refund", ref="C") for _n in range(2)]
        self.lose(path="/CreditNotes")
        self.settle()
        self.assertEqual({each.xero_state for each in credits}, {"synced"})
        self.assertEqual(len(self.puts("/CreditNotes")), 1)
        self.assertEqual(len(self.in_xero("creditnotes")), 2)
        self.assertEqual(len({each.xero_id for each in credits}), 2)

    def test_a_supplier_credit_like_one_that_is_linked(self):
        """I4: what another one holds is not there for this one."""
        first = self.document("in_refund", ref="C")
        self.settle()
        second = self.document("in_refund", ref="C")
        self.lose("dropped", path="/CreditNotes")
        self.settle()
        self.assertEqual((first.xero_state, second.xero_state), ("synced", "synced"))
        self.assertEqual(len(self.in_xero("creditnotes")), 2)

    def test_our_credit_note_is_found_by_its_number(self):
        """I4: credit notes have no list of numbers; a condition asks for it."""
        credit = self.document("out_refund")
        self.lose(path="/CreditNotes")
        self.settle()
        self.assertEqual(credit.xero_state, "synced")
        self.assertEqual(len(self.puts("/CreditNotes")), 1)


class TestXerosNumbers(DoubtCase):
    def setUp(self):
        super().setUp()
        self.connection.number_policy = "xero"

    def test_an_invoice_that_arrived_is_found_and_keeps_xeros_number(self):
        """I4, S113: without a number of ours."""
        invoice = self.invoice({"name": "Advice"})
        self.lose()
        self.settle()
        self.assertEqual(invoice.xero_state, "synced")
        self.assertEqual(invoice.xero_number, self.there(invoice)["InvoiceNumber"])
        self.assertEqual(len(self.puts("/Invoices")), 1)

    def test_nobody_can_tell_so_somebody_looks(self):
        """I4, decision 17: two identical there, one sent: never sent again on a guess,
        whatever is pressed, until a person said so."""
        invoice = self.invoice({"name": "Advice"})
        self.lose()
        self.work()
        self.identical(invoice)
        self.settle()
        note = self.note(cause="looks_alike").with_user(self.accountant)
        note.action_try_again()
        invoice.with_user(self.accountant).action_xero_send()
        self.settle()
        self.assertEqual(len(self.puts("/Invoices")), 1)
        self.note(cause="looks_alike")
        invoice.with_user(self.accountant)._xero_link().action_not_there()
        self.settle()
        self.assertEqual(len(self.puts("/Invoices")), 2)
        self.assertEqual(invoice.xero_state, "synced")

    def three_of_which_one_has_a_reference(self):
        found = [self.invoice({"name": "Advice"}, ref=ref) for ref in ("C", "", "")]
        self.lose()
        self.work()
        return found

    def test_a_reference_tells_one_from_its_likes(self):
        """I4, I1: who says more takes the one that says it, the others what is left."""
        invoices = self.three_of_which_one_has_a_reference()
        self.settle()
        self.assertEqual({each.xero_state for each in invoices}, {"synced"})
        self.assertEqual(len({each.xero_id for each in invoices}), 3)
        self.assertEqual(self.there(invoices[0])["Reference"], "C")
        self.assertEqual(len(self.puts("/Invoices")), 1)

    def test_one_in_xero_is_never_two_of_ours(self):
        """I4, I8: of the two without a reference Xero has one: a person looks."""
        invoices = self.three_of_which_one_has_a_reference()
        there = [e for e in self.in_xero("invoices") if e["Total"] == 120]
        plain = [e for e in there if not e.get("Reference")]
        self.xero.update("invoices", plain[-1]["InvoiceID"], {"Status": "VOIDED"})
        self.settle()
        states = [each.xero_state for each in invoices]
        self.assertEqual(states, ["synced", "error", "error"])

    def test_a_person_says_which_it_is(self):
        """S158: linked by hand, nothing is sent."""
        invoice = self.invoice({"name": "Advice"})
        self.lose("dropped")
        self.work()
        made = [self.identical(invoice) for _n in range(2)]
        self.settle()
        note = self.note(cause="looks_alike").with_user(self.accountant)
        model = self.env["xero.link.existing"].with_user(self.accountant)
        wizard = model.with_context(**note.action_mend()["context"]).create(
            {"words": made[0]["InvoiceNumber"]}
        )
        self.assertTrue(wizard.can_deny)
        wizard.candidate_ids[0].action_choose()
        self.settle()
        self.assertEqual(invoice._xero_link().xero_id, made[0]["InvoiceID"])
        self.assertEqual(invoice.xero_state, "synced")

    def test_cancelled_while_nobody_can_tell_it_is_not_forgotten(self):
        """I4, S164: Xero may have it."""
        invoice = self.invoice({"name": "Advice"})
        self.lose()
        self.work()
        self.identical(invoice)
        self.settle()
        invoice.button_draft()
        invoice.button_cancel()
        self.settle()
        self.note(cause="looks_alike")


class TestChangesInDoubt(DoubtCase):
    def test_a_change_that_arrived_is_found(self):
        """I4, I5: the content is compared, the status alone says nothing."""
        invoice = self.invoice()
        self.settle()
        self.lose(method="POST")
        self.change(invoice, price_unit=250)
        self.assertEqual(invoice.xero_state, "synced")
        posts = [call for call in self.writes("/Invoices") if call["method"] == "POST"]
        self.assertEqual(len(posts), 1)

    def test_a_change_that_never_arrived_goes_again(self):
        """I4: approved it was before; the price tells."""
        invoice = self.invoice()
        self.settle()
        self.lose("dropped", method="POST")
        self.change(invoice, price_unit=250)
        self.assertEqual(float(self.there(invoice)["Total"]), 300)
        self.assertEqual(invoice.xero_state, "synced")

    def test_changed_by_somebody_else_while_in_doubt(self):
        """I15, I4: our change did not arrive, theirs did: a person chooses."""
        invoice = self.invoice()
        self.settle()
        self.lose("dropped", method="POST")
        invoice.button_draft()
        invoice.invoice_line_ids.quantity = 3
        invoice.action_post()
        self.work()
        self.xero.clock.advance(5)
        self.in_xero_changed(invoice, AccountCode="260")
        self.settle()
        self.note(cause="changed_in_xero")
        [line] = self.there(invoice)["LineItems"]
        self.assertEqual((line["AccountCode"], float(line["Quantity"])), ("260", 1))


class TestBillsChanged(DoubtCase):
    def test_a_suppliers_number_that_is_corrected(self):
        """T62: the same bill is changed, paid or not."""
        bill = self.document("in_invoice", ref="SUP-1")
        self.settle()
        self.xero.pay(bill._xero_link().xero_id, 20)
        bill.ref = "SUP-2"
        self.settle()
        self.assertEqual(self.there(bill)["InvoiceNumber"], "SUP-2")
        self.assertEqual(bill.xero_state, "synced")

    def test_a_paid_bill_may_be_recoded_but_not_repriced(self):
        """N12: as Xero allows since March 2026."""
        bill = self.document("in_invoice")
        self.settle()
        self.xero.pay(bill._xero_link().xero_id, 20)
        self.change(bill, name="Better words")
        [line] = self.there(bill)["LineItems"]
        self.assertEqual(line["Description"], "Better words")
        self.change(bill, price_unit=250)
        self.note(cause="paid_in_xero")

    def test_a_credit_note_is_changed_with_its_lines(self):
        """N12: as invoices are; read by a condition on ids."""
        credit = self.document("out_refund")
        self.settle()
        [before] = self.in_xero("creditnotes")
        self.change(credit, price_unit=250)
        [after] = self.in_xero("creditnotes")
        self.assertEqual(float(after["Total"]), 300)
        self.assertEqual(
            after["LineItems"][0]["LineItemID"], before["LineItems"][0]["LineItemID"]
        )

    def test_a_credit_note_that_is_cancelled_is_voided(self):
        """S164, T65."""
        credit = self.document("out_refund")
        self.settle()
        credit.button_draft()
        credit.button_cancel()
        self.settle()
        [there] = self.in_xero("creditnotes")
        self.assertEqual((there["Status"], credit.xero_mark), ("VOIDED", "voided"))

    def test_a_reversal_of_what_is_in_xero_is_a_credit_note(self):
        """S127, S159: the invoice stays, the credit stands beside it."""
        invoice = self.invoice()
        self.settle()
        credit = invoice._reverse_moves([{"invoice_date": "2026-07-05"}])
        credit.action_post()
        self.settle()
        self.assertEqual({invoice.xero_state, credit.xero_state}, {"synced"})
        [there] = self.in_xero("creditnotes")
        self.assertEqual(there["CreditNoteNumber"], credit.name)
