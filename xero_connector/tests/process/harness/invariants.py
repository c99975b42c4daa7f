"""The invariants of the architecture, looked at from outside: PostgreSQL and Xero.

Each function takes a :class:`databases.Database` and the simulator's control, and
raises AssertionError. They hold at rest, when :func:`unsettled` finds nothing.
"""

import json
from collections import Counter, defaultdict

#: Statuses after which Xero surely did nothing.
NO_EFFECT = {400, 401, 403, 404, 413, 414, 429}

#: Natural keys and ids by endpoint.
NUMBERS = {
    "Contacts": "ContactNumber",
    "Items": "Code",
    "Invoices": "InvoiceNumber",
    "PurchaseOrders": "PurchaseOrderNumber",
}
IDS = {
    "Contacts": "ContactID",
    "Items": "ItemID",
    "Invoices": "InvoiceID",
    "PurchaseOrders": "PurchaseOrderID",
}

#: Outcomes after which the record's next write is about another state of it.
AGREED = {"created", "updated", "adopted"}

#: Outcomes that say for sure that Xero did not take it.
NOT_TAKEN = {"refused", "split", "exists", "held", "gone", "withdrawn"}

#: Faults after which an answer that was logged did not reach Odoo as such.
SPOILED = {
    "answer_lost",
    "dropped",
    "server_error",
    "bad_gateway",
    "unavailable",
    "unavailable_unknown",
    "drip",
    "not_json",
    "hold",
    "slow",
}


def unsettled(database):
    """What is not settled yet, in words."""
    left = database.values(
        "SELECT 'change of ' || res_model || ' ' || res_id FROM xero_change"
    )
    left += database.values(
        "SELECT concat_ws(' ', 'request', name, resource, state, 'attempt', attempt,"
        " 'deadline', deadline_at, 'again at', retry_at, error) FROM xero_request"
        " WHERE state NOT IN ('done', 'failed')"
    )
    left += database.values(
        "SELECT concat_ws(' ', 'link', res_model, res_id, state, waiting_for, 'in',"
        " request_id) FROM xero_link"
        " WHERE (state = 'pending' OR request_id IS NOT NULL)"
        " AND superseded_by_id IS NULL"
        " AND waiting_for IS DISTINCT FROM 'go_live'"
    )
    left += database.values(
        "SELECT concat_ws(' ', 'event', category, xero_id) FROM xero_event"
        " WHERE done_at IS NULL"
    )
    return left


def check_all(database, xero):
    """Everything that can be seen from outside, at rest."""
    nothing_is_stuck(database)
    no_job_failed(database)
    for check in (
        i1_one_counterpart,
        i3_nothing_outside_the_ledger,
        i4_doubt_is_resolved_by_reading,
        i5_no_agreed_state_twice,
        i6_totals_agree,
        i8_the_rest_went_on,
        i9_absent_was_read,
        i11_calls_grow_with_batches,
    ):
        check(database, xero)


def nothing_is_stuck(database):
    left = unsettled(database)
    assert not left, "\n".join(left)


def no_job_failed(database):
    failed = database.values(
        "SELECT concat_ws(' ', 'job', name, exc_name, exc_message)"
        " FROM queue_job WHERE model_name LIKE 'xero.%%' AND state = 'failed'"
    )
    assert not failed, "\n".join(failed)


# === WHAT IS THERE === #


def i1_one_counterpart(database, xero):
    """I1: one record, one counterpart; one number, one record in Xero."""
    for columns in (
        "res_model, res_id, connection_id",
        "connection_id, resource, xero_id",
    ):
        twice = database.execute(
            f"SELECT {columns}, count(*) FROM xero_link"
            " WHERE superseded_by_id IS NULL AND xero_id IS NOT NULL"
            f" GROUP BY {columns} HAVING count(*) > 1"
        )
        assert not twice, twice
    for endpoint in NUMBERS:
        counted = Counter(_in_xero(xero, endpoint))
        twice = {key: n for key, n in counted.items() if n > 1}
        assert not twice, f"more than once in Xero: {twice}"


