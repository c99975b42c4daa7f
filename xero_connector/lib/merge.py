"""Three versions of a document: as agreed, as Odoo has it now, as Xero has it now.

Odoo's and Xero's versions of the last agreement are kept side by side, since Xero
fills in and computes. What changed is then what differs from one's own earlier version;
a value that only Xero changed, or that was once left as Xero had it, stays Xero's (T64,
I15). Field names are Xero's.
"""

from dataclasses import dataclass, replace

from . import held

#: Of the head. The contact stands for its id.
HEADER = (
    "Contact",
    "Date",
    "DueDate",
    "InvoiceNumber",
    "CreditNoteNumber",
    "Reference",
    "CurrencyCode",
    "CurrencyRate",
    "LineAmountTypes",
)

#: Of a line.
LINE = (
    "Description",
    "Quantity",
    "UnitAmount",
    "DiscountRate",
    "TaxAmount",
    "TaxType",
    "AccountCode",
    "ItemCode",
    "Tracking",
)

#: Fields of which one decides the amounts of the others.
MONEY = ("Quantity", "UnitAmount", "DiscountRate", "TaxType", "TaxAmount")

#: What may still change on a bill with money on it (xero-api.md, section 6).
ON_PAID_BILLS = {
    "DueDate",
    "InvoiceNumber",
    "Reference",
    "Description",
    "AccountCode",
    "Tracking",
}

#: What is sent to make a value empty.
_EMPTY = {"Reference": "", "DiscountRate": 0, "ItemCode": "", "Tracking": []}

#: Stands for a line that was added or removed as a whole.
LINE_ITSELF = "Line"


@dataclass(frozen=True)
class Difference:
    """A value that is not as it was agreed on."""

    name: str
    """The field; ``Line`` where a whole line was added or removed."""
    line: int = 0
    """Which line, counted from 1; 0 is the head."""
    before: str = ""
    ours: str = ""
    theirs: str = ""


# === CONTENT === #


def content(element, keys=None):
    """What an element says, as texts that JSON can keep.

    :param element: in Xero's wire form, ours or Xero's own
    :param keys: what to know the lines by; without, Xero's LineItemID
    :returns: ``{"header": {name: text}, "lines": [[key, {name: text}]]}``
    """
    rows = element.get("LineItems") or []
    if keys is None:
        keys = [row.get("LineItemID") for row in rows]
    return {
        "header": {name: _header_text(element, name) for name in HEADER},
        "lines": [
            [key, {name: _line_text(row, name) for name in LINE}]
            for key, row in zip(keys, rows, strict=True)
        ],
    }


def _header_text(element, name):
    if name == "Contact":
        return held.plain((element.get(name) or {}).get("ContactID"))
    return held.plain(element.get(name))


def _line_text(row, name):
    if name == "Tracking":
        return ", ".join(sorted(map(_option_text, row.get(name) or ())))
    if name == "DiscountRate" and not row.get(name):
        return ""
    return held.plain(row.get(name))


def _option_text(option):
    name = option.get("TrackingOptionID") or option.get("Option")
    return f"{option.get('TrackingCategoryID')}:{name}"


# === COMPARE === #


