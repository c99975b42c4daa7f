"""Items: unpaged, unique by code (spec: Item)."""

from .. import fields, money, wire
from ..errors import Complaints, Refused
from ..organisation import new_id
from .accounts import account_for_line
from .endpoint import Endpoint, names
from .tax_rates import tax_for_line

TEXT_LIMITS = {"Code": 30, "Name": 50, "Description": 4000, "PurchaseDescription": 4000}
IN_USE = "Price List Item is in use and cannot be deleted"
DETAIL_TEXTS = ("AccountCode", "COGSAccountCode", "TaxType")


class Items(Endpoint):
    """``/Items``; POST finds an item by ItemID or Code."""

    plural = "Items"
    table_name = "items"
    scopes = ("accounting.settings", "accounting.invoices")
    has_modified_since = True
    most_per_request = 500
    known_fields = names(
        "ItemID Code Name Description PurchaseDescription IsSold IsPurchased "
        "IsTrackedAsInventory UpdatedDateUTC"
    )
    routes = {
        ("GET", ""): "listed",
        ("PUT", ""): "create",
        ("POST", ""): "upsert",
        ("GET", "/<key>"): "read",
        ("POST", "/<key>"): "update",
        ("DELETE", "/<key>"): "delete",
    }

    def by_natural_key(self, key):
        return self.table.first("code", key)

    def row(self, record, detailed=True):
        """Absent texts are left out; the timestamp carries no offset."""
        row = wire.without_none(record)
        row["UpdatedDateUTC"] = wire.BareTimestamp.of(record["UpdatedDateUTC"])
        for name in ("SalesDetails", "PurchaseDetails"):
            row[name] = self._shown_details(record[name])
        return row

    def _shown_details(self, details):
        shown = dict(details)
        if "UnitPrice" in shown:
            shown["UnitPrice"] = money.rounded(
                shown["UnitPrice"], self.call.unit_places
            )
        return shown

    def save(self, element, mode):
        complaints = Complaints()
        existing = self._existing(element, mode)
        record = self._merged(existing, element, complaints)
        self._check_code(record, existing, mode, complaints)
        fields.too_long(record, TEXT_LIMITS, complaints)
        complaints.check()
        return self.table.put(self.organisation.stamp(record))

    def _existing(self, element, mode):
        if mode == "create":
            return None
        item_id = fields.identifier(element, "ItemID")
        if not item_id:
            return self.table.first("code", fields.text(element, "Code"))
        existing = self.table.get(item_id)
        if existing is None:
            raise Refused(
                "The document with the supplied id was not found for this endpoint."
            )
        return existing

    def _merged(self, existing, element, complaints):
        record = dict(existing or self._blank())
        for name in ("Code", "Name", "Description", "PurchaseDescription"):
            if name in element:
                record[name] = fields.text(element, name) or None
        for name in ("IsSold", "IsPurchased"):
            wanted = fields.boolean(element, name)
            record[name] = record[name] if wanted is None else wanted
        for name in ("SalesDetails", "PurchaseDetails"):
            details = fields.nested(element, name)
            if details is not None:
                read = self._details(details, complaints)
                record[name] = {**record[name], **read}
        self._check_tracking(element, record, complaints)
        return record

    @staticmethod
    def _blank():
        return {
            "ItemID": new_id(),
            "Code": None,
            "IsTrackedAsInventory": False,
            "IsSold": True,
            "IsPurchased": True,
            "SalesDetails": {},
            "PurchaseDetails": {},
        }

    def _details(self, details, complaints):
        read = {}
        price = fields.number(details, "UnitPrice", self.call.unit_places)
        if price is not None:
            read["UnitPrice"] = price
        for name in DETAIL_TEXTS:
            if fields.text(details, name):
                read[name] = fields.text(details, name)
        try:
            self._check_details(read)
        except Refused as refusal:
            for message in refusal.complaints.messages:
                complaints.add(message)
        return read

    def _check_details(self, details):
        account = None
        for name in ("AccountCode", "COGSAccountCode"):
            if details.get(name):
                account = account_for_line(self.organisation, details[name], None)
        if details.get("TaxType"):
            tax_for_line(self.organisation, details["TaxType"], account)

    def _check_tracking(self, element, record, complaints):
        """Tracked stock needs an inventory account and a cost account."""
        code = fields.text(element, "InventoryAssetAccountCode")
        if not code:
            return
        account = self.organisation.accounts.first("code", code)
        cost = record["PurchaseDetails"].get("COGSAccountCode")
        if account is None or account["Type"] != "INVENTORY" or not cost:
            complaints.add(
                "Tracked items need an inventory account and COGSAccountCode."
            )
        record["InventoryAssetAccountCode"] = code
        record["IsTrackedAsInventory"] = True
        record.setdefault("QuantityOnHand", money.ZERO)
        record.setdefault("TotalCostPool", money.ZERO)

    def _check_code(self, record, existing, mode, complaints):
        code = record["Code"]
        if not code:
            complaints.add("Price List Item Code must be specified")
            return
        holder = self.table.first("code", code)
        if holder and holder is not existing:
            complaints.add(f"Price List Item with Code '{code}' already exists")

    def delete(self, key):
        """Delete an item that no document uses; 204."""
        record = self.found(key)
        if is_used(self.organisation, record["Code"]):
            element = {"ItemID": record["ItemID"], "Code": record["Code"]}
            self.refuse_if(Complaints([IN_USE]), element)
        self.table.remove(record["ItemID"])
        return self.deleted()


def is_used(organisation, code):
    """Whether a document line names an item."""
    return any(
        line.get("ItemCode") == code
        for document in organisation.documents()
        for line in document["LineItems"]
    )
