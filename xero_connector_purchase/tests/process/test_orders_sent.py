"""Orders go through a real server and its job runner, once, whatever is lost."""

import pytest
from harness import invariants


@pytest.fixture
def buyer(company):
    """A company that sends purchase orders; the administrator buys."""
    [account] = company.anna.call("xero.account", "search", [("code", "=", "429")])
    values = {"send_orders": True, "default_purchase_account_id": account}
    company.anna.call("xero.connection", "write", [company.connection_id], values)
    return company


def order(company, count=1):
    """Confirmed orders of two chairs at 50.00 each; their ids."""
    supplier = company.customer()
    [chair] = company.admin.call("product.product", "create", [{"name": "Chair"}])
    line = {"product_id": chair, "product_qty": 2, "price_unit": 50, "tax_ids": []}
    values = {"partner_id": supplier, "order_line": [(0, 0, line)]}
    ids = company.admin.call("purchase.order", "create", [values] * count)
    company.admin.call("purchase.order", "button_confirm", ids)
    return ids


def names(company, ids):
    return [each["name"] for each in shown(company, ids, "name")]


def shown(company, ids, *names):
    return company.admin.read("purchase.order", [("id", "in", ids)], *names)


def assert_in_xero(company, ids):
    """Each of these orders is in Xero once, equal in amount, and says so."""
    invariants.check_all(company.database, company.xero)
    there = company.xero.documents("purchase_orders")
    for each in shown(company, ids, "name", "xero_state", "amount_total"):
        assert each["xero_state"] == "synced"
        found = [t for t in there if t["PurchaseOrderNumber"] == each["name"]]
        assert [float(t["Total"]) for t in found] == [each["amount_total"]]


def test_confirmed_orders_are_sent(buyer):
    """N21, S140: the look at Xero's numbers and the orders themselves, in real jobs."""
    ids = order(buyer, 3)
    buyer.wait_quiet()
    assert_in_xero(buyer, ids)


def test_the_answer_is_lost_after_xero_committed(buyer):
    """N1, I4: found by its number, and sent once."""
    buyer.xero.fault("answer_lost", method="PUT", path="/PurchaseOrders")
    ids = order(buyer)
    buyer.wait_quiet()
    assert_in_xero(buyer, ids)


def test_killed_before_odoo_knew(buyer):
    """N1, I5: the server comes back and finds what Xero has already."""
    buyer.xero.fault("hold", method="PUT", path="/PurchaseOrders", at="after")
    ids = order(buyer)
    buyer.xero.wait_held()
    buyer.server.kill()
    buyer.xero.release()
    buyer.start_again()
    buyer.wait_quiet()
    assert_in_xero(buyer, ids)


def test_an_order_of_somebody_else_has_the_number(buyer):
    """S154: theirs is never touched, ours says whose it is."""
    contact = buyer.xero.create("contacts", {"Name": "Somebody Else"})
    [last] = names(buyer, order(buyer))
    buyer.wait_quiet()
    number = f"{last[:-5]}{int(last[-5:]) + 1:05d}"
    theirs = buyer.xero.create(
        "purchase_orders",
        {
            "PurchaseOrderNumber": number,
            "Contact": {"ContactID": contact["ContactID"]},
            "Date": "2026-07-01",
            "LineItems": [{"Description": "Theirs", "Quantity": 1, "UnitAmount": 7}],
        },
    )
    buyer.pass_time(3600)
    ids = order(buyer)
    buyer.wait_quiet()
    [ours] = shown(buyer, ids, "name", "xero_state")
    assert (ours["name"], ours["xero_state"]) == (number, "error")
    [now] = [
        each
        for each in buyer.xero.documents("purchase_orders")
        if each["PurchaseOrderNumber"] == number
    ]
    assert now["UpdatedDateUTC"] == theirs["UpdatedDateUTC"]
