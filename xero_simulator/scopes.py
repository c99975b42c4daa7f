"""OAuth scopes (spec: Granular scopes)."""

GRANULAR = frozenset(
    f"accounting.{name}{suffix}"
    for name in (
        "invoices",
        "payments",
        "banktransactions",
        "manualjournals",
        "settings",
        "contacts",
        "attachments",
    )
    for suffix in ("", ".read")
) | {
    "accounting.budgets.read",
    "accounting.journals.read",
    "openid",
    "profile",
    "email",
    "offline_access",
    "app.connections",
    *(
        f"accounting.reports.{report}.read"
        for report in (
            "aged",
            "balancesheet",
            "banksummary",
            "budgetsummary",
            "executivesummary",
            "profitandloss",
            "trialbalance",
            "taxreports",
        )
    ),
}

BROAD = {
    "accounting.transactions": ("invoices", "payments", "banktransactions"),
    "accounting.transactions.read": ("invoices", "payments", "banktransactions"),
    "accounting.reports.read": (),
}


def problem_with(app, scopes):
    """OAuth error code for scopes that the application may not ask for, or None."""
    if any(scope not in GRANULAR and scope not in BROAD for scope in scopes):
        return "invalid_scope"
    if not app.legacy and any(scope in BROAD for scope in scopes):
        return "unauthorized_client"
    return None


def allows(granted, needed, method):
    """Whether any scope of ``needed`` is granted, read-only ones for GET."""
    granted = set(granted) | set(_from_broad(granted))
    wanted = set(needed)
    if method == "GET":
        wanted |= {f"{scope}.read" for scope in needed}
    return bool(granted & wanted)


def _from_broad(granted):
    """The granular scopes inside broad ones."""
    for scope in granted:
        suffix = ".read" if scope.endswith(".read") else ""
        for name in BROAD.get(scope, ()):
            yield f"accounting.{name}{suffix}"
