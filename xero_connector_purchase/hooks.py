"""Leaving: the connector must not stumble over orders that it no longer knows."""


def uninstall_hook(env):
    """Forget what was kept of purchase orders; nothing changes in Xero.

    Installed again, orders that Xero has are found by their numbers and never made
    twice; a person links them.
    """
    links = env["xero.link"].search([("resource", "=", "purchase_order")])
    # What also stops a bill or a supplier goes on doing so.
    env["xero.note"]._settle(links)
    env["xero.note"].search(
        [("category", "=", "purchase_order"), ("link_ids", "=", False)]
    ).unlink()
    # Requests first: a link in flight is held by its own.
    requests = env["xero.request"].search([("resource", "=", "purchase_order")])
    links.request_id = False
    requests.unlink()
    links.unlink()
    env["xero.change"].search([("res_model", "=", "purchase.order")]).unlink()
    env["xero.cursor"].search([("resource", "=", "purchase_order")]).unlink()
