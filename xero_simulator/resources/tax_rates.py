"""Tax rates and what they may be used on (spec: TaxRate)."""

from decimal import Decimal

from .. import fields, money, wire
from ..errors import Complaints, Refused
from .endpoint import Endpoint

CLASS_FIELDS = {
    "ASSET": "CanApplyToAssets",
    "EQUITY": "CanApplyToEquity",
    "EXPENSE": "CanApplyToExpenses",
    "LIABILITY": "CanApplyToLiabilities",
    "REVENUE": "CanApplyToRevenue",
}
NOT_BY_API = {"AVALARA", "USSALESTAX"}
"""Rates of these kinds are computed in Xero; through the API they do not work."""
REPORT_TYPES = {"OUTPUT", "INPUT", "EXEMPTOUTPUT", "EXEMPTINPUT", "NONE"}


class TaxRates(Endpoint):
    """``/TaxRates``: no If-Modified-Since, no paging, deleted ones are listed."""

    plural = "TaxRates"
    table_name = "tax_rates"
    one_per_request = True
    known_fields = frozenset(
        (
            "Name",
            "TaxType",
            "Status",
            "ReportTaxType",
            "EffectiveRate",
            "DisplayTaxRate",
        )
    ) | set(CLASS_FIELDS.values())
    routes = {
        ("GET", ""): "listed",
        ("PUT", ""): "create",
        ("POST", ""): "upsert",
        ("GET", "/<key>"): "read",
    }

    def row(self, record, detailed=True):
        hidden = ("IsSystem", "Charge")
        shown = {key: value for key, value in record.items() if key not in hidden}
        return wire.without_none(shown)

    def save(self, element, mode):
        existing = self._existing(element) if mode != "create" else None
        if existing and existing["IsSystem"]:
            raise Refused("System tax rates cannot be updated.")
        if existing and element.get("Status") == "DELETED":
            return self.table.put({**existing, "Status": "DELETED"})
        complaints = Complaints()
        record = self._merged(existing, element, complaints)
        complaints.check()
        return self.table.put(record)

    def _existing(self, element):
        tax_type, name = fields.text(element, "TaxType"), fields.text(element, "Name")
        if tax_type:
            return self.table.get(tax_type)
        same = (
            r for r in self.table.all() if r["Name"].lower() == (name or "").lower()
        )
        return next(same, None)

    def _merged(self, existing, element, complaints):
        name = fields.text(element, "Name") or (existing or {}).get("Name")
        self._check_name(name, existing, complaints)
        components = self._components(element, existing, complaints)
        report_type = fields.text(element, "ReportTaxType")
        if not existing and report_type not in REPORT_TYPES:
            complaints.add("ReportTaxType must be specified.")
        applies = dict.fromkeys(CLASS_FIELDS.values(), True)
        base = existing or {
            "TaxType": self._next_type(),
            "IsSystem": False,
            "Charge": "normal",
        }
        rate = money.effective_rate(components)
        return {
            **applies,
            **base,
            "Name": name,
            "Status": "ACTIVE",
            "ReportTaxType": report_type or base.get("ReportTaxType"),
            "TaxComponents": components,
            "DisplayTaxRate": rate,
            "EffectiveRate": rate,
        }

    def _check_name(self, name, existing, complaints):
        others = [r for r in self.table.all() if r is not existing]
        taken = (r["Name"].lower() for r in others if r["Status"] != "DELETED")
        if not name or name.lower() in taken:
            complaints.add("Please enter a unique Name.")

    def _components(self, element, existing, complaints):
        rows = fields.rows(element, "TaxComponents")
        if rows is None and existing:
            return existing["TaxComponents"]
        if not rows:
            complaints.add("At least one tax component must be specified.")
        return [
            {
                "Name": fields.text(row, "Name") or "Tax",
                "Rate": fields.number(row, "Rate", 4) or Decimal(0),
                "IsCompound": fields.boolean(row, "IsCompound") or False,
                "IsNonRecoverable": fields.boolean(row, "IsNonRecoverable") or False,
            }
            for row in rows or []
        ]

    def _next_type(self):
        number = sum(1 for r in self.table.all() if r["TaxType"].startswith("TAX")) + 1
        return f"TAX{number:03d}"


def tax_for_line(organisation, tax_type, account):
    """The rate that a line may use on its account.

    :param account: None for a draft's line without one
    :raise Refused: unknown, deleted, or not for that class of account
    """
    rate = organisation.tax_rates.get(tax_type)
    if (
        rate is None
        or rate["Status"] != "ACTIVE"
        or rate["ReportTaxType"] in NOT_BY_API
    ):
        raise Refused(
            f"The TaxType code '{tax_type}' does not exist or cannot be used for this "
            "type of transaction."
        )
    if account and not rate[CLASS_FIELDS[account["Class"]]]:
        code = account.get("Code") or account["AccountID"]
        raise Refused(
            f"The TaxType code '{tax_type}' cannot be used with account code '{code}'."
        )
    return rate


def charged_percent(rate):
    """What a rate adds to a line, in percent.

    Under reverse charge the buyer accounts for the tax, and a line of import GST is
    itself the tax: both charge nothing, whatever rate is shown.
    """
    return rate["EffectiveRate"] if rate["Charge"] == "normal" else Decimal(0)
