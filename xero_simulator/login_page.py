"""The page on which a user allows an application to see an organisation."""

from html import escape

STYLE = """
body{font:16px/1.5 system-ui,sans-serif;background:#f2f3f4;color:#1b2a3a;margin:0}
main{max-width:26rem;margin:8vh auto;background:#fff;padding:2rem;border-radius:8px;
box-shadow:0 1px 4px #0002}
h1{font-size:1.3rem;margin:0 0 1rem}label{display:block;padding:.4rem 0}
ul{padding-left:1.2rem;color:#56616d;font-size:.9rem}
button{font:inherit;padding:.6rem 1.2rem;border-radius:4px;border:1px solid #13b5ea;
background:#13b5ea;color:#fff;cursor:pointer}
button[value=cancel]{background:#fff;color:#1b2a3a;border-color:#c6cdd4}
.error{color:#b3202a}
"""


def _page(title, body):
    return (
        "<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'>"
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>"
        f"<body><main>{body}</main></body></html>"
    )


def consent_page(values, organisations, user):
    """Which organisation, and Allow access or Cancel."""
    hidden = "".join(
        f"<input type='hidden' name='{escape(name)}' value='{escape(value)}'>"
        for name, value in values.items()
    )
    choices = "".join(
        "<label><input type='radio' name='tenant' "
        f"value='{escape(o.tenant_id)}'{' checked' if i == 0 else ''}> "
        f"{escape(o.name)}</label>"
        for i, o in enumerate(organisations)
    )
    wanted = "".join(f"<li>{escape(s)}</li>" for s in values["scope"].split())
    name = escape(f"{user['given_name']} {user['family_name']}")
    return _page(
        "Authorise | Simulated Xero",
        f"<h1>{escape(values['client_id'])} wants access to</h1>"
        f"<form method='post' action='/identity/connect/authorize'>{hidden}{choices}"
        f"<ul>{wanted}</ul><p>Signed in as {name}</p>"
        "<button name='decision' value='allow'>Allow access</button> "
        "<button name='decision' value='cancel'>Cancel</button></form>",
    )


def error_page(code, description):
    """What Xero shows when it cannot send the user back."""
    return _page(
        "Error | Simulated Xero",
        "<h1>Sorry, something went wrong</h1>"
        f"<p class='error'>Error: {escape(code)}<br>{escape(description)}</p>",
    )
