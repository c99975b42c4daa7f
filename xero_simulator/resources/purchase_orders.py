"""Purchase orders (spec: PurchaseOrder). They post nothing, so no lock date holds."""

from dataclasses import replace

from .. import fields
from ..errors import BadQuery, Refused
from ..organisation import lower
from . import history, order_view
from .endpoint import ROUTES, Endpoint, names
from .order_rules import check_transition
from .order_writer import OrderWriter

UNKNOWN_ORDER = "The document with the supplied id was not found for this endpoint."
NOT_UNIQUE = "Order number must be unique"
NO_FILTERS = ("where", "IDs", "ids")


class PurchaseOrders(Endpoint):
    """``/PurchaseOrders``. PUT and POST both update the live order of a known number.

    Unit prices have 4 decimals without being asked; lists are always paged.
    """

    plural = "PurchaseOrders"
    table_name = "purchase_orders"
    scopes = ("accounting.invoices",)
    error_flag = "HasErrors"
    has_modified_since = True
    has_paging = True
    is_always_paged = True
    known_fields = names(
        "PurchaseOrderID PurchaseOrderNumber Reference Contact Date DeliveryDate "
        "ExpectedArrivalDate Status LineAmountTypes SubTotal TotalTax Total "
        "CurrencyCode CurrencyRate UpdatedDateUTC SentToContact"
    )
    date_fields = names("Date DeliveryDate ExpectedArrivalDate")
    routes = ROUTES

    def __init__(self, call):
        super().__init__(replace(call, exact_prices=True))

    def by_natural_key(self, key):
        return self.table.first("number", lower(key))

    # Lists

    def listed(self):
        """GET of one page.

        :raise BadQuery: a filter that other endpoints have and this one lacks
        """
        for name in NO_FILTERS:
            if name in self.call.query:
                raise BadQuery(f"Purchase orders cannot be filtered by '{name}'")
        return super().listed()

    def chosen(self, records):
        """By status and by the order's date."""
        parameters = self.call.query
        status = parameters.get("Status")
        if status:
            records = [r for r in records if r["Status"] == status.upper()]
        first = fields.day(parameters, "DateFrom")
        last = fields.day(parameters, "DateTo")
        return [
            record
            for record in records
            if (not first or record["Date"] >= first)
            and (not last or record["Date"] <= last)
        ]

    def facts(self, record):
        contact = self.organisation.contacts.get(record["ContactID"])
        return {**record, "Contact": contact}

    def row(self, record, detailed=True):
        return order_view.row(self.call, record)

    def written_row(self, record, element):
        return self.warned(self.row(record), record.get("Warnings"))

    def truth(self, record):
        return {**self.row(record), "CreatedBy": record["CreatedBy"]}

    # Writes

    def save(self, element, mode):
        existing = self._existing(element)
        if existing:
            check_transition(existing, element)
        writer = OrderWriter(self.call, existing, element)
        self._check_number(writer.record, writer.complaints)
        writer.complaints.check()
        record = self.table.put(self.organisation.stamp(writer.record))
        self.log(record, "Updated" if existing else "Created", record["Status"].title())
        return record

    def _existing(self, element):
        """By id, otherwise by number, in a create too: the known trap.

        :raise Refused: the id is unknown
        """
        order_id = fields.identifier(element, "PurchaseOrderID")
        if order_id:
            existing = self.table.get(order_id)
            if existing is None:
                raise Refused(UNKNOWN_ORDER)
            return existing
        number = lower(fields.text(element, "PurchaseOrderNumber"))
        return self.table.first("number", number)

    def _check_number(self, record, complaints):
        holder = self.table.first("number", lower(record["PurchaseOrderNumber"]))
        if holder and holder["PurchaseOrderID"] != record["PurchaseOrderID"]:
            complaints.add(NOT_UNIQUE)

    def history(self, key):
        """GET the history."""
        return history.listed(self, key)

    def add_history(self, key):
        """PUT a note."""
        return history.added(self, key)
