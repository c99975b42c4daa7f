"""How to tell Xero's validation messages apart.

Sentences as quoted in xero-api.md sections 6 and 7, and variants of them: the wording
drifts, so only the parts that carry the meaning are matched, without regard to case.
"""

_Q = "['\"\u2018\u2019\u201c\u201d]?"

# (code, pattern): the first that is found in a message wins. Named groups are the
# values of the texts.
PATTERNS = (
    ("contact_archived", r"archived contact"),
    (
        "contact_name_taken",
        rf"contact name {_Q}(?P<name>.+?){_Q} is already assigned",
    ),
    (
        "contact_number_taken",
        rf"contact number {_Q}(?P<number>.*?){_Q} is already assigned",
    ),
    ("contact_number_taken", r"another contact has this contact number(?P<number>)"),
    ("account_ref_taken", rf"account number {_Q}(?P<number>.*?){_Q} is already"),
    ("contact_missing", r"contact must be specified|to identify the contact"),
    (
        "persons_too_many",
        r"contact persons?\b.*(at most|maximum)|(at most|maximum).*contact person",
    ),
    ("email_invalid", r"e-?mail address.*(valid|invalid|accept)"),
    ("country_invalid", r"country must|country.*letters"),
    (
        "order_deleted",
        r"deleted purchase ?orders? cannot|purchase ?order status change",
    ),
    (
        "order_number_taken",
        r"order number must be unique|purchase ?order number.*(unique|already)",
    ),
    (
        "invoice_number_taken",
        r"invoice (#|number|no\.?)[^.]*(must be unique|already|not unique)"
        r"|credit ?note (#|number)[^.]*(must be unique|already)",
    ),
    ("item_code_taken", rf"item with code {_Q}(?P<item>.+?){_Q} already exists"),
    (
        "item_not_allowed",
        r"item.*(is not sold|is not purchased|not (marked|set) .*(sold|sale|purchase))",
    ),
    (
        "item_code_invalid",
        rf"item ?code {_Q}(?P<item>[^'\"]+?){_Q}"
        r" (is not|does not|was not|could not|is in)",
    ),
    ("stock_missing", r"quantity.*(available|on hand)|negative (stock|inventory)"),
    ("name_taken", r"enter a unique (name|code)|name must be unique"),
    (
        "account_archived",
        rf"account (code |id )?{_Q}(?P<account>[^'\"]*?){_Q}"
        r" has been (archived|deleted|removed)",
    ),
    (
        "tax_type_account",
        rf"tax ?type (code )?{_Q}(?P<tax>[^'\"]+?){_Q} cannot be used with account"
        rf" (code )?{_Q}(?P<account>[^'\"]+?){_Q}(\.|$)",
    ),
    (
        "tax_type_invalid",
        rf"tax ?type (code )?{_Q}(?P<tax>[^'\"]+?){_Q}"
        r" (does not exist|is not|cannot be|has been|is archived|is invalid)",
    ),
    ("tax_type_missing", r"tax ?type.*(required|mandatory|must be specified|empty)"),
    (
        "payment_account",
        r"account.*(not (a )?valid|cannot|does not).*payment"
        r"|payment.*account.*not valid",
    ),
    (
        "account_invalid",
        rf"account (code |id )?{_Q}(?P<account>[^'\"]*?){_Q}"
        r" (is not (a )?valid|does not exist|cannot be used|is invalid)",
    ),
    (
        "account_missing",
        r"account (code |id )?(is required|must be specified|is mandatory)",
    ),
    ("tracking_invalid", r"tracking (category|option)"),
    (
        "currency_missing",
        rf"not subscribed to currency {_Q}(?P<currency>\w+)"
        rf"|currency (code )?{_Q}(?P<currency_>\w+){_Q} is (not valid|invalid)",
    ),
    ("lock_date", r"lock date|locked period|period is locked|has been locked"),
    (
        "payment_exceeds",
        r"exceeds the (amount )?(outstanding|remaining|due)|exceeds the amount",
    ),
    ("payment_not_approved", r"only be made against authorised"),
    ("payment_in_batch", r"payments within a batch|part of a batch"),
    ("payment_reconciled", r"reconciled"),
    ("has_payments", r"payments? or credit ?notes? allocated|payment or credit note"),
    (
        "not_modifiable",
        r"not of valid status|cannot be (edited|updated|modified|changed)",
    ),
    (
        "document_missing",
        r"(document|credit note|invoice|order).*(not|could not be) found",
    ),
    (
        "plan_limit",
        r"reached the limit of (invoices|bills)|limit of .* you can approve",
    ),
    ("no_permission", r"(not have|no) permission|not (permitted|authori[sz]ed) to"),
    ("description_missing", r"description.*(required|empty|mandatory|at least)"),
    ("lines_missing", r"line ?items?.*(must be specified|required|at least one)"),
    ("due_date_missing", r"due ?date.*(required|empty|must be specified|mandatory)"),
    ("total_negative", r"total.*cannot be negative"),
    ("line_total", r"line total .* does not match"),
    ("url_invalid", r"\burl\b"),
    (
        "too_long",
        r"(maximum|max) length|at most \d+ characters|too long|exceeds.*length",
    ),
)