class Versions:
    """The versions of one document.

    :param agreed: snapshot of the last agreement: ``ours`` and ``theirs`` as of
        :func:`content`, ``lines`` as pairs of our key and Xero's LineItemID
    :param payload: the whole element as Odoo would send it now, without line ids
    :param keys: our keys of its lines, parallel
    :param there: the element as Xero has it now
    """

    def __init__(self, agreed, payload, keys, there):
        self.payload, self.keys, self.there = payload, keys, there
        self.base_ours, self.base_theirs = agreed["ours"], agreed["theirs"]
        self.ours, self.theirs = content(payload, keys), content(there)
        self.ids = dict(agreed.get("lines") or ())

    def ours_changed(self):
        """Names of the fields that Odoo changed since the last agreement."""
        before, now = self.base_ours, self.ours
        found = {n for n in HEADER if before["header"].get(n) != now["header"][n]}
        old, new = dict(before["lines"]), dict(now["lines"])
        for key in old.keys() & new.keys():
            found |= {name for name in LINE if old[key].get(name) != new[key][name]}
        if [key for key, _ in before["lines"]] != [key for key, _ in now["lines"]]:
            found.add(LINE_ITSELF)
        return found

    def changed_there(self):
        """What Xero changed since the last agreement, unless Odoo has it so as well.

        :rtype: list[Difference]
        """
        mine = {self.ids.get(key): row for key, row in self.ours["lines"]}
        places = [line_id for line_id, _row in self.base_theirs["lines"]]
        found = []
        for each in changed(self.base_theirs, self.theirs):
            if not each.line:
                ours = self.ours["header"][each.name]
            elif each.name == LINE_ITSELF:
                ours = ""
                if not each.theirs and places[each.line - 1] not in mine:
                    continue
            else:
                ours = mine.get(places[each.line - 1], {}).get(each.name, "")
            if each.name == LINE_ITSELF or ours != each.theirs:
                found.append(replace(each, ours=ours))
        return found

    def changes(self):
        """What either side changed, for a person to compare.

        :rtype: list[Difference]
        """
        theirs = self.changed_there()
        known = {(each.name, each.line) for each in theirs}
        mine = changed(self.base_ours, self.ours)
        return theirs + [
            Difference(each.name, each.line, each.before, ours=each.theirs)
            for each in mine
            if (each.name, each.line) not in known
        ]

    # === MERGE === #

    def merged(self):
        """Odoo's changes on what Xero has: nothing else is touched.

        :returns: pair of (element without its id, our keys of its lines); the keys are
            None where no lines are sent, as none changed
        """
        element = self._merged_header()
        if not self.ours_changed() & {LINE_ITSELF, "LineAmountTypes", *LINE}:
            return element, None
        now = {row["LineItemID"]: row for row in self.there.get("LineItems") or ()}
        rows, keys = [], []
        for key, row in zip(self.keys, self.payload.get("LineItems", ()), strict=True):
            line_id = self.ids.get(key)
            if line_id in now:
                rows.append(self._merged_line(key, row, now.pop(line_id)))
                keys.append(key)
            elif not line_id or self._line_changed(key):
                rows.append(row)
                keys.append(key)
        known = set(self.ids.values())
        for line_id, row in now.items():
            if line_id not in known:
                rows.append({"LineItemID": line_id} | _resent(row))
                keys.append(f"xero:{line_id}")
        return element | {"LineItems": rows}, keys

    def overwritten(self):
        """Odoo's version as a whole, on the lines that Xero still has.

        :returns: as of :meth:`merged`
        """
        there = {row["LineItemID"]: row for row in self.there.get("LineItems") or ()}
        rows = []
        for key, row in zip(self.keys, self.payload.get("LineItems", ()), strict=True):
            now = there.get(self.ids.get(key))
            known = (
                {"LineItemID": now["LineItemID"]} | _emptied(row, now) if now else {}
            )
            rows.append(known | row)
        return self.payload | {"LineItems": rows}, self.keys

    def _merged_header(self):
        element = {"Type": self.payload["Type"]}
        for name in HEADER:
            if self.base_ours["header"].get(name) != self.ours["header"][name]:
                element[name] = self.payload.get(name, _EMPTY.get(name))
        element.setdefault("Contact", {"ContactID": self.theirs["header"]["Contact"]})
        element.setdefault("Date", self.theirs["header"]["Date"])
        types = self.theirs["header"]["LineAmountTypes"]
        element.setdefault("LineAmountTypes", types)
        return {name: value for name, value in element.items() if value is not None}

    def _line_changed(self, key):
        return dict(self.base_ours["lines"]).get(key) != dict(self.ours["lines"])[key]

    def _merged_line(self, key, row, now):
        """Our values where we changed them, else Xero's."""
        before = dict(self.base_ours["lines"]).get(key, {})
        mine = dict(self.ours["lines"])[key]
        changed = {name for name in LINE if before.get(name) != mine[name]}
        if "LineAmountTypes" in self.ours_changed():  # figures mean something else
            changed |= set(MONEY)
        line = {"LineItemID": now["LineItemID"]} | _resent(now)
        for name in changed:
            if name in row or name in _EMPTY:
                line[name] = row.get(name, _EMPTY.get(name))
        if changed & set(MONEY):
            self._set_tax(line, row)
        return line

    def _set_tax(self, line, row):
        """Our own tax where the figures are ours; else Xero computes it."""
        theirs = {
            name
            for name in MONEY
            if name != "TaxAmount"
            and held.plain(line.get(name) or None) != held.plain(row.get(name) or None)
        }
        line.pop("TaxAmount", None)
        if not theirs and "TaxAmount" in row:
            line["TaxAmount"] = row["TaxAmount"]


def changed(before, now):
    """What differs between two contents of the same document in Xero.

    :rtype: list[Difference]
    """
    found = _differences(HEADER, 0, before["header"], now["header"])
    old, new = dict(before["lines"]), dict(now["lines"])
    for place, (line_id, row) in enumerate(before["lines"], start=1):
        if line_id in new:
            found += _differences(LINE, place, row, new[line_id])
        else:
            found.append(Difference(LINE_ITSELF, place, before=row["Description"]))
    for place, (line_id, row) in enumerate(now["lines"], start=1):
        if line_id not in old:
            found.append(Difference(LINE_ITSELF, place, theirs=row["Description"]))
    return found


def _differences(names, place, before, now):
    return [
        Difference(name, place, before=before.get(name, ""), theirs=now[name])
        for name in names
        if before.get(name, "") != now[name]
    ]


def _resent(row):
    """What Xero shows of a line, as it may be sent back."""
    line = {name: row[name] for name in LINE if name in row and name != "Tracking"}
    line["Tracking"] = [
        {"Name": option["Name"], "Option": option["Option"]}
        for option in row.get("Tracking") or ()
    ]
    return line if "Quantity" in row else {"Description": row.get("Description")}


def _emptied(row, now):
    """Values that Xero has on a line and Odoo has not."""
    return {
        name: _EMPTY[name]
        for name in LINE
        if name in _EMPTY and now.get(name) and not row.get(name)
    }
