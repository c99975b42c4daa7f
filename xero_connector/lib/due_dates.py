"""When a document is due, by the policy that an accountant chose (S117)."""

from datetime import timedelta

_TWENTIETH = 20


def due_date(policy, invoice_date, own):
    """The due date to send.

    >>> from datetime import date
    >>> due_date("twentieth_following", date(2026, 1, 31), None)
    datetime.date(2026, 2, 20)

    :param str policy: ``odoo``, ``invoice_date``, ``days_7``, ``days_14``,
        ``days_30``, ``twentieth`` or ``twentieth_following``
    :param datetime.date invoice_date: of the document
    :param own: Odoo's due date, or None
    :rtype: datetime.date
    """
    if policy.startswith("days_"):
        return invoice_date + timedelta(days=int(policy.removeprefix("days_")))
    if policy == "twentieth":
        # After the 20th the day has passed: due at once, never before it was issued.
        return max(invoice_date, invoice_date.replace(day=_TWENTIETH))
    if policy == "twentieth_following":
        return _twentieth_after(invoice_date)
    if policy == "invoice_date":
        return invoice_date
    return own or invoice_date


def _twentieth_after(date):
    year, month = divmod(date.year * 12 + date.month, 12)
    return date.replace(year=year, month=month + 1, day=_TWENTIETH)
