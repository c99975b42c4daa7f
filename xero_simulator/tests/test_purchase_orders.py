"""Purchase orders: lists, numbers with their traps, statuses, lines."""

import pytest

from xero_simulator.control import XeroRefused

from .client import a_line

NOBODY = "00000000-0000-0000-0000-000000000000"


def an_order(contact, *lines, **values):
    line = a_line(AccountCode="400", TaxType="INPUT2")
    return {
        "Contact": {"ContactID": contact},
        "Date": "2026-09-14",
        "Status": "AUTHORISED",
        "LineItems": list(lines) or [line],
        **values,
    }


def a_cost(amount=100, **values):
    return a_line(amount, **{"AccountCode": "400", "TaxType": "INPUT2", **values})


@pytest.fixture
def order(xero, contact):
    return xero.create("PurchaseOrders", an_order(contact, PurchaseOrderNumber="P1"))


def path(order):
    return f"PurchaseOrders/{order['PurchaseOrderID']}"


def update(xero, order, **values):
    return xero.post(path(order), values)


class TestCreate:
    def test_answers_with_the_whole_order(self, xero, contact):
        row = xero.create(
            "PurchaseOrders",
            an_order(contact, DeliveryDate="2026-09-20", AttentionTo="Ann"),
        )
        assert row["Type"] == "PURCHASEORDER"
        assert row["HasErrors"] is False and row["IsDiscounted"] is False
        assert row["DateString"] == "2026-09-14T00:00:00"
        assert row["DeliveryDateString"] == "2026-09-20T00:00:00"
        assert row["Contact"]["Name"] == "Bright Windows Ltd"
        assert len(row["Contact"]["Phones"]) == 4

    def test_gives_numbers_when_there_is_none(self, xero, contact):
        rows = [xero.create("PurchaseOrders", an_order(contact)) for _ in range(2)]
        numbers = {row["PurchaseOrderNumber"] for row in rows}
        assert len(numbers) == 2 and all(n.startswith("PO-") for n in numbers)

    def test_computes_tax_line_by_line(self, xero, contact):
        lines = [a_cost(price) for price in (25.06, 25.61, 25.63)]
        row = xero.create("PurchaseOrders", an_order(contact, *lines))
        assert float(row["SubTotal"]) == 76.30 and float(row["TotalTax"]) == 15.26

    def test_prices_have_four_decimals_without_being_asked(self, xero, contact):
        line = a_cost(1.23456, Quantity=100)
        row = xero.create("PurchaseOrders", an_order(contact, line))
        assert float(row["LineItems"][0]["UnitAmount"]) == 1.2346
        assert float(row["SubTotal"]) == 123.46
        (shown,) = xero.get(path(row)).row["LineItems"]
        assert float(shown["UnitAmount"]) == 1.2346

    def test_a_discount_is_a_rate(self, xero, contact):
        order = an_order(contact, a_cost(DiscountRate=10))
        row = xero.create("PurchaseOrders", order)
        assert float(row["SubTotal"]) == 90 and row["IsDiscounted"] is True
        assert float(row["TotalDiscount"]) == 10

    @pytest.mark.parametrize(
        ("changes", "message"),
        [
            ({"Contact": None}, "A Contact must be specified"),
            ({"Contact": {"Name": "Unheard of"}}, "could not be found"),
            ({"DeliveryInstructions": "x" * 501}, "maximum length of 500"),
            ({"CurrencyCode": "JPY"}, "not subscribed to currency JPY"),
            ({"Status": "BILLED"}, "PurchaseOrder status change is invalid"),
            ({"LineItems": []}, "line items must be specified"),
            ({"LineItems": [a_cost(DiscountAmount=5)]}, "DiscountRate only"),
            ({"LineItems": [a_cost(AccountCode=None)]}, "Account code must be"),
            ({"LineItems": [a_cost(AccountCode="090")]}, "'090' is not a valid code"),
            ({"LineItems": [a_cost(TaxType="OUTPUT2")]}, "cannot be used with account"),
            ({"Status": "DRAFT", "SentToContact": True}, "Only AUTHORISED and BILLED"),
            ({"LineAmountTypes": "Nett"}, "LineAmountTypes 'Nett'"),
        ],
    )
    def test_a_wrong_order_is_refused(self, xero, contact, changes, message):
        answer = xero.put("PurchaseOrders", {**an_order(contact), **changes})
        assert answer.status == 400 and message in answer.message

    def test_never_makes_nor_changes_a_contact(self, xero, contact, control):
        order = an_order(contact, Contact={"Name": "Unheard of"})
        assert xero.put("PurchaseOrders", order).status == 400
        block = {"ContactID": contact, "TaxNumber": "GB1"}
        xero.create("PurchaseOrders", an_order(contact, Contact=block))
        (row,) = control.documents("contacts")
        assert "TaxNumber" not in row

    def test_an_archived_contact_takes_none(self, xero, contact, control):
        control.archive_contact(contact)
        answer = xero.put("PurchaseOrders", an_order(contact))
        assert "archived contact" in answer.message

    def test_no_lock_date_holds(self, xero, contact, control):
        control.set_lock_date("2026-12-31")
        assert xero.put("PurchaseOrders", an_order(contact)).status == 200


