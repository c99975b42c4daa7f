"""What Xero says of the organisation: a copy that reads refresh, never typed."""

from odoo import fields, models

from ..lib import wire

REFUSALS = [
    ("disconnected", "Someone removed Odoo in Xero's connected apps"),
    ("scope", "A permission is missing"),
]

#: SalesTaxBasis values under which the return follows payments, not invoices (T31).
_CASH_BASES = ("CASH", "PAYMENTS")


class XeroOrganisation(models.Model):
    _name = "xero.organisation"
    _description = "Xero Organisation"
    _log_access = False

    connection_id = fields.Many2one(
        "xero.connection", required=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(related="connection_id.company_id")
    tenant_id = fields.Char(required=True, readonly=True)
    name = fields.Char(readonly=True)
    base_currency = fields.Char(readonly=True)
    country_code = fields.Char(readonly=True)
    edition = fields.Char(readonly=True)
    organisation_class = fields.Char("Plan", readonly=True)
    short_code = fields.Char(readonly=True)
    is_demo = fields.Boolean(readonly=True)
    sales_tax_basis = fields.Char(readonly=True)
    sales_tax_period = fields.Char(readonly=True)
    period_lock_date = fields.Date(readonly=True)
    end_of_year_lock_date = fields.Date(readonly=True)
    lock_date = fields.Date(
        "Locked Up To", compute="_compute_lock_date", help="The later lock date."
    )
    last_contact = fields.Datetime(readonly=True)
    refused = fields.Selection(REFUSALS, readonly=True)
    refused_at = fields.Datetime(readonly=True)
    told_at = fields.Datetime(readonly=True, help="When lost access was mailed.")

    _connection_uniq = models.UniqueIndex("(connection_id)")

    def _compute_lock_date(self):
        for organisation in self:
            dates = (organisation.period_lock_date, organisation.end_of_year_lock_date)
            organisation.lock_date = max(filter(None, dates), default=False)

    def _country_name(self):
        """The country in words; Xero gives its code."""
        country = self.env["res.country"].search([("code", "=", self.country_code)])
        return country.name or self.country_code

    def _tax_notices(self):
        """What the organisation's tax scheme means for Odoo (T31, T32)."""
        basis = (self.sales_tax_basis or "").upper()
        notices = []
        if any(word in basis for word in _CASH_BASES):
            notices.append(
                self.env._(
                    "tax is reported when money moves, so payment dates decide the"
                    " return"
                )
            )
        if basis.startswith("FLATRATE"):
            notices.append(
                self.env._(
                    "flat rate scheme: file from Xero, Odoo's tax report does not know"
                    " it"
                )
            )
        return notices

    def _values(self, element):
        """The columns that an Organisation of Xero's fills."""

        def day(name):
            return wire.parse_date(element[name]) if element.get(name) else False

        return {
            "tenant_id": element.get("OrganisationID"),
            "name": element.get("Name"),
            "base_currency": element.get("BaseCurrency"),
            "country_code": element.get("CountryCode"),
            "edition": element.get("Edition"),
            "organisation_class": element.get("Class"),
            "short_code": element.get("ShortCode"),
            "is_demo": bool(element.get("IsDemoCompany")),
            "sales_tax_basis": element.get("SalesTaxBasis"),
            "sales_tax_period": element.get("SalesTaxPeriod"),
            "period_lock_date": day("PeriodLockDate"),
            "end_of_year_lock_date": day("EndOfYearLockDate"),
        }

    def _refuse(self, why):
        """Remember, in a transaction of its own, that Xero refused this connection."""
        with self.env.registry.cursor() as cr:
            cr.execute(
                "UPDATE xero_organisation SET refused = %s, refused_at = %s"
                " WHERE id = %s AND refused IS NULL",
                [why, fields.Datetime.now(), self.id],
            )
        self.invalidate_recordset()
