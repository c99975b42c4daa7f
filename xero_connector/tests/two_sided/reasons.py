"""What only one of both sides has, and why: reasons that may keep ledgers apart."""

#: What amounts may differ by.
HALF_A_CENT = 0.005

#: The money that Xero is to record first.
EXPECTED = "expected on an account that Xero owns"


class Reasons:
    """Parts of a document here and there, compared.

    :ivar live: payments and allocations in Xero, by id
    :ivar link_of_part: xero.part id to its link
    :ivar link_of_id: id in Xero to the link, superseded ones too
    :ivar declared: what is not the same on both sides: (document, reason)
    """

    def only_here(self, document):
        """Parts that settle it in Odoo and are not in Xero."""
        return self.of_document(document).filtered(
            lambda part: self.is_here(part) and not self.is_there(part)
        )

    def only_there(self, document):
        """Payments and allocations on it in Xero that settle nothing in Odoo."""
        xero_id = document._xero_link().xero_id
        return [
            found
            for key, found in self.live.items()
            if xero_id in self.ids_settled(found) and not self.is_known(key)
        ]

    def in_both(self, document):
        """Parts that settle it on both sides."""
        return self.of_document(document).filtered(
            lambda part: self.is_here(part) and self.is_there(part)
        )

    def amount_there(self, part):
        """What one part is in Xero: there two documents may be set against each other
        several times."""
        link = self.link_of_part[part.id]
        ids = (link.xero_id, *(link.snapshot or {}).get("more", ()))
        return sum(float(self.live[key]["Amount"]) for key in ids if key in self.live)

    def of_document(self, document):
        """Parts that money or credit stands behind."""
        return self.parts.filtered(
            lambda part: (
                part.kind != "credit_note"
                and (part.document_id == document or self.uses(part, document))
            )
        )

    def uses(self, part, credit):
        """Whether a part is a credit note's use on an invoice."""
        return part.kind == "allocation" and part.counterpart_move_id == credit

    def is_here(self, part):
        return part.wanted and bool(part.counterpart_move_id)

    def is_there(self, part):
        link = self.link_of_part.get(part.id)
        return bool(link and link.xero_id in self.live)

    def is_known(self, key):
        """Whether what has this id in Xero settles something in Odoo."""
        link = self.link_of_id.get(key)
        if not link or link.superseded_by_id:
            return False
        return self.is_here(self.parts.browse(link.res_id))

    def ids_settled(self, found):
        """Ids of the documents that a payment or an allocation stands on."""
        return {
            found[stem][f"{stem}ID"]
            for stem in ("Invoice", "CreditNote")
            if found.get(stem)
        }

    # === WHY NOT === #

    def declare(self, document, reason):
        if not reason:
            self.fail_with(f"{document.name}: nobody says why")
        self.declared.append((document.name, reason))

    def reason_here(self, part):
        """Why a part is not in Xero."""
        link = self.link_of_part.get(part.id)
        if link and link.note_id.state == "open":
            return link.note_id.cause
        if part.kind == "payment" and part.journal_id.xero_money_owner == "xero":
            return EXPECTED
        for document in part.document_id | part.counterpart_move_id:
            if document._xero_link().state in ("gone", "blocked", "error"):
                return "its document is stopped"
        self.fail_with(
            f"{part.display_name} ({part.kind}) is not in Xero:"
            f" {link and (link.state, link.waiting_for, link.fingerprint)}"
        )

    def reason_apart(self, part):
        """Why a part has another amount in Xero."""
        note = self.link_of_part[part.id].note_id
        if note.state == "open" and note.cause == "money_differs":
            return note.cause
        self.fail_with(
            f"{part.display_name} is {self.amount_there(part)} in Xero: nobody says why"
        )

    def reason_there(self, found):
        """Why something in Xero is not in Odoo."""
        key = found.get("PaymentID") or found.get("AllocationID")
        link = self.link_of_id.get(key)
        part = self.parts.browse(link.res_id if link else ())
        if part.wanted and self.waits_for_bank(part):
            return "waits for the bank"
        if link and link.note_id.state == "open":
            return link.note_id.cause
        self.fail_with(
            f"{found['Amount']} of {found['Date'][:10]} is only in Xero:"
            f" {link and (link.state, link.waiting_for, part.wanted)}"
        )

    def waits_for_bank(self, part):
        """Whether it has no entry, and the bank's line did not come; it is then no more
        than what was announced."""
        line = self.bank_lines.get(part.payment_id.id)
        came = line and line.move_id in self.settling(part.document_id)
        told = part.payment_id and part.amount <= part.payment_id.amount + HALF_A_CENT
        return told and not part.counterpart_move_id and not came

    def settling(self, document):
        """Entries that settle a document."""
        lines = self.owed(document, every=True)
        partials = lines.matched_debit_ids | lines.matched_credit_ids
        return (partials.debit_move_id | partials.credit_move_id).move_id

    def code_of(self, payment):
        return self.case.account_codes[payment["Account"]["AccountID"]]