class TestNumbers:
    @pytest.mark.parametrize("method", ["PUT", "POST"])
    def test_a_create_with_a_live_number_takes_that_order_over(
        self, xero, contact, order, method
    ):
        """Measured: silently, with its id and no error."""
        element = an_order(contact, a_cost(7), PurchaseOrderNumber="p1")
        answer = xero.call(method, "PurchaseOrders", {"PurchaseOrders": [element]})
        assert answer.status == 200
        assert answer.row["PurchaseOrderID"] == order["PurchaseOrderID"]
        assert float(answer.row["SubTotal"]) == 7
        assert len(xero.get("PurchaseOrders").rows) == 1

    def test_the_number_of_a_deleted_order_is_burnt(self, xero, contact, order):
        update(xero, order, Status="DELETED")
        element = an_order(contact, PurchaseOrderNumber="P1")
        answer = xero.put("PurchaseOrders", {"PurchaseOrders": [element]})
        assert answer.status == 400 and answer.messages == [
            "PurchaseOrder status change is invalid",
            "Deleted PurchaseOrders cannot be updated",
        ]

    def test_a_burnt_number_is_answered_with_an_all_zero_id(self, xero, contact, order):
        update(xero, order, Status="DELETED")
        element = an_order(contact, PurchaseOrderNumber="P1")
        answer = xero.put("PurchaseOrders?summarizeErrors=false", [element])
        assert answer.status == 200
        assert answer.row["PurchaseOrderID"] == NOBODY
        assert answer.row["StatusAttributeString"] == "ERROR"
        assert answer.row["HasErrors"] is True

    def test_an_order_cannot_take_the_number_of_another(self, xero, contact, order):
        other = xero.create("PurchaseOrders", an_order(contact))
        answer = update(xero, other, PurchaseOrderNumber="P1")
        assert answer.message == "Order number must be unique"


class TestUpdate:
    @pytest.mark.parametrize(
        ("first", "then", "works"),
        [
            ("DRAFT", "SUBMITTED", True),
            ("SUBMITTED", "DRAFT", True),
            ("DRAFT", "AUTHORISED", True),
            ("DRAFT", "BILLED", False),
            ("AUTHORISED", "DRAFT", False),
            ("AUTHORISED", "BILLED", True),
            ("AUTHORISED", "DELETED", True),
            ("AUTHORISED", "VOIDED", False),
        ],
    )
    def test_statuses_follow_each_other(self, xero, contact, first, then, works):
        order = xero.create("PurchaseOrders", an_order(contact, Status=first))
        answer = update(xero, order, Status=then)
        assert answer.status == (200 if works else 400)
        shown = xero.get(path(order)).row["Status"]
        assert shown == (then if works else first)

    def test_lines_that_are_not_sent_stay(self, xero, order):
        row = update(xero, order, AttentionTo="Bob", LineItems=[], Contact={}).row
        assert row["AttentionTo"] == "Bob" and row["LineItems"] == order["LineItems"]

    def test_lines_without_their_id_are_made_anew(self, xero, order):
        (old,) = order["LineItems"]
        (new,) = update(xero, order, LineItems=[a_cost(5)]).row["LineItems"]
        assert new["LineItemID"] != old["LineItemID"]
        kept = {"LineItemID": new["LineItemID"], "Quantity": 3}
        (line,) = update(xero, order, LineItems=[kept]).row["LineItems"]
        assert line["LineItemID"] == new["LineItemID"] and line["LineAmount"] == 15

    def test_another_tax_treatment_computes_the_tax_anew(self, xero, order):
        row = update(xero, order, LineAmountTypes="Inclusive").row
        assert float(row["Total"]) == 100 and float(row["TotalTax"]) == 16.67

    def test_approving_by_status_alone_needs_complete_lines(self, xero, contact):
        line = {"Description": "x", "Quantity": 1, "UnitAmount": 5, "TaxType": "NONE"}
        draft = an_order(contact, line, Status="DRAFT")
        order = xero.create("PurchaseOrders", draft)
        answer = update(xero, order, Status="AUTHORISED")
        assert answer.message == "Account code must be specified."

    def test_an_unknown_order_is_said(self, xero, contact):
        element = {**an_order(contact), "PurchaseOrderID": contact}
        answer = xero.post("PurchaseOrders", {"PurchaseOrders": [element]})
        assert "was not found" in answer.message
        assert xero.post(f"PurchaseOrders/{contact}", element).status == 404


