"""What became of each element of an answer."""

import pytest

from lib import elements

MESSAGE = [{"Message": "Email address must be valid."}]


@pytest.mark.parametrize(
    "element, failed",
    [
        ({"StatusAttributeString": "OK"}, False),
        ({"StatusAttributeString": "WARNING", "Warnings": MESSAGE}, False),
        ({"StatusAttributeString": "ERROR"}, True),
        ({"StatusAttributeString": "ERROR", "HasErrors": False}, True),
        ({"HasErrors": True}, True),
        ({"HasValidationErrors": True}, True),
        ({"ValidationErrors": MESSAGE}, True),
        ({"LineItems": [{"ValidationErrors": MESSAGE}]}, True),
        ({"HasErrors": False, "Contact": {"HasValidationErrors": False}}, False),
        ({"ValidationErrors": []}, False),
        ({}, False),
    ],
)
def test_a_refused_element_is_recognised(element, failed):
    """Invoices say HasErrors, contacts HasValidationErrors (xero-api.md, section 4)."""
    assert elements.element_failed(element) is failed


def test_messages_are_collected_from_everything_nested():
    element = {
        "ValidationErrors": [{"Message": "on the invoice"}, {"Message": ""}, {}],
        "Contact": {
            "ValidationErrors": [{"Message": "on the contact"}],
            "Addresses": [{"ValidationErrors": [{"Message": "on the address"}]}],
        },
        "LineItems": [
            {"ValidationErrors": [{"Message": "on the line"}]},
            {"ValidationErrors": [{"Message": "on the line"}]},
            {"ValidationErrors": None},
        ],
    }
    assert elements.element_errors(element) == [
        "on the invoice",
        "on the contact",
        "on the address",
        "on the line",
    ]


def test_warnings_are_no_errors():
    element = {"Warnings": [{"Message": "The rate looks odd."}]}
    assert elements.element_errors(element) == []