def _in_xero(xero, endpoint):
    """Numbers that Xero keeps unique: all but those of bills."""
    return [
        element.get(NUMBERS[endpoint])
        for element in xero.documents(endpoint.lower())
        if element.get("Status") not in ("VOIDED", "DELETED")
        and element.get("Type") != "ACCPAY"
    ]


def i6_totals_agree(database, xero):
    """I6: what is in Xero has Odoo's totals, or is flagged; and nothing else is there.

    Every posted invoice of the connection that is not stopped is in Xero.
    """
    there = {
        each["InvoiceID"]: each
        for each in xero.documents("invoices")
        if each["Status"] not in ("VOIDED", "DELETED")
    }
    for move in _linked_moves(database):
        if move["note_id"] or (move["state"], move["link_state"]) != _AGREED:
            continue
        document = there[move["xero_id"]]
        ours = [f"{move[f'amount_{n}']:.2f}" for n in ("untaxed", "tax", "total")]
        theirs = [f"{document[n]:.2f}" for n in ("SubTotal", "TotalTax", "Total")]
        assert ours == theirs, (move["name"], ours, theirs)
    known = {move["xero_id"] for move in _linked_moves(database)}
    strangers = [
        document.get("InvoiceNumber")
        for xero_id, document in there.items()
        if xero_id not in known and document.get("Reference") != "by hand"
    ]
    waiting = [
        move["name"]
        for move in _linked_moves(database)
        if move["cause"] == "looks_alike"
    ]
    assert len(strangers) <= len(waiting), (
        f"in Xero but no record here knows: {strangers}, waiting: {waiting}"
    )


_AGREED = ("posted", "synced")


def _linked_moves(database):
    return database.execute(
        "SELECT m.*, l.state AS link_state, l.note_id, l.xero_id, l.xero_number,"
        " n.cause FROM xero_link l JOIN account_move m ON m.id = l.res_id"
        " LEFT JOIN xero_note n ON n.id = l.note_id"
        " WHERE l.res_model = 'account.move' AND l.superseded_by_id IS NULL"
    )


def i8_the_rest_went_on(database, xero):
    """I8: what is not in Xero has an open note that says why.

    A stopped document names its own cause, or that of a contact or item it needs.
    """
    silent = database.values(
        "SELECT concat_ws(' ', l.res_model, l.res_id, l.state) FROM xero_link l"
        " LEFT JOIN xero_note n ON n.id = l.note_id AND n.state = 'open'"
        " WHERE l.state IN ('error', 'blocked') AND n.id IS NULL"
        " AND l.superseded_by_id IS NULL"
    )
    assert not silent, f"stopped without a word: {silent}"
    empty = database.values(
        "SELECT cause_key FROM xero_note n WHERE state = 'open' AND NOT EXISTS"
        " (SELECT 1 FROM xero_link l WHERE l.note_id = n.id)"
    )
    assert not empty, f"notes that stop nothing: {empty}"


# === HOW IT CAME TO BE === #


def i3_nothing_outside_the_ledger(database, xero):
    """I3: every write that Xero saw is a request here, word for word."""
    rows = {
        row["idempotency_key"]: row
        for row in database.execute("SELECT * FROM xero_request")
    }
    for call in _writes(xero):
        row = rows.get(call["idempotency_key"])
        assert row, f"not in the ledger: {call}"
        assert row["attempt"] > 0 and row["sent_at"], row["name"]
        sent = _numbers_sent(call)
        kept = _names(json.loads(row["payload"]))
        assert sent == kept, (row["name"], sent, kept)


def i4_doubt_is_resolved_by_reading(database, xero):
    """I4: between two writes of the same record lies a sure refusal or a good read."""
    reads = _good_reads(xero)
    for link_id, writes in _writes_by_link(database, xero).items():
        for first, second in zip(writes, writes[1:], strict=False):
            if _surely_settled(first, second):
                continue
            between = [
                read
                for read in reads
                if first["number"] < read["number"] < second["number"]
                and first["name"] in read["named"]
            ]
            assert between, f"{link_id} sent again without a look: {first} {second}"