class TestRead:
    def test_by_id_and_by_number(self, xero, order):
        for key in (order["PurchaseOrderID"], "P1", "p1"):
            assert xero.get(f"PurchaseOrders/{key}").row["SubTotal"] == 100
        assert xero.get("PurchaseOrders/P2").status == 404

    def test_lists_are_paged_unasked_and_have_lines(self, xero, contact):
        orders = [an_order(contact)] * 120
        xero.put("PurchaseOrders", {"PurchaseOrders": orders})
        answer = xero.get("PurchaseOrders")
        assert len(answer.rows) == 100 and len(answer.rows[0]["LineItems"]) == 1
        assert answer.body["pagination"]["itemCount"] == 120
        assert len(xero.get("PurchaseOrders?page=2").rows) == 20

    def test_lists_by_status_and_date(self, xero, contact):
        for day, status in (("01", "DRAFT"), ("02", "SUBMITTED"), ("03", "DRAFT")):
            order = an_order(contact, Date=f"2026-09-{day}", Status=status)
            xero.create("PurchaseOrders", order)
        assert len(xero.get("PurchaseOrders?Status=DRAFT").rows) == 2
        assert len(xero.get("PurchaseOrders?DateFrom=2026-09-02").rows) == 2
        assert len(xero.get("PurchaseOrders?DateTo=2026-09-02").rows) == 2
        both = "PurchaseOrders?DateFrom=2026-09-02&DateTo=2026-09-02"
        assert xero.get(both).row["Status"] == "SUBMITTED"
        ordered = xero.get("PurchaseOrders?order=Date DESC").rows
        assert ordered[0]["DateString"].startswith("2026-09-03")

    @pytest.mark.parametrize("filter", ["where=Status==%22DRAFT%22", "IDs=x"])
    def test_other_filters_do_not_exist(self, xero, filter):
        assert xero.get(f"PurchaseOrders?{filter}").status == 400

    def test_since_a_moment_deleted_ones_come_too(self, xero, order, control):
        control.clock.advance(10)
        moment = control.clock.now().strftime("%Y-%m-%dT%H:%M:%S")
        assert xero.get("PurchaseOrders", If_Modified_Since=moment).rows == []
        update(xero, order, Status="DELETED")
        answer = xero.get("PurchaseOrders", If_Modified_Since=moment)
        assert answer.row["Status"] == "DELETED"

    @pytest.mark.parametrize(("day", "hours"), [("09-14", 12), ("10-04", 13)])
    def test_the_nested_contact_has_local_time_that_says_utc(
        self, xero, order, contact, control, day, hours
    ):
        """Recorded: never take a watermark from a nested contact."""
        control.set_organisation(Timezone="NEWZEALANDSTANDARDTIME")
        control.set_updated("contacts", contact, f"2026-{day}T03:00:00")
        nested = xero.get(path(order)).row["Contact"]
        alone = xero.get(f"Contacts/{contact}").row
        assert stamp(nested) - stamp(alone) == hours * 3_600_000

    def test_files_are_attached(self, xero, order):
        own = f"{path(order)}/Attachments"
        answer = xero.call("PUT", f"{own}/spec.pdf", data=b"%PDF")
        assert answer.status == 200 and answer.row["FileName"] == "spec.pdf"
        assert xero.get(f"{own}/spec.pdf").content == b"%PDF"
        assert xero.get(path(order)).row["HasAttachments"] is True

    def test_notes_are_kept(self, xero, order):
        note = {"HistoryRecords": [{"Details": "Sent from Odoo"}]}
        assert xero.put(f"{path(order)}/History", note).status == 200
        assert len(xero.get(f"{path(order)}/History").rows) == 2


def stamp(row):
    return int(row["UpdatedDateUTC"].removeprefix("/Date(")[:13])


class TestAPerson:
    def test_writes_changes_and_deletes_an_order(self, xero, contact, control):
        row = control.create("purchase_orders", an_order(contact))
        control.update("purchase_orders", row["PurchaseOrderID"], {"Telephone": "1"})
        assert xero.get("PurchaseOrders").row["Telephone"] == "1"
        control.delete_order(row["PurchaseOrderID"])
        assert xero.get("PurchaseOrders").row["Status"] == "DELETED"

    def test_copies_an_order_to_a_bill(self, xero, order, control):
        billed = control.bill_order(order["PurchaseOrderID"])
        assert billed["Status"] == "BILLED"
        (bill,) = control.documents("invoices")
        assert bill["Type"] == "ACCPAY" and bill["Status"] == "DRAFT"
        assert bill["Total"] == order["Total"]

    def test_a_discount_is_taken_off_the_prices_of_the_bill(
        self, xero, contact, control
    ):
        order = an_order(contact, a_cost(DiscountRate=10))
        row = xero.create("PurchaseOrders", order)
        control.bill_order(row["PurchaseOrderID"])
        assert control.documents("invoices")[0]["Total"] == 108

    def test_can_delete_a_billed_order(self, order, control):
        control.bill_order(order["PurchaseOrderID"])
        row = control.delete_order(order["PurchaseOrderID"])
        assert row["Status"] == "DELETED"

    def test_bills_no_draft(self, xero, contact, control):
        row = xero.create("PurchaseOrders", an_order(contact, Status="DRAFT"))
        with pytest.raises(XeroRefused, match="status change is invalid"):
            control.bill_order(row["PurchaseOrderID"])
        assert control.documents("invoices") == []
