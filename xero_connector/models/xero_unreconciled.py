"""Payments that Odoo sent and nobody has matched with the bank in Xero (T42)."""

from odoo import fields, models
from odoo.fields import Domain

from ..lib import deeplinks


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    unreconciled_words = fields.Text(compute="_compute_unreconciled_words")

    def _compute_unreconciled_words(self):
        """``3 payments sent to Business Bank are not reconciled in Xero yet, £ 360.00.
        In Xero press OK on the green match; do not add a new transaction.``"""
        for connection in self:
            words = [
                connection._unreconciled_sentence(*each)
                for each in connection._unreconciled()
            ]
            connection.unreconciled_words = "\n".join(words)

    def _unreconciled_sentence(self, journal, currency, count, total):
        values = {
            "count": count,
            "bank": journal.name or "",
            "total": currency.format(total),
        }
        if count == 1:
            said = self.env._(
                "1 payment sent to %(bank)s is not reconciled in Xero yet, %(total)s.",
                **values,
            )
        else:
            said = self.env._(
                "%(count)s payments sent to %(bank)s are not reconciled in Xero yet,"
                " %(total)s.",
                **values,
            )
        return self.env._(
            "%s In Xero press OK on the green match; do not add a new transaction.",
            said,
        )

    def _unreconciled(self):
        """What of each bank waits to be matched: (journal, currency, count, total), the
        most first."""
        parts = self.env["xero.part"].sudo()
        return parts._read_group(
            self._unreconciled_domain(),
            ["journal_id", "bank_currency_id"],
            ["__count", "bank_amount:sum"],
            order="__count DESC",
        )

    def _unreconciled_domain(self):
        """Payments that Odoo sent to banks; those that Xero recorded are its own
        business, and other accounts have no bank's lines."""
        links = (
            self.env["xero.link"]
            .sudo()
            ._search(
                [
                    ("connection_id", "in", self.ids),
                    ("resource", "=", "payment"),
                    ("state", "=", "synced"),
                    ("superseded_by_id", "=", False),
                    ("fingerprint", "!=", "theirs"),
                ]
            )
        )
        mapped = self.env["xero.mapping"].sudo()._by_record(self, "journal")
        others = [id_ for id_, each in mapped.items() if each.account_type != "BANK"]
        return (
            Domain("wanted", "=", True)
            & Domain("journal_id", "not in", others)
            & Domain("kind", "=", "payment")
            & Domain("reconciled", "=", False)
            & Domain("id", "in", links.subselect("res_id"))
        )

    # === ACTIONS === #

    def action_show_unreconciled(self):
        """Show the payments that are not reconciled in Xero."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "xero_connector.xero_part_action"
        )
        return dict(action, context={"search_default_unreconciled": 1})

    def action_open_bank(self):
        """Open the bank account in Xero where most payments wait to be matched."""
        self.ensure_one()
        domain = self._unreconciled_domain()
        for journal, *_rest in self._unreconciled()[:1]:
            domain &= Domain("journal_id", "=", journal.id)
        return self.env["xero.part"].search(domain, limit=1).action_open_bank()


class XeroPart(models.Model):
    _inherit = "xero.part"

    def action_open_bank(self):
        """Open its bank account in Xero, in another tab."""
        part = self.sudo()[:1]
        connection = part.connection_id or self.env.company._xero_connection().sudo()
        account = part._xero_account(part._xero_facts(connection)) if part else part
        page, key = ("bank_account", account.key) if account else ("organisation", "")
        short_code = connection.organisation_id.short_code
        return {
            "type": "ir.actions.act_url",
            "url": deeplinks.link(page, key, short_code),
            "target": "new",
        }
