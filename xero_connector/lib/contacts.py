"""A contact as a few plain fields, the same for both sides.

Texts are "" where there is none. An address is a list of six texts: two lines, town,
region, postcode and country; its order is :data:`ADDRESS`.
"""

import re
import unicodedata

from xero_python.accounting import (
    Address,
    Bill,
    Contact,
    PaymentTerm,
    PaymentTermType,
    Phone,
)

#: Wire names of the fields that are plain text.
TEXTS = {
    "name": "Name",
    "email": "EmailAddress",
    "first_name": "FirstName",
    "last_name": "LastName",
    "account_number": "AccountNumber",
    "tax_number": "TaxNumber",
    "company_number": "CompanyNumber",
}

#: Postal address for letters and invoices, street address for deliveries (S39, G8).
ADDRESSES = {"postal": "POBOX", "street": "STREET"}
ADDRESS = (
    "AddressLine1",
    "AddressLine2",
    "City",
    "Region",
    "PostalCode",
    "Country",
)
_ADDRESS_LIMITS = (500, 500, 255, 255, 50, 50)
NO_ADDRESS = [""] * len(ADDRESS)

TERMS = {"sales_terms": "Sales", "bills_terms": "Bills"}

FIELDS = (*TEXTS, "phone", *ADDRESSES, *TERMS, "archived")

_SPACES = re.compile(r"\s+")


# === FROM XERO === #


def read(element):
    """The fields of a contact of Xero's.

    :param dict element: a contact with its addresses and phones.
    """
    fields = {
        name: str(element.get(wire) or "").strip() for name, wire in TEXTS.items()
    }
    fields["phone"] = _read_phone(element)
    for name, kind in ADDRESSES.items():
        fields[name] = _read_address(element, kind)
    for name, side in TERMS.items():
        term = (element.get("PaymentTerms") or {}).get(side) or {}
        fields[name] = f"{term['Type']} {term['Day']}" if term.get("Type") else ""
    status = element.get("ContactStatus") or "ACTIVE"
    fields["archived"] = "" if status == "ACTIVE" else "yes"
    return fields


def _slot(element, plural, type_name, kind):
    for slot in element.get(plural) or ():
        if slot.get(type_name) == kind:
            return slot
    return {}


def _read_phone(element):
    slot = _slot(element, "Phones", "PhoneType", "DEFAULT")
    names = ("PhoneCountryCode", "PhoneAreaCode", "PhoneNumber")
    return " ".join(filter(None, (str(slot.get(name) or "").strip() for name in names)))


def _read_address(element, kind):
    slot = _slot(element, "Addresses", "AddressType", kind)
    lines = [str(slot.get(f"AddressLine{n}") or "").strip() for n in range(1, 5)]
    rest = [str(slot.get(name) or "").strip() for name in ADDRESS[2:]]
    return [lines[0], ", ".join(filter(None, lines[1:])), *rest]


# === TO XERO === #


def address(*texts):
    """An address of texts in the order of :data:`ADDRESS`, cut to what Xero takes."""
    pairs = zip(texts, _ADDRESS_LIMITS, strict=True)
    return [(text or "").strip()[:limit].strip() for text, limit in pairs]


def country(name):
    """A country's name with plain letters only, as Xero wants it."""
    plain = unicodedata.normalize("NFKD", name or "").encode("ascii", "ignore").decode()
    return " ".join(re.findall(r"[A-Za-z]+", plain))[:50].strip()


def write(fields, clear=False, **more):
    """A contact for Xero with these fields.

    :param dict fields: some or all of :data:`FIELDS`.
    :param bool clear: send empty values, which empty them in Xero; otherwise they are
        left out.
    :param more: further attributes of ``xero_python.accounting.Contact``.
    """
    values = {name: value for name, value in fields.items() if clear or any(value)}
    texts = {_attribute(name): values[name] for name in TEXTS if name in values}
    addresses = [
        _write_address(kind, values[name], clear)
        for name, kind in ADDRESSES.items()
        if name in values
    ]
    terms = {
        side.lower(): _write_term(values[name])
        for name, side in TERMS.items()
        if values.get(name)
    }
    return Contact(
        **texts,
        phones=[_write_phone(values["phone"], clear)] if "phone" in values else None,
        addresses=addresses or None,
        payment_terms=PaymentTerm(**terms) if terms else None,
        contact_status="ARCHIVED" if values.get("archived") else None,
        **more,
    )


def _attribute(name):
    return {"email": "email_address"}.get(name, name)


def _write_phone(number, clear):
    """The whole number in one part; the others are emptied, or it would be doubled."""
    empty = "" if clear else None
    return Phone(
        phone_type="DEFAULT",
        phone_number=number[:50],
        phone_area_code=empty,
        phone_country_code=empty,
    )


def _write_address(kind, texts, clear):
    line1, line2, city, region, code, country_name = (
        text or ("" if clear else None) for text in texts
    )
    return Address(
        address_type=kind,
        address_line1=line1,
        address_line2=line2,
        address_line3="" if clear else None,
        address_line4="" if clear else None,
        city=city,
        region=region,
        postal_code=code,
        country=country_name,
    )


def _write_term(text):
    kind, day = text.split()
    return Bill(day=int(day), type=PaymentTermType[kind])


# === COMPARING === #


def same(name, one, other):
    """Whether two values of a field mean the same; None is a value of its own."""
    if one is None or other is None:
        return one is other
    return _settled(name, one) == _settled(name, other)


def _settled(name, value):
    if isinstance(value, list | tuple):
        return [_SPACES.sub(" ", text).strip() for text in value]
    text = _SPACES.sub(" ", value).strip()
    if name == "email":
        return text.casefold()
    if name == "phone":
        return re.sub(r"[^0-9]", "", text)
    if name == "tax_number":
        return re.sub(r"[^0-9a-z]", "", text.casefold())
    return text


def shown(value):
    """A value in one line, for people."""
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, value))
    return value or ""
