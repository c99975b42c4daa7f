"""Xero's sentences, what they mean, and what the user reads under them."""

import pytest

from lib import messages

# The wording as quoted in xero-api.md, sections 6 and 7.
KNOWN = [
    (
        "The contact name Smith & Sons is already assigned to another contact. "
        "The contact name must be unique across all active contacts.",
        "contact_name_taken",
        {"name": "Smith & Sons"},
    ),
    (
        "The contact number odoo-1 is already assigned to another contact. "
        "The contact number must be unique across all contacts.",
        "contact_number_taken",
        {"number": "odoo-1"},
    ),
    (
        "Another contact has this contact number. "
        "Please enter a different contact number.",
        "contact_number_taken",
        {"number": ""},
    ),
    (
        "The specified contact details matched an archived contact. "
        "Archived contacts cannot currently be edited via the API.",
        "contact_archived",
        {},
    ),
    (
        "The Contact must contain at least 1 of the following elements to identify the "
        "contact: Name, ContactID, ContactNumber",
        "contact_missing",
        {},
    ),
    (
        "A Contact must be specified for this type of transaction.",
        "contact_missing",
        {},
    ),
    ("Email address must be valid.", "email_invalid", {}),
    ("Country must contain letters only.", "country_invalid", {}),
    ("A contact can have at most 5 contact persons.", "persons_too_many", {}),
    ("Invoice # must be unique.", "invoice_number_taken", {}),
    ("Order number must be unique", "order_number_taken", {}),
    ("PurchaseOrder status change is invalid", "order_deleted", {}),
    ("Deleted PurchaseOrders cannot be updated", "order_deleted", {}),
    (
        "Price List Item with Code 'abc' already exists",
        "item_code_taken",
        {"item": "abc"},
    ),
    ("Item code 'X-1' is not valid.", "item_code_invalid", {"item": "X-1"}),
    ("Please enter a unique Name.", "name_taken", {}),
    (
        "Account code '999' is not a valid code for this document.",
        "account_invalid",
        {"account": "999"},
    ),
    (
        "Account code '200' has been archived, or has been deleted. "
        "Each line item must reference a valid account.",
        "account_archived",
        {"account": "200"},
    ),
    (
        "Account code '200' has been removed as it does not match a recognised account",
        "account_archived",
        {"account": "200"},
    ),
    (
        "The TaxType code 'INPUT' cannot be used with account code '630'.",
        "tax_type_account",
        {"tax": "INPUT", "account": "630"},
    ),
    (
        "The TaxType code 'TAX009' does not exist.",
        "tax_type_invalid",
        {"tax": "TAX009"},
    ),
    (
        "Organisation is not subscribed to currency EUR",
        "currency_missing",
        {"currency": "EUR"},
    ),
    (
        "The document date cannot be before the period lock date, "
        "currently set at 30 June 2026",
        "lock_date",
        {},
    ),
    (
        "The document date cannot be before the end of year lock date, currently ...",
        "lock_date",
        {},
    ),
    (
        "Payment amount exceeds the amount outstanding on this document",
        "payment_exceeds",
        {},
    ),
    (
        "Payments can only be made against Authorised documents",
        "payment_not_approved",
        {},
    ),
    (
        "This payment has been reconciled and cannot be deleted",
        "payment_reconciled",
        {},
    ),
    ("Payments within a batch cannot be deleted.", "payment_in_batch", {}),
    (
        "The status VOIDED cannot be applied to the invoice because it has payments or "
        "credit notes allocated to it.",
        "has_payments",
        {},
    ),
    (
        "This document cannot be edited as it has a payment or credit note allocated "
        "to it.",
        "has_payments",
        {},
    ),
    ("Invoice not of valid status for modification", "not_modifiable", {}),
    (
        "The document with the supplied id was not found for this endpoint.",
        "document_missing",
        {},
    ),
    (
        "An existing Credit Note with the specified CreditNoteID could not be found",
        "document_missing",
        {},
    ),
    ("You have reached the limit of invoices you can approve", "plan_limit", {}),
    ("The line total 10.00 does not match the expected line total 9", "line_total", {}),
    ("Description must not be empty.", "description_missing", {}),
    (
        "The field Code must be a string with a maximum length of 30.",
        "too_long",
        {},
    ),
    ("Description must have at most 4000 characters.", "too_long", {}),
    ("Item code 'DESK' is not sold.", "item_not_allowed", {}),
    ("An account must be specified for a payment.", "account_missing", {}),
    ("Account 'Sales' is not valid for payments.", "payment_account", {}),
    ("The total of an invoice cannot be negative.", "total_negative", {}),
    ("Url must be a valid absolute https URL.", "url_invalid", {}),
    ("DueDate is required for an approved invoice.", "due_date_missing", {}),
    ("One or more line items must be specified", "lines_missing", {}),
    ("Something nobody has seen before", "refused", {}),
]


@pytest.mark.parametrize("sentence, code, values", KNOWN, ids=lambda v: str(v)[:40])
def test_each_known_sentence_is_understood(sentence, code, values):
    cause = messages.explain([sentence])
    assert (cause.code, cause.values) == (code, values)
    assert cause.message == sentence
    assert messages.explain([sentence.upper()]).code == code
    assert messages.explain([sentence.lower()]).code == code


def test_the_first_sentence_that_is_understood_decides():
    cause = messages.explain(["Who knows", "Email address must be valid."])
    assert cause.code == "email_invalid"


def test_without_a_sentence_it_is_just_refused():
    assert messages.explain([]).code == "refused"


def test_one_cause_is_one_note_whatever_the_document():
    """N6: one archived account blocks forty invoices and gives one note."""

    def key(account):
        sentence = f"Account code '{account}' is not a valid code for this document."
        return messages.explain([sentence]).key

    assert key("999") == key("999") == "account_invalid:999"
    assert key("999") != key("998")


def test_sentences_that_are_not_understood_are_causes_of_their_own():
    """N6."""
    keys = {messages.explain([sentence]).key for sentence in ("One", "Two", "one")}
    assert len(keys) == 2


def test_the_values_are_found_whatever_they_contain():
    cause = messages.explain([KNOWN[0][0]])
    assert cause.values["name"] == "Smith & Sons"
    odd = messages.explain(["The contact name 100%(x) is already assigned to another"])
    assert odd.values["name"] == "100%(x)"