def _surely_settled(first, second):
    """Xero answered, and the answer says what became of this record."""
    if first["status"] in NO_EFFECT and first["fault"] != "key_reused":
        return True
    if first["status"] == 503 and first["fault"] == "unavailable":
        return True
    if first["idempotency_key"] == second["idempotency_key"]:
        return False
    return first["outcome"] in AGREED | NOT_TAKEN


def i5_no_agreed_state_twice(database, xero):
    """I5: no record was agreed on twice in the same state; a draft that was changed
    and is approved later is in another one."""
    twice = database.execute(
        "SELECT link_id, action, fingerprint, count(*) FROM xero_request_line l"
        " JOIN xero_request r ON r.id = l.request_id"
        " WHERE outcome IN ('created', 'updated', 'adopted') AND link_id IS NOT NULL"
        " GROUP BY link_id, action, fingerprint, agreed ->> 'status'"
        " HAVING count(*) > 1"
    )
    assert not twice, twice


def i9_absent_was_read(database, xero):
    """I9: what was called absent was looked for, and the look had an answer."""
    reads = _good_reads(xero)
    for link_id, writes in _writes_by_link(database, xero).items():
        for place, write in enumerate(writes):
            key = write["idempotency_key"]
            repeated = any(w["idempotency_key"] == key for w in writes[place + 1 :])
            if write["outcome"] != "absent" or repeated:
                continue
            again = writes[place + 1]["number"] if writes[place + 1 :] else 1e9
            looked = [
                read
                for read in reads
                if write["number"] < read["number"] < again
                and write["name"] in read["named"]
            ]
            assert looked, f"{link_id} called absent without a look: {write}"


def i11_calls_grow_with_batches(database, xero):
    """I11: no call carries more than 50, and none is made that no request asked for."""
    attempts = database.value("SELECT coalesce(sum(attempt), 0) FROM xero_request")
    renewed = sum(call["status"] == 401 for call in _writes(xero))
    assert all((call["elements"] or 0) <= 50 for call in _writes(xero))
    assert len(_writes(xero)) <= attempts + renewed


# === THE LOG OF CALLS === #


def _writes(xero):
    """All but files and histories, whose ledgers are others."""
    return [
        call
        for call in xero.calls(kind="api", payloads=True)
        if call["method"] != "GET"
        and "/Attachments/" not in call["path"]
        and not call["path"].endswith("/History")
    ]


def _good_reads(xero):
    """Reads that reached Odoo with an answer, and the numbers they asked for."""
    return [
        call | {"named": str(call["query"])}
        for call in xero.calls(kind="api")
        if call["method"] == "GET"
        and call["status"] == 200
        and call["fault"] not in SPOILED
    ]


def _numbers_sent(call):
    """By what each element of a write is known."""
    return _names(call.get("payload") or {})


def _names(payload):
    """By what a look would ask for each element: id, number, else its contact."""
    return [
        element.get(IDS[endpoint])
        or (element.get("Type") != "ACCPAY" and element.get(number))
        or element["Contact"]["ContactID"]
        for endpoint, number in NUMBERS.items()
        for element in payload.get(endpoint) or ()
    ]


def _writes_by_link(database, xero):
    """Writes of each record in order, with what became of it in the ledger."""
    lines = defaultdict(list)
    for row in database.execute(
        "SELECT r.idempotency_key, l.link_id, l.position, l.outcome"
        " FROM xero_request_line l JOIN xero_request r ON r.id = l.request_id"
        " WHERE l.link_id IS NOT NULL"
    ):
        lines[row["idempotency_key"]].append(row)
    found = defaultdict(list)
    for call in _writes(xero):
        names = _numbers_sent(call)
        for line in lines[call["idempotency_key"]]:
            if line["outcome"] not in ("held", "gone"):
                name = names[line["position"]]
                known = {"name": name, "outcome": line["outcome"]}
                found[line["link_id"]].append(call | known)
    return found
