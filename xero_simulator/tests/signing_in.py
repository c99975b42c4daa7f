"""Steps of a login that several tests take."""

import base64
import json
from urllib.parse import parse_qs, urlencode, urlsplit

import requests

from xero_simulator.control import ALL_SCOPES

CALLBACK = "http://localhost:8069/xero/oauth/callback"


def authorize_url(simulator, **changes):
    values = {
        "response_type": "code",
        "client_id": "demo-client",
        "redirect_uri": CALLBACK,
        "scope": ALL_SCOPES,
        "state": "s p&ce",
        **changes,
    }
    values = {name: value for name, value in values.items() if value is not None}
    return f"{simulator.url}/identity/connect/authorize?{urlencode(values)}"


def token_call(simulator, auth=("demo-client", "demo-secret"), **form):
    return requests.post(
        f"{simulator.url}/connect/token", data=form, auth=auth, timeout=10
    )


def consent(simulator, organisation=None, **changes):
    """Allow access; the code."""
    location = simulator.control.authorise(
        authorize_url(simulator, **changes), organisation=organisation
    )
    return parse_qs(urlsplit(location).query)["code"][0]


def exchange(simulator, code, **changes):
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": CALLBACK}
    return token_call(simulator, **{**form, **changes})


def refresh(simulator, refresh_token, **changes):
    form = {"grant_type": "refresh_token", "refresh_token": refresh_token}
    return token_call(simulator, **{**form, **changes})


def signed_in(simulator, **changes):
    return exchange(simulator, consent(simulator, **changes)).json()


def connections(simulator, token, query=""):
    return requests.get(
        f"{simulator.url}/connections{query}",
        headers={"Authorization": f"Bearer {token['access_token']}"},
        timeout=10,
    ).json()


def claims_of(token):
    part = token["access_token"].split(".")[1]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
