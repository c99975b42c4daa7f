"""Recipes of accounting.md 2.5: an Odoo event becomes objects in Xero, with cash."""

from decimal import Decimal

from odoo import Command

from .test_payments import PaymentCase


class TestRecipes(PaymentCase):
    """Every figure is that of the recipe; cash is what the statement shows (I13)."""

    def setUp(self):
        super().setUp()
        self.fees = self.account("Bank fees", "expense")
        self.discount = self.account("Cash discount", "expense")

    def account(self, name, kind):
        code = f"{990000 + next(self._numbers)}"
        return self.env["account.account"].create(
            {"name": name, "code": code, "account_type": kind}
        )

    def payable_account(self, code, name, kind):
        """An account in Xero that takes payments."""
        account = {"Code": code, "Name": name, "Type": kind}
        self.xero.create("accounts", account | {"EnablePaymentsToAccount": True})
        self.connection.action_refresh_reference_data()

    def receivable(self, *documents):
        moves = self.env["account.move"].union(*documents)
        return moves.line_ids.filtered(
            lambda line: (
                line.account_id.account_type
                in ("asset_receivable", "liability_payable")
            )
        )

    def entry(self, *lines, date="2026-07-20"):
        """A posted journal entry of (account, partner, balance)."""
        entry = self.env["account.move"].create(
            {
                "move_type": "entry",
                "date": date,
                "line_ids": [
                    Command.create(
                        {
                            "account_id": account.id,
                            "partner_id": partner and partner.id,
                            "balance": balance,
                        }
                    )
                    for account, partner, balance in lines
                ],
            }
        )
        entry.action_post()
        return entry

    def register_short(self, invoice, amount, account):
        return self.register(
            invoice,
            amount,
            payment_difference_handling="reconcile",
            writeoff_account_id=account.id,
        )

    def amounts(self):
        return [(p[0], p[2]) for p in self.payments()]

    def credit(self):
        [note] = self.in_xero("creditnotes")
        return note

    def test_unmapped_write_off_stops(self):
        """T40, N26: nothing goes before someone chose; the choice frees it."""
        invoice = self.invoice()
        self.register_short(invoice, 115, self.fees)
        self.settle()
        self.assertEqual(self.payments(), [])
        self.note(cause="write_off_unmapped")
        self.write_off(self.fees, "credit_note", "404")
        self.settle()
        self.assertEqual(self.amounts(), [(115, "090")])
        self.assertEqual(self.due(invoice), 0)

    def test_bank_kept_some(self):
        """S196, T40, N26: 115.00 to the bank, 5.00 to the account of the fees."""
        self.payable_account("405", "Fees paid by", "EXPENSE")
        self.write_off(self.fees, "payment", "405")
        invoice = self.invoice()
        self.register_short(invoice, 115, self.fees)
        self.settle()
        self.assertEqual(sorted(self.amounts()), [(5, "405"), (115, "090")])
        self.assertEqual(self.due(invoice), 0)
        self.assert_cash()

    def test_small_difference(self):
        """T40: 119.98 to the bank and a credit note of 0.02 without tax."""
        self.write_off(self.fees, "credit_note", "404")
        invoice = self.invoice()
        self.register_short(invoice, Decimal("119.98"), self.fees)
        self.settle()
        self.assertEqual(self.amounts(), [(Decimal("119.98"), "090")])
        note = self.credit()
        self.assertEqual((note["Total"], note["TotalTax"]), (Decimal("0.02"), 0))
        self.assertEqual(note["Status"], "PAID")
        self.assertEqual(note["Date"][:10], "2026-07-10")
        self.assertEqual(note["Reference"], invoice.name)
        self.assertEqual(self.due(invoice), 0)
        self.assert_cash()

    def test_early_discount_with_tax(self):
        """T40: 117.60 to the bank; the credit note has 2.00 and 0.40 of tax at the
        invoice's rate."""
        self._early_discount("included")
        note = self.credit()
        self.assertEqual(
            (note["SubTotal"], note["TotalTax"]), (Decimal("2.00"), Decimal("0.40"))
        )
        self.assertEqual(self.amounts(), [(Decimal("117.60"), "090")])
        self.assertEqual(note["LineItems"][0]["TaxType"], "OUTPUT2")

    def test_early_discount_without_tax(self):
        """T40: 118.00 to the bank; the credit note leaves the tax as it is."""
        self._early_discount("excluded")
        note = self.credit()
        self.assertEqual((note["SubTotal"], note["TotalTax"]), (2, 0))
        self.assertEqual(self.amounts(), [(118, "090")])

    def test_early_discount_always(self):
        """T36, T40: the invoice's tax is lower already; the credit note bears none."""
        self._early_discount("mixed")
        [invoice] = self.in_xero("invoices")
        self.assertEqual(
            (invoice["TotalTax"], invoice["Total"]),
            (Decimal("19.60"), Decimal("119.60")),
        )
        note = self.credit()
        self.assertEqual((note["SubTotal"], note["TotalTax"]), (2, 0))
        self.assertEqual(self.amounts(), [(Decimal("117.60"), "090")])

    def _early_discount(self, computation):
        terms = self.env["account.payment.term"].create(
            {
                "name": "2 % in 10 days",
                "early_discount": True,
                "discount_percentage": 2,
                "discount_days": 10,
                "early_pay_discount_computation": computation,
                "line_ids": [
                    Command.create(
                        {"value": "percent", "value_amount": 100, "nb_days": 30}
                    )
                ],
            }
        )
        company = self.company
        company.account_journal_early_pay_discount_loss_account_id = self.discount
        self.write_off(self.discount, "credit_note", "260")
        invoice = self.invoice(invoice_payment_term_id=terms.id)
        self.register(invoice, payment_date="2026-07-08")
        self.settle()
        self.assertEqual(invoice.payment_state, "paid")
        self.assertEqual(self.due(invoice), 0)
        self.assert_cash()

    def test_write_off_undone(self):
        """S206: the payment is undone: credit note and allocation go as well."""
        self.write_off(self.fees, "credit_note", "404")
        invoice = self.invoice()
        payment = self.register_short(invoice, 115, self.fees)
        self.settle()
        payment.action_draft()
        payment.action_cancel()
        self.settle()
        self.assertEqual(self.payments(), [])
        self.assertEqual(self.credit()["Status"], "VOIDED")
        self.assertEqual(self.due(invoice), 120)

    def test_lost_answers_of_a_write_off(self):
        """I4: whichever answer is lost, everything is there once."""
        self.write_off(self.fees, "credit_note", "404")
        invoice = self.invoice()
        self.settle()
        self.register_short(invoice, 115, self.fees)
        for path in (r"/CreditNotes(\?|$)", "/CreditNotes.*/Allocations", "/Payments"):
            self.xero.fault("answer_lost", path=path, method="PUT")
        self.settle()
        self.settle()
        self.assertEqual(self.amounts(), [(115, "090")])
        self.assertEqual(self.credit()["Status"], "PAID")
        self.assertEqual(self.due(invoice), 0)
        self.assertEqual(len(self.in_xero("allocations")), 1)

    def test_credit_note_used_on_invoice(self):
        """N13, T10: set against each other in Odoo, so they are in Xero; no cash."""
        invoice = self.invoice()
        refund = self.document("out_refund", {"price_unit": 20})
        self.settle()
        lines = (invoice | refund).line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        lines.reconcile()
        self.settle()
        self.assertEqual(self.due(invoice), 96)
        self.assertEqual(self.payments(), [])
        lines.remove_move_reconcile()
        self.settle()
        self.assertEqual(self.due(invoice), 120)

    def test_allocation_answer_without_id(self):
        """N13: Xero's published answer has no id; it is looked up."""
        self.xero.set_option(allocation_ids=False)
        invoice = self.invoice()
        refund = self.document("out_refund", {"price_unit": 20})
        (invoice | refund).line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        ).reconcile()
        self.settle()
        self.assertEqual(len(self.in_xero("allocations")), 1)
        part = self.env["xero.part"].search([])
        self.assertEqual(part.xero_state, "synced")
        self.assertTrue(part.xero_id)

    def test_reversal(self):
        """N13: an invoice reversed in Odoo is set against its credit note in Xero."""
        invoice = self.invoice()
        self.settle()
        wizard = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"journal_id": invoice.journal_id.id, "date": "2026-07-20"})
        )
        wizard.reverse_moves(is_modify=False)
        refund = invoice.reversal_move_ids
        if refund.state == "draft":
            refund.action_post()
        if invoice.payment_state != "reversed":
            (invoice | refund).line_ids.filtered(
                lambda line: line.account_id.account_type == "asset_receivable"
            ).reconcile()
        self.settle()
        self.assertEqual(self.due(invoice), 0)

    def test_credit_for_an_invoice_that_is_not_there(self):
        """T2: the credit note is sent, the allocation waits for a link."""
        invoice = self.invoice(invoice_date="2025-12-01")
        refund = self.document("out_refund")
        (invoice | refund).line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        ).reconcile()
        self.settle()
        self.assertEqual(refund.xero_state, "synced")
        self.note(cause="credit_unlinked")

    def test_looked_at_from_either_side(self):
        """I7: credit set against an invoice is the same, whichever of them is looked
        at."""
        invoice, refund = self.invoice(), self.document("out_refund")
        (invoice | refund).line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        ).reconcile()
        self.settle()
        parts = self.env["xero.part"]
        self.assertFalse(parts._refresh(self.connection, refund))
        self.assertFalse(parts._refresh(self.connection, invoice))

    def test_refund_of_a_credit_note(self):
        """T55: money paid back stands on the credit note."""
        refund = self.document("out_refund", {"price_unit": 20})
        self.register(refund)
        self.settle()
        self.assertEqual(self.amounts(), [(24, "090")])
        self.assertEqual(self.credit()["Status"], "PAID")

    def test_bill(self):
        """S188: bills are paid from the bank."""
        self.connection.send_bills = True
        self.map_tax(self.connection, self.purchase_tax, "INPUT2")
        bill = self.document("in_invoice")
        self.register(bill)
        self.settle()
        self.assertEqual(self.amounts(), [(120, "090")])
        self.assertEqual(self.due(bill), 0)

    def test_foreign_currency(self):
        """S195, T49: 100 USD at 1.25, paid at 1.20: rate and bank's amount are those of
        the bank; Odoo's exchange entry is not sent."""
        usd = self.env.ref("base.USD")
        usd.active = True
        rates = self.env["res.currency.rate"]
        for day, rate in (("2026-07-03", 1.25), ("2026-07-10", 1.2)):
            rates.create(
                {
                    "currency_id": usd.id,
                    "name": day,
                    "rate": rate,
                    "company_id": self.company.id,
                }
            )
        invoice = self.invoice(
            {"tax_ids": [Command.clear()], "price_unit": 100}, currency_id=usd.id
        )
        self.register(invoice, currency_id=usd.id)
        self.settle()
        [there] = self.in_xero("payments")
        self.assertEqual(there["Amount"], 100)
        self.assertEqual(there["BankAmount"], Decimal("83.33"))
        self.assertEqual(self.due(invoice), 0)

    def test_third_currency(self):
        """T48, S194: a bank in a third currency stops the payment."""
        usd, eur = self.env.ref("base.USD"), self.env.ref("base.EUR")
        (usd | eur).active = True
        account = self.xero_account(self.connection, "090")
        account.currency_code = "EUR"
        invoice = self.invoice(
            {"tax_ids": [Command.clear()], "price_unit": 100}, currency_id=usd.id
        )
        self.register(invoice, currency_id=usd.id)
        self.settle()
        self.assertEqual(self.payments(), [])
        note = self.note(cause="payment_third_currency")
        self.assertIn("Use a USD or GBP account", note.advice)

    # === NO MONEY === #

    def written_off(self, invoice):
        """A journal entry that closes an invoice as a bad debt; its account.

        In Xero an account of other revenue, as an expense takes no tax of sales (T24).
        """
        debts = self.account("Bad debts", "expense")
        self.map_account(self.connection, debts, "260")
        own = self.receivable(invoice)
        entry = self.entry((debts, None, 120), (own.account_id, self.customer, -120))
        (own | self.receivable(entry)).reconcile()
        self.settle()
        return debts

    def make_credit_note(self, **values):
        """Press the button of the one open note."""
        note = self.note(cause="closed_by_entry")
        self.assertEqual(note.opens, "bad_debt")
        action = note.with_user(self.accountant).action_mend()
        debt = self.env["xero.bad.debt"].with_user(self.accountant)
        debt = debt.with_context(**action["context"]).create(
            {"date": "2026-07-21"} | values
        )
        debt.action_make()
        self.settle()
        self.assertEqual(note.state, "done")

    def test_closed_by_journal_entry(self):
        """T53: an entry that moved no money is said, not sent."""
        invoice = self.invoice()
        self.written_off(invoice)
        self.assertEqual(self.payments(), [])
        self.assertEqual(self.due(invoice), 120)
        note = self.note(cause="closed_by_entry")
        self.assertIn(f"{invoice.name} was closed in Odoo by journal", note.message)
        self.assertIn("Make a credit note on Bad debts", note.advice)

    def test_bad_debt_with_tax_relief(self):
        """T53: a credit note of 100.00 + 20.00 on bad debts at the invoice's rate."""
        invoice = self.invoice()
        debts = self.written_off(invoice)
        self.make_credit_note(relief="yes")
        note = self.credit()
        self.assertEqual((note["SubTotal"], note["TotalTax"]), (100, 20))
        [line] = note["LineItems"]
        self.assertEqual((line["AccountCode"], line["TaxType"]), ("260", "OUTPUT2"))
        self.assertEqual(
            [each["Amount"] for each in self.in_xero("allocations")], [120]
        )
        self.assertEqual(self.due(invoice), 0)
        self.assertEqual(self.balance(debts), 100)

    def test_bad_debt_without_relief(self):
        """T53: a credit note of 120.00 on bad debts, without tax."""
        invoice = self.invoice()
        debts = self.written_off(invoice)
        self.make_credit_note(relief="no")
        note = self.credit()
        self.assertEqual((note["Total"], note["TotalTax"]), (120, 0))
        self.assertEqual(note["LineItems"][0]["AccountCode"], "260")
        self.assertEqual(self.due(invoice), 0)
        self.assertEqual(self.balance(debts), 120)
        self.assertEqual(self.payments(), [])

    def balance(self, account):
        """What Odoo's books have on an account."""
        lines = self.env["account.move.line"].search(
            [("account_id", "=", account.id), ("parent_state", "=", "posted")]
        )
        return sum(lines.mapped("balance"))

    def contra(self):
        """A customer's invoice settled against its own bill of the same amount."""
        self.connection.send_bills = True
        self.map_tax(self.connection, self.purchase_tax, "INPUT2")
        invoice, bill = self.invoice(), self.document("in_invoice")
        owed, owing = self.receivable(invoice), self.receivable(bill)
        entry = self.entry(
            (owed.account_id, self.customer, -120),
            (owing.account_id, self.customer, 120),
        )
        for own in (owed, owing):
            other = self.receivable(entry).filtered(
                lambda line, own=own: line.account_id == own.account_id
            )
            (own | other).reconcile()
        self.settle()
        return invoice, bill

    def test_contra_is_said(self):
        """T54: advice; nothing is sent before an account was chosen."""
        self.contra()
        self.assertEqual(self.payments(), [])
        notes = self.env["xero.note"].search([("state", "=", "open")])
        self.assertEqual(set(notes.mapped("cause")), {"closed_by_contra"})
        self.assertIn("was settled against its own bill", notes[0].message)

    def test_contra_with_a_bill(self):
        """T54: two payments from one clearing account, which ends at zero."""
        invoice, bill = self.contra()
        self.payable_account("880", "Mutual settlements", "CURRENT")
        note = self.env["xero.note"].search([("state", "=", "open")])[:1]
        action = note.with_user(self.accountant).action_mend()
        connection = self.env[action["res_model"]].browse(action["res_id"])
        account = self.xero_account(self.connection, "880")
        connection.contra_account_id = account
        self.settle()
        self.assertEqual(self.amounts(), [(120, "880"), (120, "880")])
        kinds = sorted(each["PaymentType"] for each in self.in_xero("payments"))
        self.assertEqual(kinds, ["ACCPAYPAYMENT", "ACCRECPAYMENT"])
        self.assertEqual([self.due(invoice), self.due(bill)], [0, 0])
        self.assertFalse(self.env["xero.note"].search([("state", "=", "open")]))
        self.register(self.invoice())
        self.written_off(self.invoice())
        self.assertEqual(self.amounts()[2:], [(120, "090")])
        self.note(cause="closed_by_entry")

    # === CLEARING AND WITHHOLDING === #

    def test_card_with_a_clearing_account(self):
        """T47: 100.00 to the provider's clearing account; fee and payout are Xero's."""
        self.payable_account("836", "Stripe clearing", "CURRENT")
        stripe = self.journal("Stripe", "836")
        invoice = self.invoice({"tax_ids": [Command.clear()]})
        self.register(invoice, journal=stripe)
        self.settle()
        self.assertEqual(self.amounts(), [(100, "836")])
        self.assertEqual(self.due(invoice), 0)

    def test_withheld_tax(self):
        """T29, T40: 110.00 to the bank, 10.00 to the account of withheld tax, which is
        no cost."""
        self.payable_account("615", "Withholding tax", "CURRENT")
        withheld = self.account("Withheld tax", "asset_current")
        self.write_off(withheld, "payment", "615")
        invoice = self.invoice()
        self.register_short(invoice, 110, withheld)
        self.settle()
        self.assertEqual(sorted(self.amounts()), [(10, "615"), (110, "090")])
        self.assertEqual(self.in_xero("creditnotes"), [])
        self.assertEqual(self.due(invoice), 0)
        self.assert_cash()

    # === DEPOSITS === #

    def deposit(self, *amounts):
        """Invoices of a sale and of its deposit; each a list of (account, amount)."""
        self.deposits = self.account("Deposits", "liability_current")
        self.map_account(self.connection, self.deposits, "840")
        accounts = {"sale": self.income, "deposit": self.deposits}
        return [
            self.invoice(
                *(
                    {"account_id": accounts[name].id, "price_unit": amount}
                    for name, amount in lines
                )
            )
            for lines in amounts
        ]

    def deposited(self):
        """What is left on the deposit account in Xero."""
        return sum(
            line["LineAmount"]
            for each in self.in_xero("invoices")
            for line in each["LineItems"]
            if line["AccountCode"] == "840"
        )

    def test_deposit_of_a_part(self):
        """T51: 36.00, then 120.00 - 36.00; both paid like any invoice, tax once."""
        invoices = self.deposit([("deposit", 30)], [("sale", 100), ("deposit", -30)])
        for invoice in invoices:
            self.register(invoice)
        self.settle()
        self.assertEqual(sorted(self.amounts()), [(36, "090"), (84, "090")])
        there = self.in_xero("invoices")
        self.assertEqual(sum(each["TotalTax"] for each in there), 20)
        self.assertEqual([self.due(each) for each in invoices], [0, 0])
        self.assertEqual(self.deposited(), 0)
        self.assertEqual(self.in_xero("prepayments"), [])
        self.assert_cash()

    def test_deposit_of_all(self):
        """T52: the final invoice of 0.00 is sent; nothing is left on the deposit
        account."""
        first, final = self.deposit(
            [("deposit", 100)], [("sale", 100), ("deposit", -100)]
        )
        self.register(first)
        self.settle()
        self.assertEqual(final.xero_state, "synced")
        totals = sorted(each["Total"] for each in self.in_xero("invoices"))
        self.assertEqual(totals, [0, 120])
        self.assertEqual(self.deposited(), 0)
        self.assertEqual(self.amounts(), [(120, "090")])

    # === BOUNCED === #

    def test_bounced_after_the_bank_confirmed_it(self):
        """T56, T57: nothing is changed; the right way is said, with the day."""
        invoice = self.invoice()
        payment = self.register(invoice)
        self.settle()
        [there] = self.in_xero("payments")
        self.xero.reconcile(there["PaymentID"])
        payment.action_draft()
        payment.action_cancel()
        self.settle()
        note = self.note(cause="payment_reconciled")
        self.assertIn("2026", note.message)
        self.assertIn("record that in Xero as a new line", note.advice)
        self.assertEqual(self.amounts(), [(120, "090")])

    def test_one_payment_over_two_invoices_with_write_off(self):
        """T40, I13: shares of what was written off add up to the whole."""
        self.write_off(self.fees, "credit_note", "404")
        invoices = self.invoice() | self.invoice({"price_unit": 50})
        self.register(
            invoices,
            Decimal("179.99"),
            group_payment=True,
            payment_difference_handling="reconcile",
            writeoff_account_id=self.fees.id,
        )
        self.settle()
        self.assertEqual(sum(p[0] for p in self.payments()), Decimal("179.99"))
        for invoice in invoices:
            self.assertEqual(self.due(invoice), 0)
