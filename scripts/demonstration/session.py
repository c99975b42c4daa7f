"""A person at Odoo's web client: logs in, calls methods, follows redirects."""

import requests

from .failure import Failure


class Session:
    """One user's session over HTTP, with the user's own rights.

    :param url: of the Odoo server
    """

    def __init__(self, url, database, login, password):
        self.url = url
        self.login = login
        self._http = requests.Session()
        arguments = {"db": database, "login": login, "password": password}
        found = self._rpc("/web/session/authenticate", arguments)
        self.uid = found["uid"]
        self._context = found["user_context"]

    def call(self, model, method, *args, **kwargs):
        """Call a public method, as the web client does.

        :raise Failure: with the words that the user would read
        """
        context = self._context | kwargs.pop("context", {})
        arguments = {
            "model": model,
            "method": method,
            "args": list(args),
            "kwargs": kwargs | {"context": context},
        }
        return self._rpc(f"/web/dataset/call_kw/{model}/{method}", arguments)

    def read(self, model, domain, fields, **options):
        """Records as dicts, by id; ``order`` and ``limit`` may be given."""
        options = {"order": "id"} | options
        return self.call(
            model, "search_read", domain=domain, fields=list(fields), **options
        )

    def count(self, model, domain):
        """How many records there are."""
        return self.call(model, "search_count", domain)

    def find(self, model, domain):
        """Id of the one record that there must be."""
        ids = self.call(model, "search", domain)
        if len(ids) != 1:
            raise Failure(f"Expected one {model} for {domain}, found {len(ids)}.")
        return ids[0]

    def ref(self, external_id):
        """Database id of a record that an addon's data made."""
        module, _dot, name = external_id.partition(".")
        domain = [("module", "=", module), ("name", "=", name)]
        [found] = self.read("ir.model.data", domain, ["res_id"])
        return found["res_id"]

    def visit(self, url):
        """Go where Xero sends the browser; the page shown in the end."""
        page = self._http.get(url, timeout=120)
        if not page.ok:
            raise Failure(f"Odoo answered {page.status_code} to {url.split('?')[0]}.")
        return page

    def _rpc(self, path, params):
        body = {"jsonrpc": "2.0", "method": "call", "params": params}
        answer = self._http.post(self.url + path, json=body, timeout=120)
        answer.raise_for_status()
        result = answer.json()
        if "error" in result:
            data = result["error"]["data"]
            raise Failure(f"{self.login if self.login else ''}: {data['message']}")
        return result["result"]
